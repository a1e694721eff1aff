"""Scrapy settings for kinds that render pages: one browser, one context, four pages at a time, nothing fetched that is only for the eye."""

from __future__ import annotations

from typing import Any

from crawler import browser

FOR_THE_EYE = frozenset({"media", "font"})


def settings() -> dict[str, Any]:
    """Settings of scrapy-playwright. Plain requests of the same crawl still go without a browser."""
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_LAUNCH_OPTIONS": browser.launch_options(),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 4,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 30_000,
        "PLAYWRIGHT_ABORT_REQUEST": only_for_the_eye,
    }


def only_for_the_eye(request: Any) -> bool:
    """Whether a request of a page brings nothing that can be read."""
    return request.resource_type in FOR_THE_EYE
