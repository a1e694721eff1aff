"""Pinpoint career sites (developers.pinpointhq.com)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, extra, mapping, name, text, truth, words
from crawler.spiders._gather import json_postings
from crawler.spiders._parts import joined
from crawler.spiders._pay import in_words, offer

PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
PAY = ("compensation_minimum", "compensation_maximum", "compensation_currency", "compensation_frequency")


class PinpointSpider(BoardSpider):
    """Every posting of one company in one answer.

    Paging: none. Rate: no published limit; one request a night. Closing signal: absence, and the stated `deadline_at`; a 404 is that of
    the site. Posting dates: none. Recorded from: payloads/pinpoint (texts cut by its keeper).
    """

    name = "pinpoint"
    keys = frozenset({"company", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The company's postings."""
        site = api(source, f"https://{part(source.settings['company'])}.pinpointhq.com")
        return (Ask(f"{site}/postings.json", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every posting of the answer."""
        return json_postings("pinpoint", page, lambda record: posting(record, page, source), "data")


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One posting. Fields used: id, title, url or path, location, description and its parts, deadline_at, compensation, workplace_type."""
    workplace = text(record.get("workplace_type"))
    parts = [(record.get(f"{key}_header"), record.get(key)) for key in PARTS]
    return Posting(
        url=absolute(page.url, record.get("url")) or absolute(page.url, record.get("path")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or "",
        organization=source.organization,
        location=name(record.get("location"), "name", "city"),
        description=joined([(None, record.get("description")), *parts]),
        description_is_html=True,
        closes_at=text(record.get("deadline_at")),
        remote=None if workplace is None else workplace == "remote",
        employment_type=words(record.get("employment_type_text")) or words(record.get("employment_type")),
        structured_pay=_pay(record),
        extra=extra(department=name(dig(record, "job", "department")), division=name(dig(record, "job", "division"))),
    )


def _pay(record: Record) -> tuple[Pay, ...]:
    """The pay that the site shows; what it hides it does not offer."""
    if truth(record.get("compensation_visible")) is False:
        return ()
    stated = {key: record.get(key) for key in ("compensation", *PAY)}
    low, high, currency, unit = (mapping(stated).get(key) for key in PAY)
    rule = "pinpoint.compensation"
    return offer(low, high, currency, unit, stated, rule) or in_words(words(record.get("compensation")), rule)
