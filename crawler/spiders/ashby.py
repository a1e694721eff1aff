"""Ashby job boards (developers.ashbyhq.com/docs/public-job-posting-api)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Pay, Posting, Problem, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, listed, mapping, name, names, text, truth, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://api.ashbyhq.com"
WAGES = frozenset({"salary", "hourly", "wage", "rate"})


class AshbySpider(BoardSpider):
    """Every job of one board in one answer, with its pay.

    Paging: none. Rate: slow (about ten seconds an answer) and limited; one request a night. Closing signal: absence, or
    `isListed` false. An unknown board answers 200 and an empty list, so an empty answer is a Problem; a 404 is not authoritative, as
    some live boards answer it. Board names are case-sensitive. Recorded from: payloads/ashby.
    """

    name = "ashby"
    keys = frozenset({"board", "api"})
    required = frozenset({"board"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The board's list with compensation."""
        board = part(source.settings["board"])
        return (Ask(f"{api(source, API)}/posting-api/job-board/{board}?includeCompensation=true", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Listed jobs as postings; unlisted ones as gone."""
        answer, problems = json_of(page, "ashby")
        if problems:
            return Harvest(problems=problems)
        records = listed(answer, "jobs")
        shown = None if records is None else [one for one in records if not _unlisted(one)]
        found, lacks = gather("ashby", page, shown, lambda record: posting(record, page, source))
        empty = () if records or records is None else (Problem("ashby.empty", EMPTY, page.url),)
        gone = tuple(one for record in records or () if _unlisted(record) and (one := text(dig(record, "id"))))
        return Harvest(found, (), lacks + empty, gone)


EMPTY = "an empty board: a board that does not exist answers the same"


def _unlisted(record: object) -> bool:
    return truth(dig(record, "isListed")) is False


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One job. Fields used: id, title, jobUrl, location and secondaryLocations, descriptions, publishedAt, remote, compensation."""
    description, marked = body(text(record.get("descriptionHtml")) or record.get("descriptionPlain"))
    places = [record.get("location"), *each(record.get("secondaryLocations"))]
    return Posting(
        url=absolute(page.url, record.get("jobUrl")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or "",
        organization=source.organization,
        location=names(places, "location", "name"),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("publishedAt")),
        remote=truth(record.get("isRemote")),
        country=name(dig(record, "address", "postalAddress"), "addressCountry"),
        employment_type=words(record.get("employmentType")),
        structured_pay=_pay(mapping(record.get("compensation"))),
        extra=extra(
            department=words(record.get("department")),
            team=words(record.get("team")),
            workplace=words(record.get("workplaceType")),
        ),
    )


def _pay(compensation: Record) -> tuple[Pay, ...]:
    """The wages of each tier, or the board's own summary of them; bonus and equity are not wages."""
    tiers = [part for tier in each(compensation.get("compensationTiers")) for part in each(dig(tier, "components"))]
    parts = [mapping(one) for one in tiers or each(compensation.get("summaryComponents"))]
    return tuple(pay for one in parts if _is_wage(one) for pay in _component(one))


def _is_wage(component: Record) -> bool:
    kind = text(component.get("compensationType"))
    return kind is None or kind.lower() in WAGES


def _component(stated: Record) -> tuple[Pay, ...]:
    amounts = (stated.get("minValue"), stated.get("maxValue"))
    return offer(*amounts, stated.get("currencyCode"), stated.get("interval"), stated, "ashby.compensation")
