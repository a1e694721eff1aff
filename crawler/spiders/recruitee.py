"""Recruitee careers sites (docs.recruitee.com/reference/intro-to-careers-site-api)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, extra, listed, mapping, name, names, text, truth, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._parts import joined
from crawler.spiders._pay import offer

OPEN = frozenset({None, "published"})


class RecruiteeSpider(BoardSpider):
    """Every offer of one company in one answer.

    Paging: none. Rate: no published limit; one request a night. Closing signal: absence, a status other than "published", and the
    stated `close_at`; there is no address of a single offer to ask, so a 404 says nothing. Recorded from: payloads/recruitee.
    """

    name = "recruitee"
    keys = frozenset({"company", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The company's offers."""
        site = api(source, f"https://{part(source.settings['company'])}.recruitee.com")
        return (Ask(f"{site}/api/offers/", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Published offers as postings; others as gone."""
        answer, problems = json_of(page, "recruitee")
        if problems:
            return Harvest(problems=problems)
        records = listed(answer, "offers")
        shown = None if records is None else [one for one in records if _is_open(one)]
        found, lacks = gather("recruitee", page, shown, lambda record: posting(record, page, source))
        gone = (text(dig(one, "id")) for one in records or () if not _is_open(one))
        return Harvest(found, (), lacks, tuple(one for one in gone if one))


def _is_open(record: object) -> bool:
    return text(dig(record, "status")) in OPEN


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One offer. Fields used: id, title, company_name, careers_url, locations, description, requirements, dates, salary, remote."""
    stated = mapping(record.get("salary"))
    amounts = (stated.get("min"), stated.get("max"), stated.get("currency"), stated.get("period"))
    return Posting(
        url=absolute(page.url, record.get("careers_url")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or "",
        organization=words(record.get("company_name")) or source.organization,
        location=names(record.get("locations"), "name", "city") or words(record.get("location")) or name(record, "city"),
        description=joined([(None, record.get("description")), ("Requirements", record.get("requirements"))]),
        description_is_html=True,
        posted_at=text(record.get("published_at")) or text(record.get("created_at")),
        closes_at=text(record.get("close_at")),
        remote=truth(record.get("remote")),
        country=text(record.get("country_code")) or name(record, "country"),
        employment_type=words(record.get("employment_type_code")),
        structured_pay=offer(*amounts, stated, "recruitee.salary"),
        extra=extra(department=name(record.get("department")), category=words(record.get("category_code"))),
    )
