"""The record: append-only, ordered by position; everything else can be rebuilt from it."""
