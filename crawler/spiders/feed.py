"""RSS and Atom of any site, and the XML that job boards send to one another."""

from __future__ import annotations

from dataclasses import replace

from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders import _feeds
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record
from crawler.spiders._gather import gather


class FeedSpider(BoardSpider):
    """The postings of one feed.

    Paging: none. Rate: the feed's own host; conditional requests cost it nothing. Closing signal: a stated expiry date only; a feed is
    a window on the newest postings, so absence closes nothing. Settings: `feed` (its address), `separator` (": " where titles are
    "Company: Title"). Field names are in feed_fields.toml. Recorded from: payloads/rss_weworkremotely, wordpress_rss, extra_partner_feeds.
    """

    name = "feed"
    keys = frozenset({"feed", "separator"})
    required = frozenset({"feed"})
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The feed."""
        return (Ask(source.settings["feed"], Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every item, entry or job of the feed."""
        records, problems = _feeds.records(page, "feed")
        if records is None:
            return Harvest(problems=problems)
        found, lacks = gather("feed", page, records, lambda record: posting(record, page, source))
        empty = () if records else (Problem("feed.empty", "a feed without a posting", page.url),)
        return Harvest(found, problems=problems + lacks + empty)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One posting; a title of the form "Company: Title" is parted where the source says so."""
    found = _feeds.posting(record, page, "feed.salary", source.organization)
    company, separator, title = found.title.partition(source.settings.get("separator", "\n"))
    return replace(found, title=title.strip(), organization=company.strip()) if separator and title.strip() else found
