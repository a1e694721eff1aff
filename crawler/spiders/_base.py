"""What every spider shares: the source argument, asking for pages, handing what was read to the crawl's log.

A kind of source is a subclass that names its settings and gives two pure functions: the pages to start from, and what one captured
page gives. Everything live (robots, delays, capture, conditional requests, counting) happens here and in the middlewares.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import scrapy
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from crawler.errors import UserMistake
from crawler.records import Ask, Harvest, Page, Role, Source
from crawler.spiders import _browser
from crawler.spiders._run import CrawlRun

if TYPE_CHECKING:
    from twisted.python.failure import Failure


class BoardSpider(scrapy.Spider):
    """A kind of source.

    `keys` and `required` name its settings. `gone_is_authoritative`: a posting's own 404 or 410 closes it at once. `renders`: the kind
    needs a browser. `listing_is_whole`: it lists everything that is open; where it lists only the newest, absence closes nothing.
    """

    name = ""
    keys: ClassVar[frozenset[str]] = frozenset()
    required: ClassVar[frozenset[str]] = frozenset()
    gone_is_authoritative: ClassVar[bool] = False
    renders: ClassVar[bool] = False
    listing_is_whole: ClassVar[bool] = True

    run: CrawlRun

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Kinds that render pages get a browser; the others never load one."""
        super().update_settings(settings)
        if cls.renders:
            settings.setdict(_browser.settings(), priority="spider")

    def __init__(self, source: str | None = None, run: CrawlRun | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.run = run or _opened(type(self), source, options)

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The pages that a crawl of this source starts from."""
        raise NotImplementedError

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """What one captured page gives: postings, pages to follow, problems. Pure."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """One request for each page to start from."""
        for ask in self.start_asks(self.run.source):
            if self.run.may_ask(ask):
                yield self.request(ask)

    def request(self, ask: Ask) -> Request:
        """A Scrapy request that remembers what it asked for."""
        meta: dict[str, Any] = {"ask": ask}
        if ask.render:
            meta |= self.browser_meta(ask)
        return Request(
            ask.url,
            method=ask.method,
            body=ask.body,
            headers=dict(ask.headers),
            callback=self.parse,
            errback=self.missed,
            meta=meta,
            dont_filter=True,  # `may_ask` knows what was asked; Scrapy's filter would drop a redirect to a known page without a word
            priority=0 if ask.role is Role.LISTING else 10,
        )

    def browser_meta(self, ask: Ask) -> dict[str, Any]:
        """Request meta that sends a page through a browser. Only kinds that need one override this."""
        raise NotImplementedError(f"{self.name} does not render pages, asked for {ask.url}")

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """Read a captured page, log what it gives, follow what it leads to."""
        visit = self.run.visit(response)
        for problem in visit.problems:
            self.logger.info("%s: %s", visit.capture.url, problem.message)
        yield from (dossier.as_item() for dossier in visit.dossiers)
        for ask in visit.follow:
            if self.run.may_ask(ask):
                yield self.request(ask)

    def missed(self, failure: Failure) -> None:
        """Count a page that never came (refused, timed out, forbidden by robots.txt)."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        self.run.miss(request.meta["ask"], failure.value or LookupError("no reason given"))


def _opened(kind: type[BoardSpider], source: str | None, options: dict[str, Any]) -> CrawlRun:
    """A run for `scrapy crawl`, which would print a traceback for a user's mistake."""
    try:
        return CrawlRun.open(kind, source, options)
    except UserMistake as mistake:
        print(f"callboard: {mistake}", file=sys.stderr)
        raise SystemExit(2) from None
