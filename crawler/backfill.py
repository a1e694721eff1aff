"""A backfill of one source: archived pages are read as a crawl would read them, and archived again with their original dates.

It is a crawl of its own, marked as backfilled, which says nothing about what the board shows today: it never counts as complete. Nothing
is written, no crawl and no WARC file, until a page gives something that the store does not have: a second run adds no row.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import TracebackType

from sqlite_utils import Database

from crawler import backfill_intake, derive, settle, source_lock, store
from crawler.backfill_intake import ARCHIVE, Gain
from crawler.capture import Archive, Exchange, repair
from crawler.clock import Clock, now
from crawler.config import Config
from crawler.findings import ruleset
from crawler.findings.reading import read as read_text
from crawler.intake import Log, Visit
from crawler.kinds import spider
from crawler.records import Capture, Expect, Outcome, Page, Problem, Reading, Role, Source
from crawler.text import sha256

REASON = "pages of an archive: they say nothing of what the board shows today"
NOTHING = (".none", ".empty")  # problems that say a page has no posting: in an archive that is no fault


@dataclass(frozen=True, slots=True)
class Archived:
    """One archived answer: where and when it was captured, and its decoded bytes. beside: a file that it was made from."""

    url: str
    fetched_at: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    role: Role = Role.POSTING
    beside: tuple[str, bytes] | None = None


class Backfill:
    """One source being filled with history. Use it as a context manager; it holds the source's lock while it is open.

    Raises UserMistake if the source is being crawled. `gain` says what was added so far.
    """

    def __init__(self, source: Source, settings: Config, how: str = ARCHIVE, clock: Clock = now) -> None:
        self.source, self.settings, self.how, self.clock = source, settings, how, clock
        self.gain, self.pages = Gain(), 0
        self._lock = source_lock.take(settings.data_dir, source.id)
        self.db = store.open_store(settings.store)
        self._kind = spider(source.kind)
        self._read = lru_cache(maxsize=4096)(read_text)
        self._archive: Archive | None = None
        self._log: Log | None = None

    def __enter__(self) -> Backfill:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close("interrupted" if error else None)

    def take(self, found: Archived) -> Gain:
        """Read one archived answer and keep what it gives. A page taken in before, or one without a posting, adds nothing."""
        if backfill_intake.is_known(self.db, self.source.id, found.url, found.fetched_at, hashlib.sha256(found.body).hexdigest()):
            return Gain()
        exchange = Exchange(found.url, found.role, found.status, found.headers, found.body, found.fetched_at)
        given = self._derive(exchange)
        problems = tuple(each for each in given.problems if not each.rule.endswith(NOTHING))
        if not given.dossiers and not problems:
            return Gain()
        log, archive = self._begun()
        capture = archive.write_exchange(exchange)
        extras = (_beside(archive, capture, *found.beside),) if found.beside else ()
        visit = Visit(capture, given.dossiers, problems=_minor(problems), extras=extras)
        gain = backfill_intake.take(self.db, log, visit, self.clock(), self.how)
        self.gain, self.pages = self.gain + gain, self.pages + 1
        return gain

    def holds(self, url: str, fetched_at: str) -> bool:
        """Whether the store has a capture of an address and a date."""
        where = "source_id = ? and url = ? and method = 'GET' and fetched_at = ?"
        return store.first(self.db, f"select 1 from capture where {where}", [self.source.id, url, fetched_at]) is not None

    def holds_bytes(self, url: str, sha256: str) -> bool:
        """Whether the store has these bytes of an address, whatever their date."""
        where = "source_id = ? and url = ? and method = 'GET' and sha256 = ?"
        return store.first(self.db, f"select 1 from capture where {where}", [self.source.id, url, sha256]) is not None

    def _derive(self, exchange: Exchange) -> derive.Derived:
        mime, charset = content_type(exchange.response_headers)
        page = Page(exchange.url, exchange.role, exchange.body, mime, exchange.status, exchange.fetched_at, charset)
        return derive.derive(page, self.source, self._kind.read, self._unread)

    def _unread(self, words: str) -> Reading | None:
        known = "select 1 from reading where text_sha256 = ? and ruleset = ?"
        return None if store.first(self.db, known, [sha256(words), ruleset.digest()]) else self._read(words)

    def _begun(self) -> tuple[Log, Archive]:
        """The crawl and its WARC file, begun when the first page is kept."""
        if self._log is None or self._archive is None:
            started = self.clock()
            for torn in settle.interrupt(self.db, self.source.id, started):
                if (self.settings.warc / torn).is_file():
                    repair(self.settings.warc / torn)
            self._archive = Archive(self.settings.warc, self.source.id, started, {"description": "archived pages, read again"})
            row: dict[str, object] = {"source_id": self.source.id, "started_at": started, "outcome": Outcome.RUNNING.value}
            with store.transaction(self.db):
                if store.first(self.db, "select 1 from source where id = ?", [self.source.id]) is None:
                    store.keep_source(self.db, self.source, started)
                crawl = store.insert(self.db, "crawl", row | {"warc": self._archive.name, "pid": os.getpid(), "backfilled": 1})
            self._log = Log(crawl, self.source.id, True, self._read, True)
        return self._log, self._archive

    def close(self, failure: str | None = None) -> None:
        """End the crawl: the WARC file first, then its row. A second call does nothing."""
        if self._lock.closed:
            return
        if self._archive is not None and self._log is not None:
            self._archive.close()
            self._end(self.db, self._log.crawl, failure)
        self.db.close()
        self._lock.close()

    def _end(self, db: Database, crawl: int, failure: str | None) -> None:
        seen = store.first(db, "select count(distinct posting_id) as n from sighting where crawl_id = ?", [crawl]) or {"n": 0}
        outcome = Outcome.FAILED if failure else Outcome.PARTIAL
        facts = [outcome.value, REASON, failure, self.clock(), self.pages, seen["n"], self.gain.postings, crawl]
        with store.transaction(db):
            db.execute(
                "update crawl set outcome = ?, reason = ?, failure = ?, finished_at = ?, pages = ?, seen = ?, new = ? where id = ?", facts
            )


def archive_source(name: str, title: str) -> Source:
    """The source that pages of nobody's board go to: JobPosting pages, never crawled."""
    url = f"https://{name}.invalid/"  # RFC 2606: a name that leads nowhere
    refused = "a place for archived pages and imported files; there is nothing to fetch"
    notes = ("kept as handed in", None)
    return Source(name, "jsonld", title, url, None, "board", None, False, refused, "0 3 * * *", Expect(), *notes, {}, False, False)


HOLDERS = {"archive": archive_source("archive", "Web archives"), "imported": archive_source("imported", "Imported files")}


def content_type(headers: Iterable[tuple[str, str]]) -> tuple[str, str | None]:
    """(media type, charset) of an answer's headers; ("", None) without a Content-Type."""
    value = next((value for name, value in headers if name.lower() == "content-type"), "")
    kind, _, rest = value.partition(";")
    charset = rest.lower().partition("charset=")[2].strip().strip("\"'").partition(";")[0]
    return kind.strip().lower(), charset or None


def _beside(archive: Archive, capture: Capture, mime: str, body: bytes) -> Capture:
    """The file that a page was made from, in the same WARC file."""
    exchange = Exchange(f"{capture.url}#file", Role.DOCUMENT, 200, (("Content-Type", mime),), body, capture.fetched_at)
    return archive.write_exchange(exchange)


def _minor(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as warnings: what is wrong with a page of years ago is no error of the board."""
    return tuple(replace(each, severity="warning") for each in problems)
