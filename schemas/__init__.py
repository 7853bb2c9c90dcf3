"""The single source of names: JSON Schemas and xAPI Profiles."""
