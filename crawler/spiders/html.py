"""Boards of plain HTML pages without data in them."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Role, Source
from crawler.spiders import _selectors
from crawler.spiders._base import BoardSpider


class HtmlSpider(BoardSpider):
    """Listing and posting pages as the server sends them; fields by the source's own selectors.

    Paging: `next_selector` or rel=next. Rate: the site's robots.txt. Closing signal: absence, and 404 or 410 of a posting's page, which
    is authoritative. Settings as for `rendered`, without a browser. Recorded from: payloads/listing_html.
    """

    name = "html"
    keys = _selectors.KEYS
    required = frozenset({"listing"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The listing."""
        return (Ask(source.settings["listing"], Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Links and cards of a listing, or the posting of a page."""
        return _selectors.read(page, source, Ask(page.url, Role.LISTING), Ask(page.url, Role.POSTING))
