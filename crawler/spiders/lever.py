"""Lever postings (github.com/lever/postings-api)."""

from __future__ import annotations

import html
from typing import Any

from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, each, extra, mapping, name, names, number, text, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://api.lever.co"
LIMIT = 100


class LeverSpider(BoardSpider):
    """Every posting of one site, a hundred at a time.

    Paging: skip and limit, until a page is not full. Rate: no published limit; the site's own pages ask for a pause of a second.
    Closing signal: absence only. A 404 is not authoritative: confidential postings are live and answer 404. European sites:
    `api = "https://api.eu.lever.co"`. Recorded from: payloads/lever.
    """

    name = "lever"
    keys = frozenset({"site", "api"})
    required = frozenset({"site"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The first page of the site's list."""
        return (_ask(source, 0),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Postings of a list or of a single posting, and the next page if this one is full."""
        answer, problems = json_of(page, "lever")
        if problems:
            return Harvest(problems=problems)
        records = _records(answer)
        found, lacks = gather("lever", page, records, lambda record: posting(record, page, source))
        skip = number(page.context.get("skip"))
        full = skip is not None and records is not None and len(records) >= LIMIT
        return Harvest(found, (_ask(source, int(skip or 0) + LIMIT),) if full else (), lacks)


def _ask(source: Source, skip: int) -> Ask:
    address = f"{api(source, API)}/v0/postings/{part(source.settings['site'])}?mode=json&skip={skip}&limit={LIMIT}"
    return Ask(address, Role.LISTING, context={"skip": str(skip)})


def _records(answer: Any) -> list[Any] | None:
    """A list, or one posting; an error answer ("ok": false) is neither."""
    if isinstance(answer, list):
        return answer
    return [answer] if "hostedUrl" in mapping(answer) else None


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One posting. Fields used: id, text, hostedUrl, categories, country, workplaceType, texts, createdAt, salaryRange."""
    description = _description(record)
    categories, workplace = mapping(record.get("categories")), text(record.get("workplaceType"))
    return Posting(
        url=absolute(page.url, record.get("hostedUrl")),
        native_id=text(record.get("id")),
        title=words(record.get("text")) or "",
        organization=source.organization,
        location=names(categories.get("allLocations")) or name(categories.get("location")),
        description=description,
        description_is_html=True,
        posted_at=text(record.get("createdAt")),
        remote=None if workplace in (None, "unspecified") else workplace == "remote",
        country=text(record.get("country")),
        employment_type=words(categories.get("commitment")),
        structured_pay=_pay(record),
        extra=extra(department=words(categories.get("department")), team=words(categories.get("team")), workplace=workplace),
    )


def _description(record: Record) -> str:
    """The parts of a posting in the order of its page: description, lists under their headings, pay in words, what is left."""
    parts = [_either(record, "description"), *map(_list, each(record.get("lists")))]
    parts += [_either(record, "salaryDescription"), _either(record, "additional")]
    return "\n".join(one for one in parts if one)


def _either(record: Record, key: str) -> str:
    """A part as HTML, or its plain text made HTML, so that the whole is of one kind."""
    marked, plain = text(record.get(key)), text(record.get(f"{key}Plain"))
    return marked or (f"<pre>{html.escape(plain)}</pre>" if plain else "")


def _list(value: object) -> str:
    heading, content = words(dig(value, "text")), text(dig(value, "content"))
    title = f"<h3>{html.escape(heading)}</h3>" if heading else ""
    return f"{title}<ul>{content}</ul>" if content else title


def _pay(record: Record) -> tuple[Pay, ...]:
    stated = mapping(record.get("salaryRange"))
    amounts = (stated.get("min"), stated.get("max"))
    return offer(*amounts, stated.get("currency"), stated.get("interval"), stated, "lever.salaryRange")
