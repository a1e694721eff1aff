"""Callboard's reading side: rows become answers."""

__version__ = "0.1.0"
