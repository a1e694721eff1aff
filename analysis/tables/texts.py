"""The words themselves, once each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from analysis.covering import covered
from analysis.publication import Publication

AFTER = ()
SLAB = 4000  # texts in memory at a time
FEW = 2000  # fewer are covered in this process

SELECT = """
select sha256, text, chars, language, first_seen from store.text where sha256 in (select text_sha256 from temp.words)
"""


def fill(pub: Publication) -> None:
    """Every text that stands for a gig or a document, contact details covered with offsets kept; on all cores when there are many."""
    found = pub.db.execute(SELECT)
    first = found.fetchmany(FEW)
    pub.write("texts", (_row(row, covered(row["text"])) for row in first))
    if len(first) == FEW:
        with ProcessPoolExecutor() as pool:
            while slab := found.fetchmany(SLAB):
                pub.write("texts", _rows(slab, pool))


def _rows(slab: list[sqlite3.Row], pool: ProcessPoolExecutor) -> Iterator[dict[str, object]]:
    texts = pool.map(covered, (row["text"] for row in slab), chunksize=200)
    for row, text in zip(slab, texts, strict=True):
        yield _row(row, text)


def _row(row: sqlite3.Row, text: str | None) -> dict[str, object]:
    return {**dict(row), "text": text, "redacted": int(text != row["text"])}
