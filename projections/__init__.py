"""Projectors: logged events in, tables in DuckDB out."""
