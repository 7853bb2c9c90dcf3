"""Read use cases: one a file, a select over the index that hands back statements."""
