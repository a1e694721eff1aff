"""Every finding again, from captures and texts, offline.

Two passes. Pages: each archived listing and posting page is read again by its kind, with its sources as they are now; the texts it
gives are compared with the stored versions, and a difference is an issue, since versions are never rewritten. Texts: each text is read
under the ruleset in force. A reading that differs from an older one is a technical upgrade; no event is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from crawler import capture, derive, rows, store
from crawler.clock import now
from crawler.errors import CaptureError
from crawler.findings import ruleset
from crawler.findings.reading import read as read_text
from crawler.kinds import spider
from crawler.records import Page, Problem, Role, Source

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did. differing: pages that now give another text than the version that was read from them."""

    texts: int
    read_anew: int
    upgraded: int
    pages: int
    differing: int
    unreadable: int


def replay(db: Database, warc: Path, sources: Mapping[str, Source], tell: Progress) -> Replayed:
    """Rebuild all findings of a store. sources: the catalogue; a source that left it is read by what the store knows of it."""
    anew, upgraded, texts = _texts(db, tell)
    pages, differing, unreadable = _pages(db, warc, sources, tell)
    return Replayed(texts, anew, upgraded, pages, differing, unreadable)


def _texts(db: Database, tell: Progress) -> tuple[int, int, int]:
    known = {row["text_sha256"] for row in store.select(db, "select text_sha256 from reading where ruleset = ?", [ruleset.digest()])}
    todo = [row["sha256"] for row in store.select(db, "select sha256 from text order by rowid") if row["sha256"] not in known]
    upgraded = 0
    for done, digest in enumerate(todo, 1):
        found = store.first(db, "select text from text where sha256 = ?", [digest])
        before = store.first(db, "select 1 from reading where text_sha256 = ?", [digest])
        with store.transaction(db):
            store.keep_reading(db, read_text(str(found["text"]) if found else ""), now())
        upgraded += before is not None
        tell("texts", done, len(todo))
    return len(todo), upgraded, len(known) + len(todo)


def _pages(db: Database, warc: Path, sources: Mapping[str, Source], tell: Progress) -> tuple[int, int, int]:
    with store.transaction(db):
        db.execute("update issue set closed_at = ? where rule like 'replay.%' and closed_at is null", [now()])
    captures = list(readable(db))
    differing = unreadable = 0
    for done, row in enumerate(captures, 1):
        source = sources.get(row["source_id"])
        if source is not None:
            try:
                differing += not _agrees(db, warc, source, row)
            except CaptureError as wrong:
                unreadable += 1
                _note(db, row, Problem("replay.capture", str(wrong), row["url"], "error"))
        tell("pages", done, len(captures))
    return len(captures), differing, unreadable


def readable(db: Database) -> Iterator[rows.Row]:
    """Captures that gave postings: whole answers of listings and postings that versions were read from."""
    yield from store.select(
        db,
        "select * from capture where id in (select capture_id from version) and revisit_of is null and parent is null order by id",
    )


def _agrees(db: Database, warc: Path, source: Source, row: rows.Row) -> bool:
    """Whether a page still gives the versions that were read from it."""
    found = derive.derive(page_of(db, warc, row), source, reader_of(source.kind), lambda _: None)
    gives = {each.id: each.text.sha256 for each in found.dossiers}
    versions = store.select(db, "select posting_id, text_sha256, number from version where capture_id = ?", [row["id"]])
    wrong = [each for each in versions if gives.get(each["posting_id"]) != each["text_sha256"]]
    for each in wrong:
        message = f"gig {each['posting_id']} version {each['number']}: the archived page now gives another text; the version stands as read"
        _note(db, row, Problem("replay.text", message, row["url"]))
    return not wrong


def page_of(db: Database, warc: Path, row: rows.Row) -> Page:
    """What was read: the final DOM of a rendered page, else the response itself, under the page's own address and context."""
    dom = store.first(db, "select * from capture where parent = ? and role = ?", [row["id"], Role.DOM.value])
    page = capture.page(warc, rows.capture(dom or row))
    own = rows.capture(row)
    return replace(page, url=own.url, role=own.role, context=own.context)


def reader_of(kind: str) -> derive.ReadPage:
    """The pure reading function of a kind of source."""
    return spider(kind).read


def _note(db: Database, row: rows.Row, problem: Problem) -> None:
    with store.transaction(db):
        store.keep_problems(db, row["source_id"], None, [problem], now())
