"""Himalayas' public list of remote jobs (himalayas.app/api)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, extra, listed, names, number, text, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://himalayas.app"
LIMIT = 20
PAGES = 25
PLACEHOLDER = frozenset({"name", "company"})


class HimalayasSpider(BoardSpider):
    """The newest jobs of many companies.

    Paging: limit (20 at most) and offset up to totalCount; of more than a hundred thousand jobs the newest `pages` pages (25) are
    read. Rate: answers 429 when asked fast; credit is asked for. Closing signal: the stated expiryDate; the list is a window, so absence
    closes nothing. Dates are seconds since 1970. Recorded from: payloads/himalayas.
    """

    name = "himalayas"
    keys = frozenset({"pages", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The newest page."""
        return (_page(source, 0),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """The jobs of a page, and the next page as long as the window is open."""
        answer, problems = json_of(page, "himalayas")
        if problems:
            return Harvest(problems=problems)
        records = listed(answer, "jobs")
        found, lacks = gather("himalayas", page, records, lambda record: posting(record, page))
        offset = int(number(page.context.get("offset")) or 0) + LIMIT
        end = min(number(dig(answer, "totalCount")) or 0, LIMIT * (number(source.settings.get("pages")) or PAGES))
        return Harvest(found, (_page(source, offset),) if records and offset < end else (), lacks)


def _page(source: Source, offset: int) -> Ask:
    address = f"{api(source, API)}/jobs/api?limit={LIMIT}&offset={offset}"
    return Ask(address, Role.LISTING, context={"offset": str(offset)})


def posting(record: Record, page: Page) -> Posting:
    """One job. Fields used: guid, title, companyName or companySlug, applicationLink, locationRestrictions, description, dates, salary."""
    description, marked = body(text(record.get("description")) or record.get("excerpt"))
    stated = {key: record.get(key) for key in ("minSalary", "maxSalary", "currency", "salaryPeriod")}
    amounts = (stated["minSalary"], stated["maxSalary"], stated["currency"], stated["salaryPeriod"])
    return Posting(
        url=absolute(page.url, record.get("applicationLink")) or absolute(page.url, record.get("guid")),
        native_id=text(record.get("guid")),
        title=words(record.get("title")) or "",
        organization=_company(record),
        location=names(record.get("locationRestrictions")),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("pubDate")),
        closes_at=text(record.get("expiryDate")),
        remote=True,
        employment_type=words(record.get("employmentType")),
        structured_pay=offer(*amounts, stated, "himalayas.salary"),
        extra=extra(categories=names(record.get("categories")), seniority=names(record.get("seniority"))),
    )


def _company(record: Record) -> str | None:
    """The company, or its slug where the board writes a placeholder instead of its name."""
    company, slug = words(record.get("companyName")), words(record.get("companySlug"))
    return company if company and company.lower() not in PLACEHOLDER else slug
