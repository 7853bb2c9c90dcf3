"""What is published for schools, over HTTP: a blueprint that the LRS process serves beside xAPI, read-only.

It joins through the entry-point group `leerspoor.web`, so that the LRS does not know it, and reads `schools.duckdb`
only.
"""
