"""Kinds whose list has no texts: lists lead to every posting once, page by page, and details become postings. All postings invented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kind_reading import read, rules, source, spider

from crawler.records import Role

COMPANY, BOARD = {"company": "larkspur"}, {"board": "larkspur"}
WORKDAY = {"host": "larkspur.wd1.example", "tenant": "larkspur", "site": "Gigs"}


def amounts(posting: Any) -> list[tuple[object, ...]]:
    return [(pay.amount_min, pay.amount_max, pay.currency, pay.unit, pay.origin) for pay in posting.structured_pay]


# SmartRecruiters

SMART: dict[str, Any] = {
    "id": "77",
    "name": "Signer for a sign-language study",
    "company": {"name": "Larkspur"},
    "location": {"city": "Turin", "country": "it", "remote": "false"},
    "postingUrl": "https://jobs.example/larkspur/77",
    "releasedDate": "2026-09-09",
    "jobAd": {"sections": {"jobDescription": {"title": "The gig", "text": "<p>Sign.</p>"}, "extra": {"title": None, "text": None}}},
    "compensation": {"min": "20", "max": 25, "currency": "EUR", "period": "HOURLY"},
}


def test_smartrecruiters_pages_and_asks_each_posting() -> None:
    answer = {"offset": 100, "totalFound": 202, "content": [{"id": "77"}, {"name": "no id"}]}
    one, further = read("smartrecruiters", answer, settings=COMPANY).follow
    assert (one.url, one.role, one.context) == (
        "https://api.smartrecruiters.com/v1/companies/larkspur/postings/77",
        Role.POSTING,
        {"id": "77"},
    )
    assert further.url.endswith("/larkspur/postings?limit=100&offset=200")
    last = read("smartrecruiters", answer | {"offset": 200}, settings=COMPANY)
    assert [ask.role for ask in last.follow] == [Role.POSTING]


def test_smartrecruiters_detail_is_a_posting() -> None:
    (posting,) = read("smartrecruiters", SMART, Role.POSTING, COMPANY).postings
    assert (posting.native_id, posting.location, posting.country, posting.remote) == ("77", "Turin, it", "it", False)
    assert posting.description == "<h3>The gig</h3>\n<p>Sign.</p>"
    assert amounts(posting) == [(20, 25, "EUR", "hour", "structured")]
    assert read("smartrecruiters", SMART | {"active": False}, Role.POSTING, COMPANY).gone == ("77",)


# BambooHR

BAMBOO = {
    "jobOpeningName": "Puppeteer",
    "jobOpeningShareUrl": "https://larkspur.example/careers/9",
    "jobOpeningStatus": "Open",
    "location": {"city": None},
    "atsLocation": {"city": "Ghent", "country": "Belgium"},
    "description": "<p>Move the hand.</p>",
    "compensation": "€30 - €35 per hour",
    "datePosted": "2026-10-10",
}


def test_bamboohr_list_and_detail() -> None:
    (ask,) = read("bamboohr", {"result": [{"id": 9, "jobOpeningName": "Puppeteer", "isRemote": True}]}, settings=COMPANY).follow
    assert ask.url == "https://larkspur.bamboohr.com/careers/9/detail"
    assert ask.context == {"id": "9", "title": "Puppeteer", "remote": "true"}
    (posting,) = read("bamboohr", {"result": {"jobOpening": BAMBOO}}, Role.POSTING, COMPANY, context=ask.context).postings
    assert (posting.native_id, posting.location, posting.country, posting.remote) == ("9", "Ghent, Belgium", "Belgium", True)
    assert amounts(posting) == [(30, 35, "EUR", "hour", "structured")]


def test_bamboohr_closed_opening_is_gone() -> None:
    closed = {"result": {"jobOpening": BAMBOO | {"jobOpeningStatus": "Closed"}}}
    assert read("bamboohr", closed, Role.POSTING, COMPANY, id="9").gone == ("9",)


# Rippling


def test_rippling_asks_a_job_of_three_places_once() -> None:
    places = [{"uuid": "u1", "name": "Dancer", "workLocation": {"label": place}} for place in ("Lyon", "Nice", "Lyon")]
    (ask,) = read("rippling", [*places, {"name": "no id"}], settings=BOARD).follow
    assert ask.url == "https://api.rippling.com/platform/api/ats/v1/board/larkspur/jobs/u1"
    assert ask.context == {"id": "u1", "location": "Lyon; Nice"}


def test_rippling_detail_is_a_posting() -> None:
    ranges = [{"rangeStart": 18, "rangeEnd": 25, "currency": "USD", "frequency": "HOUR", "location": "Lyon"}]
    detail = {"uuid": "u1", "name": "Dancer", "description": {"company": "<p>Us</p>", "role": "<p>Dance</p>"}, "payRangeDetails": ranges}
    (posting,) = read("rippling", detail, Role.POSTING, BOARD, location="Lyon; Nice").postings
    assert (posting.url, posting.location) == ("https://ats.rippling.com/larkspur/jobs/u1", "Lyon; Nice")
    assert posting.description == "<p>Dance</p>\n<p>Us</p>"
    assert amounts(posting) == [(18, 25, "USD", "hour", "structured")]


# Workday


def test_workday_posts_its_pages_and_remembers_the_total() -> None:
    (start,) = spider("workday").start_asks(source("workday", **WORKDAY, search="voice"))
    assert (start.method, start.url) == ("POST", "https://larkspur.wd1.example/wday/cxs/larkspur/Gigs/jobs")
    assert json.loads(start.body or "") == {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": "voice"}
    jobs = [{"title": "Voice", "externalPath": f"/job/Oslo/Voice_R{number}-1"} for number in range(20)]
    first = read("workday", {"total": 41, "jobPostings": jobs}, settings=WORKDAY, context=start.context)
    assert first.follow[0].context["id"] == "R0-1"
    second = read("workday", {"total": 0, "jobPostings": jobs}, settings=WORKDAY, context=first.follow[-1].context)
    assert json.loads(second.follow[-1].body or "")["offset"] == 40
    third = read("workday", {"total": 0, "jobPostings": jobs[:1]}, settings=WORKDAY, context=second.follow[-1].context)
    assert [ask.role for ask in third.follow] == [Role.POSTING]


def test_workday_detail_has_the_id_of_its_path() -> None:
    info: dict[str, object] = {"title": "Voice", "jobPostingId": "Voice_R7-1", "externalUrl": "https://larkspur.example/job/Voice_R7-1"}
    info |= {"jobDescription": "<p>Speak</p>", "location": "Oslo", "additionalLocations": ["Bergen"], "endDate": "2026-12-31"}
    answer = {"jobPostingInfo": info, "hiringOrganization": {"name": "Larkspur"}}
    (posting,) = read("workday", answer, Role.POSTING, WORKDAY, id="R7-1", posted="Posted Today").postings
    assert (posting.native_id, posting.location, posting.closes_at) == ("R7-1", "Oslo; Bergen", "2026-12-31")
    assert (posting.organization, posting.posted_at) == ("Larkspur", "Posted Today")


# Breezy


def test_breezy_page_gives_the_text_and_the_list_the_rest() -> None:
    record = {"id": "b1", "friendly_id": "b1-mime", "name": "Mime", "url": "https://larkspur.example/p/b1-mime", "salary": "$40 / hour"}
    (ask,) = read("breezy", [record], settings=COMPANY | {"api": "http://127.0.0.1:9"}).follow
    assert (ask.url, ask.context["url"]) == ("http://127.0.0.1:9/p/b1-mime", "https://larkspur.example/p/b1-mime")
    page = "<main><h1>Mime</h1><div class=description><p>Silent.</p></div></main>"
    (posting,) = read("breezy", page, Role.POSTING, COMPANY, context=ask.context).postings
    assert (posting.native_id, posting.title) == ("b1", "Mime")
    assert posting.description == '<div class="description"><p>Silent.</p></div>'
    assert amounts(posting) == [(40, 40, "USD", "hour", "structured")]


def test_breezy_position_with_its_text_needs_no_page() -> None:
    record = {"id": "b1", "name": "Mime", "url": "https://larkspur.example/p/b1", "description": "<p>Silent.</p>"}
    harvest = read("breezy", [record], settings=COMPANY)
    assert ([posting.native_id for posting in harvest.postings], harvest.follow) == (["b1"], ())


WRONG = [
    ("smartrecruiters", COMPANY),
    ("bamboohr", COMPANY),
    ("rippling", BOARD),
    ("workday", WORKDAY),
    ("breezy", COMPANY),
]


@pytest.mark.parametrize(("kind", "settings"), WRONG)
@pytest.mark.parametrize(("body", "rule"), [("<html>", "json"), ("null", "shape"), ('"x"', "shape"), ("17", "shape")])
def test_what_is_no_list_is_told(kind: str, settings: dict[str, str], body: str, rule: str) -> None:
    assert rules(read(kind, body, settings=settings)) == [f"{kind}.{rule}"]
