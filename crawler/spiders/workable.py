"""Workable career pages, by the JSON behind their widget (help.workable.com/hc/en-us/articles/115012771647)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, listed, mapping, name, text, truth, words
from crawler.spiders._gather import gather, json_of

API = "https://apply.workable.com"
PLACE = ("city", "region", "country")


class WorkableSpider(BoardSpider):
    """Every job of one account in one answer.

    Paging: none. Rate: answers 429 early and may block an account from the widget; one request a night. Closing signal: absence only;
    a 404 is that of the account. Structured pay: none. Recorded from: payloads/workable.
    """

    name = "workable"
    keys = frozenset({"account", "api"})
    required = frozenset({"account"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The account's widget with descriptions."""
        account = part(source.settings["account"])
        return (Ask(f"{api(source, API)}/api/v1/widget/accounts/{account}?details=true", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every job; the company's name stands once, above them."""
        answer, problems = json_of(page, "workable")
        if problems:
            return Harvest(problems=problems)
        company = words(dig(answer, "name")) or source.organization
        found, lacks = gather("workable", page, listed(answer, "jobs"), lambda record: posting(record, page, company))
        return Harvest(found, problems=lacks)


def posting(record: Record, page: Page, company: str | None) -> Posting:
    """One job. Fields used: shortcode, title, url, locations or city, state, country, description, published_on, telecommuting."""
    description, marked = body(record.get("description"))
    return Posting(
        url=absolute(page.url, record.get("url")) or absolute(page.url, record.get("shortlink")),
        native_id=text(record.get("shortcode")),
        title=words(record.get("title")) or "",
        organization=company,
        location=_places(record),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("published_on")) or text(record.get("created_at")),
        remote=truth(record.get("telecommuting")),
        country=name(record, "country"),
        employment_type=words(record.get("employment_type")),
        extra=extra(
            department=name(record.get("department")),
            function=words(record.get("function")),
            industry=words(record.get("industry")),
        ),
    )


def _places(record: Record) -> str | None:
    """Every place; a job may hide the towns in `locations` and still name one at the top."""
    top = {"city": record.get("city"), "region": record.get("state"), "country": record.get("country")}
    named = [_place(mapping(place)) for place in each(record.get("locations"))]
    return "; ".join(dict.fromkeys(place for place in named if place)) or _place(top)


def _place(place: Record) -> str | None:
    parts = dict.fromkeys(found for key in PLACE if (found := name(place, key)))
    return ", ".join(parts) or None
