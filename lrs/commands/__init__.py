"""Write use cases: one a file, one transaction each: check, append, fill."""
