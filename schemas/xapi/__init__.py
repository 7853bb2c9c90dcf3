"""Schemas of xAPI, by version, and profiles."""
