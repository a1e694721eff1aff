"""The end of a crawl: when Scrapy closes the spider, the run is settled, whatever the reason."""

from __future__ import annotations

from typing import Any

from scrapy import signals


class SettleCrawl:
    """Settles the run of a spider that closes. `crawler.verdict` keeps how it ended for whoever started it."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.spider_error, signals.spider_error)

    @classmethod
    def from_crawler(cls, crawler: Any) -> SettleCrawl:
        """Made by Scrapy."""
        return cls(crawler)

    def spider_error(self, failure: Any, response: Any, spider: Any) -> None:
        """An exception in our own reading of a page: the crawl cannot be complete, and someone has to look."""
        spider.run.broken(response, failure.value)

    def spider_closed(self, spider: Any, reason: str) -> None:
        """Decide the outcome. `finished` is Scrapy's word for a crawl that came to its end by itself."""
        self.crawler.verdict = spider.run.close(reason == "finished", None if reason == "finished" else f"stopped: {reason}")
