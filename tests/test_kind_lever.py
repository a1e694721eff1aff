"""Lever: a text in many parts, pages of a hundred, pay with an interval. All postings invented."""

from __future__ import annotations

from typing import Any

import pytest
from kind_reading import read, rules, source, spider

POSTING: dict[str, Any] = {
    "id": "a-1",
    "text": "Motion capture performer",
    "hostedUrl": "https://jobs.example/larkspur/a-1",
    "categories": {"location": "Leeds", "allLocations": ["Leeds", "York"], "commitment": "Contract", "team": "Studio"},
    "country": "GB",
    "workplaceType": "on-site",
    "createdAt": 1759300000000,
    "description": "<p>Move.</p>",
    "lists": [{"text": "You <bring>", "content": "<li>balance</li>"}],
    "additionalPlain": "Fees & travel",
    "salaryDescription": "<p>Paid per day.</p>",
    "salaryRange": {"min": 300, "max": 400, "currency": "GBP", "interval": "per-day-wage"},
}
SITE = {"site": "larkspur"}


def test_a_posting_keeps_every_part_of_its_text_in_order() -> None:
    (posting,) = read("lever", [POSTING], settings=SITE).postings
    assert posting.description.splitlines() == [
        "<p>Move.</p>",
        "<h3>You</h3><ul><li>balance</li></ul>",
        "<p>Paid per day.</p>",
        "<pre>Fees &amp; travel</pre>",
    ]
    assert (posting.location, posting.country, posting.remote, posting.employment_type) == ("Leeds; York", "GB", False, "Contract")
    assert (posting.posted_at, posting.organization) == ("1759300000000", "Example Stage Works")
    (pay,) = posting.structured_pay
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit) == (300, 400, "GBP", "day")


def test_a_full_page_leads_to_the_next() -> None:
    full = [POSTING | {"id": str(number)} for number in range(100)]
    (ask,) = read("lever", full, settings=SITE, skip="100").follow
    assert ask.url.endswith("&skip=200&limit=100")
    assert ask.context == {"skip": "200"}
    assert read("lever", full[:99], settings=SITE, skip="100").follow == ()


def test_the_european_site_is_a_setting() -> None:
    (ask,) = spider("lever").start_asks(source("lever", site="larkspur", api="https://api.eu.lever.co"))
    assert ask.url == "https://api.eu.lever.co/v0/postings/larkspur?mode=json&skip=0&limit=100"


SHAPES = [
    ({"ok": False, "error": "Document not found"}, ["lever.shape"]),
    ("<html>", ["lever.json"]),
    ([], []),
    (POSTING, []),
    ([POSTING | {"categories": None, "lists": None, "salaryRange": None, "createdAt": None}], []),
]


@pytest.mark.parametrize(("body", "expected"), SHAPES)
def test_shapes(body: object, expected: list[str]) -> None:
    assert rules(read("lever", body, settings=SITE)) == expected
