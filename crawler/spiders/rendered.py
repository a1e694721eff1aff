"""Boards that exist only after JavaScript ran."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.records import Ask, Harvest, Page, Role, Source
from crawler.spiders import _selectors
from crawler.spiders._base import BoardSpider

if TYPE_CHECKING:
    from playwright.async_api import Page as BrowserPage
    from playwright.async_api import Response
    from scrapy.http import Request


class RenderedSpider(BoardSpider):
    """Listing and posting pages through a browser; fields by the source's own selectors.

    Paging: `next_selector` or rel=next. Rate: as plain pages, and one context a source: a browser page costs as much as forty plain
    ones. Closing signal: absence; a 404 is what the server says before the page is built, so it is not authoritative. Settings: `listing`;
    `wait_for` (what shows that a page is ready; a posting page waits for `body_selector`); `item_selector` for cards and the selectors
    of the fields. A card that holds the whole text is a posting by itself. Recorded from: shape only.
    """

    name = "rendered"
    keys = _selectors.KEYS | {"wait_for"}
    required = frozenset({"listing"})
    gone_is_authoritative = False
    renders = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The listing."""
        return (_listing(source),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Links and cards of a listing, or the posting of a page."""
        ready = source.settings.get("body_selector") or source.settings.get("wait_for")
        posting = Ask(page.url, Role.POSTING, render=True, wait_for=ready)
        return _selectors.read(page, source, _listing(source), posting)

    def browser_meta(self, ask: Ask) -> dict[str, Any]:
        """What tells the browser to wait until the page is ready, to keep the server's bytes, and to take a picture."""
        from scrapy_playwright.page import PageMethod  # slow to import, and only a crawl needs it

        server = ServerBytes()
        ready = [PageMethod("wait_for_selector", ask.wait_for)] if ask.wait_for else []
        return {
            "playwright": True,
            "playwright_page_init_callback": server.listen,
            "playwright_page_methods": [*ready, PageMethod(server.keep), PageMethod("screenshot", full_page=True)],
        }


def _listing(source: Source) -> Ask:
    return Ask(source.settings["listing"], Role.LISTING, render=True, wait_for=source.settings.get("wait_for"))


class ServerBytes:
    """Keeps what the server sent, before scripts changed it, in the request's meta as `server_body`: evidence beside the final page."""

    def __init__(self) -> None:
        self._request: Request | None = None
        self._answer: Response | None = None

    async def listen(self, page: BrowserPage, request: Request) -> None:
        """Remember the answer to the page's own address, the last one if it moves."""
        self._request = request

        def remember(answer: Response) -> None:
            if answer.request.is_navigation_request() and answer.frame == page.main_frame:
                self._answer = answer

        page.on("response", remember)

    async def keep(self, page: BrowserPage) -> None:
        """Fetch the remembered answer's bytes from the browser."""
        if self._request is not None and self._answer is not None:
            self._request.meta["server_body"] = await self._answer.body()
