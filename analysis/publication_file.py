"""The public database as a file to read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.description import tables
from crawler.errors import UserMistake


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The publication, read-only, rows by name. Raises UserMistake if there is none, or if it is none of this version's."""
    if not path.is_file():
        raise UserMistake(f"{path}: nothing published yet; run `callboard publish` or `callboard demo`")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        _check(db, path)
        yield db
    finally:
        db.close()


def _check(db: sqlite3.Connection, path: Path) -> None:
    try:
        known = {table: tuple(row["name"] for row in db.execute(f"pragma table_info('{table}')")) for table in tables()}
    except sqlite3.DatabaseError as wrong:
        raise UserMistake(f"{path}: not a publication ({wrong}); move it away and run `callboard publish`") from wrong
    for table in tables().values():
        if known[table.name] != table.names:
            raise UserMistake(f"{path}: its table {table.name} is of another version; run `callboard publish` again")


def published_at(db: sqlite3.Connection) -> str:
    """When it was published, ISO 8601 UTC."""
    words = db.execute("select words from methods where id = 'published_at'").fetchone()[0]
    return str(words).split(" ", 1)[0]
