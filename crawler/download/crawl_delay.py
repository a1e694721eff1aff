"""Robots.txt's crawl-delay, which Scrapy parses and does not apply: the host's download slot is slowed to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.http import Request


class CrawlDelay:
    """Listens for parsed robots files; AutoThrottle may then not go faster. `max_crawl_delay` is the most we wait."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.asked: dict[str, float] = {}
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> CrawlDelay:
        """Made by Scrapy."""
        return cls(crawler)

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        """Slow the slot of the host whose robots.txt was just read."""
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if asked is None:
            return
        settings = self.crawler.spider.run.settings
        delay = max(settings.delay, min(float(asked), settings.max_crawl_delay))
        self.asked[urlsplit(request.url).netloc] = delay
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0.0, "concurrency": 1}
        if key in downloader.slots:
            slot = downloader.slots[key]
            slot.delay, slot.jitter, slot.concurrency = delay, 0.0, 1

    def process_request(self, request: Request) -> None:
        """Keep AutoThrottle from going below the delay that was asked for."""
        if urlsplit(request.url).netloc in self.asked:
            request.meta["autothrottle_dont_adjust_delay"] = True
