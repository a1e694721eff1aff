"""What Scrapy leaves out of robots.txt: its crawl-delay, which is parsed and not applied, and a robots.txt that cannot be had."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.http import Request, Response

from crawler.spiders._failures import Refused


class CrawlDelay:
    """Listens for parsed robots files; AutoThrottle may then not go faster. `max_crawl_delay` is the most we wait.

    Where robots.txt answers 5xx nothing of that host is asked for (RFC 9309, 2.3.1.4); Scrapy would take it for leave.
    """

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.asked: dict[str, float] = {}
        self.unread: dict[str, int] = {}
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
        """Keep AutoThrottle from going below the delay that was asked for. Raises Refused where robots.txt could not be read."""
        host = urlsplit(request.url).netloc
        if host in self.asked:
            request.meta["autothrottle_dont_adjust_delay"] = True
        if host in self.unread and "ask" in request.meta:
            raise Refused("robots_unread", f"{request.url}: the robots.txt of {host} answered {self.unread[host]}")

    def process_response(self, request: Request, response: Response) -> Response:
        """Note a robots.txt that its host could not give."""
        if "ask" not in request.meta and response.status >= 500:
            self.unread[urlsplit(request.url).netloc] = response.status
        return response
