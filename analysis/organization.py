"""One organization under its several spellings: letters, digits and legal forms decide, not capitals or points."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from functools import lru_cache

LEGAL = frozenset(
    [
        *("inc", "incorporated", "corp", "corporation", "co", "company", "llc", "ltd", "limited", "plc", "lp", "llp"),
        *("gmbh", "ag", "ug", "sarl", "sas", "sa", "srl", "bv", "nv", "ab", "oy", "as", "pty", "pte", "kk"),
    ]
)
LONGEST = 60


@lru_cache(maxsize=100_000)
def organization_id(name: str | None) -> str | None:
    """A short name fit for a link, the same for spellings that differ by capitals, points, accents or legal form.

    `Quillon Audio, Inc.` and `QUILLON AUDIO` are `quillon-audio`. Names in other scripts keep a digest. No name: None.
    """
    if not name or not name.strip():
        return None
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    letters = sum(map(str.isalnum, name))
    if sum(map(len, words)) * 2 < letters:
        return "o-" + hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:10]
    return "-".join(words)[:LONGEST].strip("-")


def install(db: sqlite3.Connection) -> None:
    """Make `organization_id(name)` known to a connection."""
    db.create_function("organization_id", 1, organization_id, deterministic=True)
