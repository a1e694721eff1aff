"""The digest of the rows of a table or query, by which a citation of them can be checked later. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence


def digest(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """SHA-256 of the heading and the rows, each as a JSON list on a line of its own, UTF-8."""
    found = hashlib.sha256()
    for row in (columns, *rows):
        found.update(json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()
