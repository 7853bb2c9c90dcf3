"""Sheets that a school keeps or exports, CSV and XLSX, as xAPI statements through a mapping file."""
