"""The store's schema: one function a step, in order, never edited after release.

The store is private and append-mostly. A text is kept once by its digest; a reading belongs to (text, ruleset); a version belongs to a
posting and points at its text and at the capture it was read from. Pay stated in a text belongs to its reading, the board's own pay
fields to their version.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

store = Migrations("callboard-store")

SCHEMA = Path(__file__).parent / "schema"
TYPES = {"integer": int, "text": str, "real": float}


@store()
def m001_first_schema(db: Database) -> None:
    """Every table of the first release, from `schema/0001_first.toml`."""
    _create(db, tomllib.loads((SCHEMA / "0001_first.toml").read_text("utf-8")))


@store()
def m002_published(db: Database) -> None:
    """Which gigs were ever published, and when first: their pages must not vanish when later rules find them to be none."""
    db.create_table("published", {"posting_id": str, "first_at": str}, pk="posting_id")


def _create(db: Database, tables: dict[str, Any]) -> None:
    for name, table in tables.items():
        key = table["key"][0] if len(table["key"]) == 1 else tuple(table["key"])
        columns = {column: TYPES[kind] for column, kind in table["columns"].items()}
        db.create_table(name, columns, pk=key, foreign_keys=[tuple(each) for each in table["foreign"]])
    for name, table in tables.items():
        for index in table["indexes"]:
            db.table(name).create_index(index)
        for index in table["unique"]:
            db.table(name).create_index(index, unique=True)
