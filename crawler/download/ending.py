"""The end of a crawl: when Scrapy closes the spider, or when we are told to stop, the run is settled, whatever the reason."""

from __future__ import annotations

import signal
from functools import partial
from types import FrameType
from typing import Any

from scrapy import signals

PATIENCE = 5.0  # seconds that pages in hand have to arrive after we were told to stop
REASONS = {"closespider_timeout": "it took longer than crawl_timeout", "shutdown": "told to stop"}


class SettleCrawl:
    """Settles the run of a spider that closes. `crawler.verdict` keeps how it ended for whoever started it."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.spider_error, signals.spider_error)

    @classmethod
    def from_crawler(cls, crawler: Any) -> SettleCrawl:
        """Made by Scrapy."""
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        """Stand before Scrapy's handlers of signals: it waits for every page in hand, and under a long crawl-delay that is many minutes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, partial(self._told_to_stop, signal.getsignal(number)))

    def _told_to_stop(self, scrapys: Any, number: int, frame: FrameType | None) -> None:
        reactor = _reactor()
        reactor.callFromThread(reactor.callLater, PATIENCE, self._cut_short)
        if callable(scrapys):
            scrapys(number, frame)
        for each in (signal.SIGTERM, signal.SIGINT):  # a supervisor tells us and our parent, who tells us again: once is enough
            signal.signal(each, signal.SIG_IGN)

    def _cut_short(self) -> None:
        self.spider_closed(self.crawler.spider, "shutdown")
        _reactor().stop()

    def spider_error(self, failure: Any, response: Any, spider: Any) -> None:
        """An exception in our own reading of a page: the crawl cannot be complete, and someone has to look."""
        spider.run.broken(response, failure.value)

    def spider_closed(self, spider: Any, reason: str) -> None:
        """Decide the outcome, once. `finished` is Scrapy's word for a crawl that came to its end by itself."""
        if getattr(self.crawler, "verdict", None) is None:
            why = None if reason == "finished" else f"stopped: {REASONS.get(reason, reason)}"
            self.crawler.verdict = spider.run.close(reason == "finished", why)


def _reactor() -> Any:
    """Scrapy's reactor, which must not be imported before Scrapy has chosen it."""
    from twisted.internet import reactor

    return reactor
