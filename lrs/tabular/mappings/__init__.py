"""Worked mappings, to copy and adapt; lrs/tabular/README.md says what each is for."""
