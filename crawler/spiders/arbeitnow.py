"""Arbeitnow's public list of jobs (arbeitnow.com/blog/job-board-api)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, same_site
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, extra, listed, names, number, text, truth, words
from crawler.spiders._gather import gather, json_of

API = "https://www.arbeitnow.com"
PAGES = 10


class ArbeitnowSpider(BoardSpider):
    """The newest jobs of many companies, most of them in Germany.

    Paging: links.next; the newest `pages` pages (10) are read. Rate: no published limit. Closing signal: none; the list is a window, so
    absence closes nothing. Dates are seconds since 1970. Structured pay: none. Recorded from: payloads/arbeitnow (without its links).
    """

    name = "arbeitnow"
    keys = frozenset({"pages", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The newest page."""
        return (Ask(f"{api(source, API)}/api/job-board-api", Role.LISTING, context={"page": "1"}),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """The jobs of a page, and the next page as long as the window is open."""
        answer, problems = json_of(page, "arbeitnow")
        if problems:
            return Harvest(problems=problems)
        found, lacks = gather("arbeitnow", page, listed(answer, "data"), lambda record: posting(record, page))
        return Harvest(found, _further(page, source, absolute(page.url, dig(answer, "links", "next"))), lacks)


def _further(page: Page, source: Source, url: str) -> tuple[Ask, ...]:
    """The page that the answer calls the next, if it is on the same site and within the window."""
    here = int(number(page.context.get("page")) or 1)
    if not same_site(url, page.url) or here >= (number(source.settings.get("pages")) or PAGES):
        return ()
    return (Ask(url, Role.LISTING, context={"page": str(here + 1)}),)


def posting(record: Record, page: Page) -> Posting:
    """One job. Fields used: slug, title, company_name, url, location, remote, description, created_at, job_types, tags."""
    description, marked = body(record.get("description"))
    return Posting(
        url=absolute(page.url, record.get("url")),
        native_id=text(record.get("slug")),
        title=words(record.get("title")) or "",
        organization=words(record.get("company_name")),
        location=words(record.get("location")),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("created_at")),
        remote=truth(record.get("remote")),
        employment_type=names(record.get("job_types")),
        extra=extra(tags=names(record.get("tags"))),
    )
