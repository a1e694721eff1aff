"""Scrapy settings for kinds that render pages: one browser, one context, four pages at a time, nothing fetched that is only for the eye."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler import browser
from crawler.spiders import _manners

FOR_THE_EYE = frozenset({"media", "font"})


def settings() -> dict[str, Any]:
    """Settings of scrapy-playwright. Plain requests of the same crawl still go without a browser."""
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_LAUNCH_OPTIONS": browser.launch_options(),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 4,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 30_000,
        "PLAYWRIGHT_ABORT_REQUEST": refused,
    }


def refused(request: Any) -> bool:
    """Whether a request of a page is not made: it brings nothing that can be read, or a public page reaches into a private network."""
    return request.resource_type in FOR_THE_EYE or _reaches_in(request)


def _reaches_in(request: Any) -> bool:
    """The page's own address is judged before a browser sees it; this is what its scripts ask for."""
    if request.is_navigation_request() or urlsplit(request.url).scheme not in ("http", "https", "ws", "wss"):
        return False
    page = urlsplit(request.frame.url)
    from_outside = page.scheme in ("http", "https") and not _manners.is_private(_manners.host(request.frame.url))
    return from_outside and _manners.is_private(_manners.host(request.url))
