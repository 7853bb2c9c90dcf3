"""Leerspoor's learning-record store: takes statements in, keeps them for ever, gives them back."""

__version__ = "0.1.0"
