"""Callboard's crawl side: the web becomes rows."""

__version__ = "0.1.0"
