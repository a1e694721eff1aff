"""Every finding again, from captures and texts, offline.

Two passes. Texts: each is read under the ruleset in force. Where it was read under another before, the new reading is a technical
upgrade and no event is written; where the stored reading of this very ruleset differs, the store was damaged and is mended, with an
issue. Pages: each archived page that a version or a linked document was read from is read again by its kind, with the sources as they
are now; what it gives is compared with what is stored, and a difference is an issue, since versions are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from crawler import capture, derive, rows, store
from crawler.clock import now
from crawler.errors import CaptureError, UnreadableFile
from crawler.findings import ruleset
from crawler.findings.reading import read as read_text
from crawler.kinds import spider
from crawler.records import Page, Problem, Reading, Role, Source
from crawler.text import sha256

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did, counted.

    read_anew: texts without a reading under this ruleset; upgraded: those of them that were read under another. mended: stored readings
    that were not what their text gives. differing: pages that now give something else than what was read from them.
    """

    texts: int
    read_anew: int
    upgraded: int
    mended: int
    pages: int
    differing: int
    unreadable: int


def replay(db: Database, warc: Path, sources: Mapping[str, Source], tell: Progress) -> Replayed:
    """Rebuild all findings of a store. sources: the catalogue; the pages of a source that has left it are not read again."""
    with store.transaction(db):
        db.execute("update issue set closed_at = ? where rule like 'replay.%' and closed_at is null", [now()])
    every = [row["sha256"] for row in store.select(db, "select sha256 from text order by rowid")]
    return Replayed(*_texts(db, every, tell), *_pages(db, warc, sources, tell))


def read_unread(db: Database, tell: Progress) -> Replayed:
    """Read only the texts that the rules in force have not read: what an upgrade of the rules leaves to do."""
    unread = "select sha256 from text where sha256 not in (select text_sha256 from reading where ruleset = ?) order by rowid"
    todo = [row["sha256"] for row in store.select(db, unread, [ruleset.digest()])]
    return Replayed(*_texts(db, todo, tell), 0, 0, 0)


def _texts(db: Database, todo: Sequence[str], tell: Progress) -> tuple[int, int, int, int]:
    """(texts, read anew, upgraded, mended)."""
    anew = upgraded = mended = 0
    for done, digest in enumerate(todo, 1):
        found = read_text(_words(db, digest))
        if not store.is_read(db, digest, ruleset.digest()):
            anew += 1
            with store.transaction(db):
                upgraded += store.keep_reading(db, found, now())
        elif store.reading(db, digest, ruleset.digest()) != found:
            mended += 1
            _mend(db, found)
        tell("texts", done, len(todo))
    return len(todo), anew, upgraded, mended


def _words(db: Database, digest: str) -> str:
    return str(store.select(db, "select text from text where sha256 = ?", [digest])[0]["text"])


def _mend(db: Database, found: Reading) -> None:
    said = f"text {found.text_sha256}: its stored reading was not what the text gives under its ruleset; read again"
    with store.transaction(db):
        store.replace_reading(db, found)
        store.keep_problems(db, None, None, [Problem("replay.reading", said)], now())


def _pages(db: Database, warc: Path, sources: Mapping[str, Source], tell: Progress) -> tuple[int, int, int]:
    """(pages, differing, unreadable)."""
    captures = [row for row in readable(db) if row["source_id"] in sources]
    differing = unreadable = 0
    for done, row in enumerate(captures, 1):
        try:
            differing += not _agrees(db, warc, sources[row["source_id"]], row)
        except CaptureError as wrong:
            unreadable += 1
            _note(db, row, Problem("replay.capture", str(wrong), row["url"], "error"))
        tell("pages", done, len(captures))
    return len(captures), differing, unreadable


def readable(db: Database) -> Iterator[rows.Row]:
    """Captures that something was read from: whole answers behind a version or a linked document."""
    yield from store.select(
        db,
        "select * from capture where (id in (select capture_id from version) or id in (select capture_id from document)) "
        "and revisit_of is null and parent is null order by id",
    )


def _agrees(db: Database, warc: Path, source: Source, row: rows.Row) -> bool:
    """Whether a page still gives the versions, or the document, that were read from it."""
    page = page_of(db, warc, row)
    wrong = list(_documents(db, row, page)) if "posting" in page.context else list(_versions(db, row, page, source))
    for message in wrong:
        _note(db, row, Problem("replay.text", message, row["url"]))
    return not wrong


def _versions(db: Database, row: rows.Row, page: Page, source: Source) -> Iterator[str]:
    found = derive.derive(page, source, reader_of(source.kind), lambda _: None)
    gives = {each.id: each.digest for each in found.dossiers}
    for each in store.select(db, "select posting_id, digest, number from version where capture_id = ?", [row["id"]]):
        if gives.get(each["posting_id"]) != each["digest"]:
            yield f"gig {each['posting_id']} version {each['number']}: the archived page now gives another; the version stands as read"


def _documents(db: Database, row: rows.Row, page: Page) -> Iterator[str]:
    try:
        digest = sha256(derive.document_text(page))
    except UnreadableFile as wrong:
        digest = str(wrong)
    for each in store.select(db, "select id, text_sha256 from document where capture_id = ?", [row["id"]]):
        if each["text_sha256"] != digest:
            yield f"document {each['id']}: the archived file now gives another text; the document stands as read"


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
