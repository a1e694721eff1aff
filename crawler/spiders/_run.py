"""One crawl of one source while it runs: its lock, its WARC file, its rows, what it has counted, and how it ends."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scrapy.http import Response

from crawler import catalog, config, derive, intake, rows, settle, source_lock, store
from crawler.capture import Archive, repair
from crawler.charset import misfit
from crawler.clock import Clock, running_from
from crawler.errors import ConfigError, UnreadableFile
from crawler.findings import ruleset
from crawler.findings.reading import read as read_text
from crawler.intake import Log, Visit
from crawler.lifecycle import Tally, Verdict
from crawler.records import Ask, Capture, Page, Problem, Reading, Role, Source
from crawler.spiders import _count, _failures, _linked, _manners
from crawler.spiders._count import Count
from crawler.text import sha256

if TYPE_CHECKING:
    from crawler.spiders._base import BoardSpider

DOCUMENTS_A_CRAWL = 200


class CrawlRun:
    """A crawl in progress. Made by `open`, ended once by `close`."""

    def __init__(self, kind: type[BoardSpider], source: Source, settings: config.Config, clock: Clock) -> None:
        self.kind, self.source, self.settings, self.clock = kind, source, settings, clock
        self.count, self.links = Count(), _linked.Links()
        self._lock = source_lock.take(settings.data_dir, source.id)
        self.db = store.open_store(settings.store)
        started = clock()
        store.keep_source(self.db, source, started)
        for torn in settle.interrupt(self.db, source.id, started):
            if (settings.warc / torn).is_file():
                repair(settings.warc / torn)
        self.archive = Archive(settings.warc, source.id, started)
        self.log = self._begin(started)

    @classmethod
    def open(cls, kind: type[BoardSpider], source: str | None, options: dict[str, Any]) -> CrawlRun:
        """A crawl of a source by its id, as `scrapy crawl KIND -a source=ID` and `callboard crawl ID` ask for it.

        Raises ConfigError if the source is unknown, refused, of another kind, or not to be crawled without a contact.
        """
        settings = config.load()
        known = catalog.load_all(settings.sources_dir)
        if source is None or source not in known:
            raise ConfigError(catalog.unknown(source, known))
        chosen = known[source]
        if chosen.kind != kind.name:
            raise ConfigError(f"source {source} is of kind {chosen.kind}, not {kind.name}; run it with {chosen.kind}")
        catalog.check_settings(chosen, kind.keys, kind.required)
        _manners.allowed(chosen, kind.start_asks(chosen), settings)
        return cls(kind, chosen, settings, running_from(options.get("now")))

    def _begin(self, started: str) -> Log:
        first = store.first(self.db, "select 1 from crawl where source_id = ? and outcome = 'complete'", [self.source.id]) is None
        row = {"source_id": self.source.id, "started_at": started, "outcome": "running", "warc": self.archive.name, "pid": os.getpid()}
        with store.transaction(self.db):
            crawl = store.insert(self.db, "crawl", row)
        return Log(crawl, self.source.id, first, _reader())

    def may_ask(self, ask: Ask) -> bool:
        """Whether a page may still be fetched: not asked before, within the limits, and not of a private network."""
        if _linked.is_linked(ask):
            self.links.want(ask)
        key = (ask.url, ask.method, ask.body)
        if key in self.count.asked:
            return False
        refusal = _manners.refusal(ask.url, self.source, self.settings.contact)
        if refusal:
            self._refuse(ask, *refusal)
            return False
        if len(self.count.asked) >= self.settings.page_limit:
            self.count.cut = f"more than {self.settings.page_limit} pages; raise page_limit or narrow the source"
            return False
        self.count.documents += ask.role is Role.DOCUMENT
        self.count.asked.add(key)
        return ask.role is not Role.DOCUMENT or self.count.documents <= DOCUMENTS_A_CRAWL

    def _refuse(self, ask: Ask, failure: str, sentence: str) -> None:
        """A link may lead anywhere, and that is the board's matter; a listing that we may not ask for is the end of the crawl."""
        listing = ask.role is Role.LISTING
        self.problem(Problem(f"page.{failure}", sentence, ask.url, "error" if listing else "warning"))
        if listing:
            self._count_failure(ask, failure)

    def visit(self, response: Response) -> Visit:
        """Take in one archived response: unchanged, a failure, a linked document, or a page to read."""
        self.archive.sync()  # rows may only point at bytes that a power cut cannot take
        ask: Ask = response.meta["ask"]
        capture: Capture = response.meta["capture"]
        extras: tuple[Capture, ...] = response.meta.get("extras", ())
        self.count.pages += 1
        self.count.bytes += len(response.body)
        failure = _failures.of_response(response) if capture.revisit_of is None else None
        if failure:
            return self._failed(ask, capture, failure)
        if _linked.is_linked(ask):
            self.links.came(ask, capture.url)
        if capture.revisit_of is not None:
            return self._unchanged(capture, extras)
        page = Page(response.url, ask.role, response.body, capture.mime, response.status, capture.fetched_at, capture.encoding, ask.context)
        if _linked.is_linked(ask):
            return self._linked(page, capture)
        return self._page(page, capture, extras)

    def _page(self, page: Page, capture: Capture, extras: tuple[Capture, ...]) -> Visit:
        found = derive.derive(page, self.source, self.kind.read, self._unread)
        broken = _count.shapes(found.problems)
        self.count.read(page.role, broken)
        for failure in _count.unreadable(found.problems):
            self.count.failed(page.role, failure)
        self.count.gone |= dict.fromkeys(found.gone, 410)
        follow = found.follow + _linked.asks(found.dossiers)
        visit = Visit(capture, found.dossiers, follow, found.problems + _charset(page), extras, trusted=not broken)
        intake.take(self.db, self.log, visit)
        return visit if visit.trusted else replace(visit, dossiers=())

    def _unread(self, words: str) -> Reading | None:
        """A text's reading, or None where the store has it already: an unchanged posting costs nothing."""
        known = store.is_read(self.db, sha256(words), ruleset.digest())
        return None if known else self.log.read(words)

    def _unchanged(self, capture: Capture, extras: tuple[Capture, ...]) -> Visit:
        self.count.unchanged += 1
        self.count.read(capture.role, ())
        before = store.first(self.db, "select follow from capture where id = ?", [capture.revisit_of])
        intake.take_unchanged(self.db, self.log, capture, extras)
        follow = rows.asks(before["follow"]) if before else ()
        return Visit(capture, follow=follow)

    def _failed(self, ask: Ask, capture: Capture, failure: str) -> Visit:
        says_gone = self.kind.gone_is_authoritative or self.source.authoritative_gone
        if says_gone and capture.status in (404, 410) and ask.role is Role.POSTING:
            for url in (ask.url, capture.url):  # a posting is known by the address that it answered at, maybe through a redirect
                self.count.gone[derive.posting_id(self.source.id, ask.context.get("id"), url)] = capture.status
            failure = ""
        problem = Problem(f"page.{failure}", f"{capture.url} answered {capture.status} ({failure})", capture.url, "error")
        visit = Visit(capture, problems=(problem,) if failure else ())
        intake.take(self.db, self.log, visit)
        if failure:
            self._count_failure(ask, failure)
        return visit

    def _linked(self, page: Page, capture: Capture) -> Visit:
        visit = Visit(capture)
        number = intake.take(self.db, self.log, visit)
        try:
            _linked.keep(self.db, self.log, page, derive.document_text(page), number)
        except UnreadableFile as wrong:
            self.problem(Problem("document.unreadable", str(wrong), page.url))
        return visit

    def miss(self, ask: Ask, error: BaseException) -> None:
        """A page that never came: count it and open an issue."""
        failure = _failures.of_error(error)
        self.problem(Problem(f"page.{failure}", f"{ask.url}: {_failures.sentence(error)}", ask.url, "error"))
        self._count_failure(ask, failure)

    def broken(self, response: Response, error: BaseException) -> None:
        """Our own code failed on a page: its capture is kept, an issue is opened, and the crawl is partial."""
        url = response.url
        self.count.cut = self.count.cut or f"{url} could not be read ({type(error).__name__})"
        problem = Problem("page.unread", f"{url}: {type(error).__name__}: {_failures.sentence(error)}", url, "error")
        capture: Capture | None = response.meta.get("capture")
        known = capture and store.first(self.db, "select 1 from capture where warc = ? and offset = ?", [capture.warc, capture.offset])
        if capture is None or known:
            self.problem(problem)
        else:
            intake.take(self.db, self.log, Visit(capture, problems=(problem,)))

    def _count_failure(self, ask: Ask, failure: str) -> None:
        if not _linked.is_linked(ask):
            self.count.failed(ask.role, failure)  # a licence that cannot be read says nothing about which postings are open

    def problem(self, problem: Problem) -> None:
        """Open an issue at once, outside any page's transaction."""
        with store.transaction(self.db):
            store.keep_problems(self.db, self.source.id, self.log.crawl, [problem], self.clock())

    def close(self, finished: bool, why: str | None = None) -> Verdict:
        """End the crawl: the WARC file is closed first, then the outcome is decided and the postings move on."""
        self.archive.close()
        _linked.share(self.db, self.log, self.links, self.clock())
        count = self.count
        tally = Tally(
            finished=finished,
            pages=count.pages,
            seen=self._seen(),
            listing_failures=tuple(count.listing_failures),
            posting_failures=tuple(count.posting_failures),
            shape_problems=count.shapes(),
            cut=count.cut or why,
            whole=self.kind.listing_is_whole,
        )
        facts = [count.unchanged, count.bytes, self.source.expect.min, self.log.crawl]
        self.db.execute("update crawl set unchanged_pages = ?, bytes = ?, expected = ? where id = ?", facts)
        found = settle.settle(self.db, self.source, self.log.crawl, tally, self.clock(), count.gone)
        self.db.close()
        self._lock.close()
        return found

    def _seen(self) -> int:
        found = store.first(self.db, "select count(distinct posting_id) as n from sighting where crawl_id = ?", [self.log.crawl])
        return int(found["n"]) if found else 0


def _charset(page: Page) -> tuple[Problem, ...]:
    is_text = page.mime.startswith("text/") or page.mime.endswith(("json", "xml"))
    wrong = misfit(page.body, page.encoding) if is_text else None
    return (Problem("page.charset", f"declared as {wrong}, which its bytes are not; read by a guess", page.url),) if wrong else ()


def _reader() -> intake.ReadAgain:
    """Reading with a memory: a text that stands on many pages is read once a crawl."""
    return lru_cache(maxsize=4096)(read_text)
