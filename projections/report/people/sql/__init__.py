"""Queries over `learners.duckdb`, one a file."""
