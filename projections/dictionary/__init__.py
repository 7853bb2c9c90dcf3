"""The data dictionary: what each table and column means, generated from the projection files."""
