"""Words of strangers before they are published: contact details of persons covered, formulas made inert. SQL sees `redact(text)`."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from analysis.inertness import inert
from crawler.errors import PublishError
from crawler.redact import redact

_short = lru_cache(maxsize=50_000)(redact)
SHORT = 300


def covered(text: str | None) -> str | None:
    """A text with contact details covered, as long as before. Raises PublishError if it is not: offsets would lie."""
    if not text:
        return text
    safe = inert(_short(text) if len(text) < SHORT else redact(text))
    if safe is None or len(safe) != len(text):
        raise PublishError("covering contact details changed the length of a text; offsets would lie")
    return safe


def install(db: sqlite3.Connection) -> None:
    """Make `redact(text)` known to a connection."""
    db.create_function("redact", 1, covered, deterministic=True)
