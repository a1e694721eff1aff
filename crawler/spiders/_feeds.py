"""Feeds of postings as records: RSS 2.0, Atom, and the XML that job boards send to one another; the field names are data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from crawler.records import Page, Pay, Posting, Problem
from crawler.spiders._address import absolute
from crawler.spiders._fields import Record, body, extra, truth, words
from crawler.spiders._parts import joined
from crawler.spiders._pay import in_words, offer
from crawler.spiders._xml import children, descendants, inner, local, tree_of, unpacked, unread

FIELDS = Path(__file__).parent / "feed_fields.toml"
EVERY = ("parts", "places", "category", "employment")  # all that are filled count, not the first
PAY = ("pay_min", "pay_max", "pay_currency", "pay_unit")

MARKUP = frozenset(
    [
        "a",
        "abbr",
        "article",
        "b",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "small",
        "span",
        "strong",
        "table",
        "u",
        "ul",
    ]
)


@cache
def _paths() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The paths of each field, and the names of records, from the data file."""
    table = tomllib.loads(FIELDS.read_text("utf-8"))
    return {key: tuple(tuple(path.split("/")) for path in paths) for key, paths in table.items()}


def records(page: Page, kind: str) -> tuple[list[Record] | None, tuple[Problem, ...]]:
    """Every posting of a feed as field -> values, and Problems; `None` if the page is no XML at all."""
    packed, problems = unpacked(page, kind)
    root, faults = tree_of(packed, page, kind)
    if root is None:
        return None, problems + faults
    found: list[Record] = [_record(one) for one in descendants(root, *(name for (name,) in _paths()["records"])) if _is_posting(one)]
    lost = unread(packed, ["item", "entry"], len(found), page, kind) if faults else ()
    return found, problems + faults + lost


def _is_posting(element: Any) -> bool:
    """A record has a title; elements of a record that bear a record's name ("position") have not."""
    return any(next(_at(element, path), None) is not None for path in _paths()["title"])


def _record(element: Any) -> dict[str, tuple[str, ...]]:
    """What each field holds: every filled value of the first path that has any, or of all paths."""
    return {key: _values(element, key) for key in _paths() if key != "records"}


def _values(element: Any, key: str) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for path in _paths()[key]:
        here = tuple(value for one in _at(element, path) if (value := _value(one)))
        if here and key not in EVERY:
            return here
        found += here
    return tuple(dict.fromkeys(found))


def _at(element: Any, path: tuple[str, ...]) -> Any:
    """Elements at the end of a path of local names."""
    here = [element]
    for name in path:
        here = [child for one in here for child in children(one, name)]
    return iter(here)


def _value(element: Any) -> str:
    """The text of an element; the address of an Atom link; the markup of an element that holds some."""
    if element.get("href") and element.get("rel", "alternate") == "alternate":
        return str(element.get("href"))
    if element.get("href"):
        return ""
    if len(element) == 0:
        return inner(element)
    if any(local(child) not in MARKUP for child in element):
        return ""  # an element that holds further fields, not words
    marked = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return inner(element) if local(element) == "title" else f"{element.text or ''}{marked}"


def posting(record: Record, page: Page, rule: str, organization: str | None) -> Posting:
    """One posting of a feed. organization stands in where the feed names none; rule names the place of its pay."""
    description, marked = body(_first(record, "description"))
    parts = record["parts"]
    located = "; ".join(dict.fromkeys(words(place) or "" for place in record["places"]))
    return Posting(
        url=absolute(page.url, _first(record, "url")) or absolute("", _first(record, "id")),
        native_id=_first(record, "id"),
        title=words(_first(record, "title")) or "",
        organization=words(_first(record, "organization")) or organization,
        location=located.strip("; ") or None,
        description=joined([(None, description), *((None, part) for part in parts)]) if parts else description,
        description_is_html=marked or bool(parts),
        posted_at=_first(record, "posted"),
        closes_at=_first(record, "closes"),
        remote=_remote(record),
        country=words(_first(record, "country")),
        employment_type=words("; ".join(record["employment"])),
        structured_pay=_pay(record, rule),
        extra=extra(category=words("; ".join(record["category"])), pay=words(_first(record, "pay"))),
    )


def _first(record: Record, key: str) -> str | None:
    return next(iter(record[key]), None)


def _remote(record: Record) -> bool | None:
    said = (_first(record, "remote") or "").lower()
    return True if said in ("fully", "remote") else truth(said)


def _pay(record: Record, rule: str) -> tuple[Pay, ...]:
    stated = {key: _first(record, key) for key in PAY}
    low, high, currency, unit = stated.values()
    return offer(low, high, currency, unit, stated, rule) or in_words(words(_first(record, "pay")), rule)
