"""The peer: a plain Scrapy spider with parsel and a JSON-lines feed, as scraping projects usually are. No archive, no store, no reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import scrapy


class PeerSpider(scrapy.Spider):
    """Takes the same fields from the same pages. Run with `-a base=URL -O file.jsonl`."""

    name = "peer"
    custom_settings: ClassVar[dict[str, Any]] = {
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, base: str, **options: Any) -> None:
        super().__init__(**options)
        self.start_urls = [f"{base}/jobs"]

    def parse(self, response: Any, **_: Any) -> Iterator[Any]:
        """Follow every posting."""
        yield from response.follow_all(css="a.job", callback=self.posting)

    def posting(self, response: Any) -> dict[str, Any]:
        """One posting's fields."""
        data = json.loads(response.css('script[type="application/ld+json"]::text').get())
        return {
            "url": response.url,
            "title": data["title"],
            "organization": data["hiringOrganization"]["name"],
            "location": data["jobLocation"]["address"]["addressLocality"],
            "posted": data["datePosted"],
            "text": " ".join(response.xpath("//main//text()").getall()),
        }
