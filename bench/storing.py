"""What the store costs on a night without a change, and the full-text index by batch, each against plain SQLite on the same rows.

The budget is a ratio: unchanged postings taken in, against one executemany that inserts as many rows of the same postings into the same
tables with the same indexes.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from bench.pages import text
from crawler import intake, rows, store
from crawler.derive import dossier
from crawler.findings.reading import read
from crawler.intake import Log, Visit
from crawler.records import Capture, Dossier, Expect, Posting, Role, Source

AT, LATER = "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z"
BOARD = "https://bench.example/"
SOURCE = Source("bench", "jsonld", "Bench (invented)", BOARD, None, "board", None, True, None, "0 2 * * *", Expect(1, None), None, None, {})
LISTED = 100  # postings on one page of a listing


def run(postings: int, rounds: int) -> Iterator[str]:
    """Take `postings` postings in, then twice again unchanged; the lines to print, in rows a second of CPU."""
    dossiers = [replace(_dossier(number), reading=None) for number in range(postings)]
    with tempfile.TemporaryDirectory() as folder:
        db = _store(Path(folder) / "store.db")
        _taken(db, dossiers, 1, AT)
        empty = [_with_texts(Path(folder) / f"plain{each}.db", dossiers) for each in range(rounds)]
        least = _rate(postings, rounds, lambda each: _plainly(empty[each], dossiers))
        yield f"executemany of {postings} postings and versions, all indexes, one transaction: {least:.0f} a second (the limit)"
        shown = _rate(postings, rounds, lambda each: _unchanged(db, dossiers, 2 + each))
        yield f"unchanged pages of {LISTED} postings: {shown:.0f} postings a second, {shown / least:.2f} of the limit; budget at least 0.5"
        alike = _rate(postings, rounds, lambda each: _taken(db, dossiers, 2 + rounds + each, LATER))
        yield f"changed pages of {LISTED} unchanged postings: {alike:.0f} postings a second, {alike / least:.2f} of the limit"
        db.close()
    yield from _full_text([each.text.text for each in dossiers], rounds)


def _dossier(number: int) -> Dossier:
    title, body = text(number % 200)
    posting = Posting(f"{BOARD}{number}", str(number), f"{title} {number}", "Bench (invented)", "Leeds", body, True)
    return dossier(posting, SOURCE, lambda words: None)


def _store(path: Path) -> Database:
    db = store.open_store(path)
    store.keep_source(db, SOURCE, AT)
    with store.transaction(db):
        for _ in range(100):
            store.insert(db, "crawl", {"source_id": SOURCE.id, "started_at": AT, "outcome": "running"})
    return db


def _capture(number: int, at: str, of: int | None = None) -> Capture:
    url = f"{BOARD}list/{number}"
    return Capture(url, Role.LISTING, "GET", at, 200, "text/html", "utf-8", 9000, "a" * 64, "bench.warc.gz", 0, 9000, revisit_of=of)


def _taken(db: Database, dossiers: Sequence[Dossier], crawl: int, at: str) -> None:
    log = Log(crawl, SOURCE.id, crawl == 1, read)
    for first in range(0, len(dossiers), LISTED):
        intake.take(db, log, Visit(_capture(first, at), tuple(dossiers[first : first + LISTED])))


def _unchanged(db: Database, dossiers: Sequence[Dossier], crawl: int) -> None:
    log = Log(crawl, SOURCE.id, False, read)
    for first in range(0, len(dossiers), LISTED):
        intake.take_unchanged(db, log, _capture(first, LATER, 1 + first // LISTED))


def _with_texts(path: Path, dossiers: Sequence[Dossier]) -> Database:
    db = _store(path)
    with store.transaction(db):
        for each in dossiers:
            store.keep_text(db, each.text.sha256, each.text.text, AT)
    return db


def _plainly(db: Database, dossiers: Sequence[Dossier]) -> None:
    """The rows of postings and versions by executemany into a store that has their texts."""
    with store.transaction(db):
        capture = store.insert(db, "capture", rows.of_capture(_capture(0, AT), 1, SOURCE.id))
        gigs = [{"id": each.id, "source_id": SOURCE.id, "native_id": each.posting.native_id, "url": each.posting.url} for each in dossiers]
        known = {"number": 1, "capture_id": capture, "crawl_id": 1, "seen_from": AT}
        versions = [rows.of_version(each.posting, each.text.sha256, each.digest) | known | {"posting_id": each.id} for each in dossiers]
        stated = {"state": "open", "state_reason": "seen", "first_seen": AT, "last_seen": AT, "missed": 0, "backlog": 1, "last_crawl": 1}
        for table, made in (("posting", [gig | stated for gig in gigs]), ("version", versions)):
            names = ", ".join(f'"{name}"' for name in made[0])
            marks = ", ".join("?" * len(made[0]))
            db.conn.executemany(f'insert into "{table}" ({names}) values ({marks})', [tuple(row.values()) for row in made])


def _full_text(texts: Sequence[str], rounds: int) -> Iterator[str]:
    """The index as the publication makes it, after the rows are in, beside one that triggers keep row by row."""
    by_row = _rate(len(texts), rounds, lambda _: _indexed(texts, by_row=True))
    at_once = _rate(len(texts), rounds, lambda _: _indexed(texts, by_row=False))
    yield f"full-text index after the load, as published: {at_once:.0f} texts a second, {at_once / by_row:.1f} times a trigger's rate"


def _indexed(texts: Sequence[str], *, by_row: bool) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create table words (number integer primary key, text text)")
    db.execute("create virtual table found using fts5(text, content='words', content_rowid='number')")
    if by_row:
        db.execute("create trigger kept after insert on words begin insert into found(rowid, text) values (new.number, new.text); end")
    for first in range(0, len(texts), 500):
        db.executemany("insert into words (text) values (?)", [(each,) for each in texts[first : first + 500]])
        db.commit()
    if not by_row:
        db.execute("insert into found(found) values ('rebuild')")
    db.commit()
    db.close()


def _rate(count: int, rounds: int, work: Callable[[int], None]) -> float:
    """Rows a second of CPU, the best of the rounds."""
    spent = []
    for each in range(rounds):
        began = time.process_time()
        work(each)
        spent.append(time.process_time() - began)
    return count / min(spent)
