"""Words of strangers must not act: a cell that a spreadsheet would run as a formula gets a look-alike first letter.

Spreadsheets run a cell that begins with one of these signs (OWASP, CSV injection; full-width forms are run as well in some locales).
The look-alike is one letter for one, so offsets stay true.
"""

from __future__ import annotations

import sqlite3

LOOKALIKES = {"=": "꞊", "+": "⁺", "-": "–", "@": "ⓐ", "＝": "꞊", "＋": "⁺", "－": "–", "＠": "ⓐ", "\t": " ", "\r": " "}


def inert(text: str | None) -> str | None:
    """The text as a spreadsheet takes it for text; as long as before."""
    if not text or text[0] not in LOOKALIKES:
        return text
    return LOOKALIKES[text[0]] + text[1:]


def install(db: sqlite3.Connection) -> None:
    """Make `inert(text)` known to a connection."""
    db.create_function("inert", 1, inert, deterministic=True)
