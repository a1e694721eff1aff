"""What was ever published stays known: written into the store before a publication is moved into its place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from crawler import store
from crawler.errors import PublishError

GIGS = "select id, ? from postings union all select id, first_published from kept"


def remember(path: Path, draft: Path, now: str) -> None:
    """Write down the gigs of a publication in the store. Raises PublishError if the store cannot be written."""
    made = sqlite3.connect(f"file:{draft}?mode=ro", uri=True)
    try:
        db = store.open_store(path)
        store.keep_published(db, made.execute(GIGS, [now]))
        db.close()
    except sqlite3.DatabaseError as wrong:
        raise PublishError(f"{path}: cannot write down what is published ({wrong}); make it writable") from wrong
    finally:
        made.close()
