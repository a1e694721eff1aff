"""Kinds that give whole postings in their lists: fields, pay, pages. All postings invented."""

from __future__ import annotations

from typing import Any

import pytest
from kind_reading import read, rules, source, spider

COMPANY = {"company": "larkspur"}


def one(kind: str, body: object, settings: dict[str, str] | None = None, **options: Any) -> Any:
    (posting,) = read(kind, body, settings=settings or {}, **options).postings
    return posting


def amounts(posting: Any) -> list[tuple[object, ...]]:
    return [(pay.amount_min, pay.amount_max, pay.currency, pay.unit) for pay in posting.structured_pay]


def test_workable_names_the_company_once_and_every_place() -> None:
    places = [{"city": "Porto", "region": "", "country": "Portugal"}, {"city": None, "country": "Spain"}]
    job = {"shortcode": "A1", "title": "Reader", "url": "https://x.example/j/A1", "locations": places, "description": "<p>Read</p>"}
    posting = one("workable", {"name": "Larkspur", "jobs": [job]}, {"account": "larkspur"})
    assert (posting.organization, posting.location, posting.native_id) == ("Larkspur", "Porto, Portugal; Spain", "A1")


def test_recruitee_salary_requirements_and_unpublished_offers() -> None:
    offer = {
        "id": 5,
        "title": "Singer",
        "careers_url": "https://x.example/o/singer",
        "description": "<p>Sing</p>",
        "requirements": "In tune",
    }
    offer |= {"salary": {"min": "200", "max": "250", "period": "day", "currency": "EUR"}, "close_at": "2026-12-24", "status": "published"}
    harvest = read("recruitee", {"offers": [offer, offer | {"id": 6, "status": "archived"}]}, settings=COMPANY)
    (posting,) = harvest.postings
    assert posting.description == "<p>Sing</p>\n<h3>Requirements</h3>\n<pre>In tune</pre>"
    assert (amounts(posting), posting.closes_at, harvest.gone) == ([(200, 250, "EUR", "day")], "2026-12-24", ("6",))


PINPOINT = {
    "id": "p1",
    "title": "Stunt double",
    "path": "/en/postings/p1",
    "description": "<p>Fall.</p>",
    "benefits_header": "You get",
    "benefits": "<p>Ice</p>",
    "compensation_minimum": 400,
    "compensation_maximum": 400,
    "compensation_currency": "GBP",
    "compensation_frequency": "day",
    "workplace_type": "remote",
}


def test_pinpoint_parts_and_pay() -> None:
    posting = one("pinpoint", {"data": [PINPOINT]}, COMPANY)
    assert posting.description == "<p>Fall.</p>\n<h3>You get</h3>\n<p>Ice</p>"
    assert (posting.url, posting.remote, amounts(posting)) == ("https://board.example/en/postings/p1", True, [(400, 400, "GBP", "day")])
    assert amounts(one("pinpoint", {"data": [PINPOINT | {"compensation_visible": False}]}, COMPANY)) == []
    only_words = PINPOINT | {"compensation_minimum": None, "compensation_maximum": None, "compensation": "£25 - £30 per hour"}
    assert amounts(one("pinpoint", {"data": [only_words]}, COMPANY)) == [(25, 30, "GBP", "hour")]


OPENTRAIN = {
    "id": "o1",
    "title": "Record emotions",
    "companyName": "Larkspur Labs",
    "descriptionHtml": "<p>Speak sadly.</p>",
    "url": "https://x.example/jobs/o1",
    "status": "OPEN",
    "datePosted": "2026-06-01T12:00:00.000Z",
    "validThrough": "2026-07-27T12:00:00.000Z",
    "countries": ["Kenya", "Ghana"],
    "languages": ["Swahili"],
}
WAYS = [
    ({"hourlyRate": 12, "currency": "USD"}, [(12, 12, "USD", "hour")]),
    ({"hourlyMin": 10, "hourlyMax": 14, "currency": "USD"}, [(10, 14, "USD", "hour")]),
    ({"fixedPrice": "300", "currency": "EUR"}, [(300, 300, "EUR", "project")]),
    ({"perLabelRate": 0.05, "currency": "USD"}, [(0.05, 0.05, "USD", "task")]),
    (None, []),
]


@pytest.mark.parametrize(("pay", "expected"), WAYS)
def test_opentrain_ways_to_pay(pay: object, expected: list[tuple[object, ...]]) -> None:
    posting = one("opentrain", {"jobs": [OPENTRAIN | {"pay": pay}], "nextCursor": None})
    assert (amounts(posting), posting.location, posting.closes_at) == (expected, "Kenya; Ghana", "2026-07-27T12:00:00.000Z")


def test_opentrain_pages_by_cursor_and_reads_changes() -> None:
    harvest = read("opentrain", {"jobs": [OPENTRAIN, OPENTRAIN | {"id": "o2", "status": "CLOSED"}], "nextCursor": "a=b"})
    assert (harvest.follow[0].url, harvest.gone) == ("https://app.opentrain.ai/api/public/v1/jobs?limit=100&cursor=a%3Db", ("o2",))
    events = [{"jobId": "o3", "eventType": "CLOSED"}, {"jobId": "o4", "eventType": "UPDATED"}]
    assert read("opentrain", {"changes": events}).gone == ("o3",)
    asks = spider("opentrain").start_asks(source("opentrain", q="voice", changes_since="2026-06-11T00:00:00Z"))
    assert [ask.url.partition("/v1/")[2] for ask in asks] == ["jobs?limit=100&q=voice", "jobs/changes?since=2026-06-11T00%3A00%3A00Z"]


def test_remotive_reads_pay_in_words() -> None:
    job = {"id": 1, "title": "Voice", "url": "https://x.example/1", "description": "<p>Speak</p>", "salary": "$20 - $30 /hour"}
    assert amounts(one("remotive", {"jobs": [job]})) == [(20, 30, "USD", "hour")]
    assert amounts(one("remotive", {"jobs": [job | {"salary": "competitive"}]})) == []


def test_remoteok_skips_its_notice_and_mends_its_text() -> None:
    job = {"id": "1", "position": "Voice", "url": "https://x.example/1", "salary_min": 0, "salary_max": 0}
    job |= {"description": "<p>It’s</p>".encode().decode("latin-1"), "epoch": 1786757871}
    posting = one("remoteok", [{"legal": "link back"}, job])
    assert (posting.description, posting.posted_at, posting.structured_pay) == ("<p>It’s</p>", "1786757871", ())
    assert amounts(one("remoteok", [job | {"salary_min": 40000, "salary_max": 50000}])) == [(40000, 50000, "USD", "year")]


@pytest.mark.parametrize("found", ["naïve café", "Ã bom", "", "â", "plain"])
def test_sound_text_is_not_mended(found: str) -> None:
    assert (
        one("remoteok", [{"id": "1", "position": "V", "url": "https://x.example/1", "description": f"<p>{found}</p>"}]).description
        == f"<p>{found}</p>"
    )


JOBICY = {"id": 1, "jobTitle": "Actor &amp; model", "url": "https://x.example/1", "jobExcerpt": "Act"}
JOBICY_PAY = [
    ({"annualSalaryMin": "40000", "annualSalaryMax": "", "salaryCurrency": "USD"}, [(40000, None, "USD", "year")]),
    ({"salaryMin": 20, "salaryMax": 25, "salaryCurrency": "EUR", "salaryPeriod": "hour"}, [(20, 25, "EUR", "hour")]),
    ({}, []),
]


@pytest.mark.parametrize(("pay", "expected"), JOBICY_PAY)
def test_jobicy_pay(pay: dict[str, Any], expected: list[tuple[object, ...]]) -> None:
    posting = one("jobicy", {"jobs": [JOBICY | pay]})
    assert (posting.title, posting.description, amounts(posting)) == ("Actor & model", "Act", expected)


def test_himalayas_window_and_placeholder_company() -> None:
    job: dict[str, Any] = {
        "guid": "https://x.example/1",
        "title": "V",
        "applicationLink": "https://x.example/1",
        "companyName": "name",
        "companySlug": "lark",
    }
    job |= {"minSalary": 15, "maxSalary": 20, "currency": "USD", "salaryPeriod": "hourly", "expiryDate": 1791608670, "excerpt": "Speak"}
    posting = one("himalayas", {"totalCount": 1, "jobs": [job]})
    assert (posting.organization, posting.closes_at, amounts(posting)) == ("lark", "1791608670", [(15, 20, "USD", "hour")])
    page = {"totalCount": 100_000, "jobs": [job]}
    assert [ask.url[-9:] for ask in read("himalayas", page, settings={"pages": "3"}, offset="20").follow] == ["offset=40"]
    assert read("himalayas", page, settings={"pages": "3"}, offset="40").follow == ()


def test_arbeitnow_follows_its_own_next_page_only() -> None:
    page = {"data": [], "links": {"next": "https://board.example/api/job-board-api?page=2"}}
    (ask,) = read("arbeitnow", page, url="https://board.example/api/job-board-api", page="1").follow
    assert (ask.url, ask.context) == ("https://board.example/api/job-board-api?page=2", {"page": "2"})
    assert read("arbeitnow", page, page="10").follow == ()
    assert read("arbeitnow", {"data": [], "links": {"next": "https://elsewhere.example/"}}).follow == ()


def test_hn_newest_thread_then_first_level_comments() -> None:
    stories = [
        {"objectID": str(n), "title": title, "created_at_i": n}
        for n, title in enumerate(["Who is hiring?", "Who is hiring?", "Freelancer?"])
    ]
    (ask,) = read("hn_algolia", {"hits": stories}).follow
    assert "story_1&" in ask.url.replace("%2C", ",")
    top: dict[str, object] = {"objectID": "7", "parent_id": 1, "story_id": 1, "created_at": "2026-11-01T00:00:00Z"}
    top |= {"comment_text": "Larkspur (https://l.example) | Voice actor | Oslo or REMOTE | $30/h<p>Record &amp; smile."}
    hits = [top, top | {"objectID": "8", "parent_id": 7}, top | {"objectID": "9", "comment_text": None}]
    harvest = read("hn_algolia", {"hits": hits, "nbPages": 2}, context=ask.context)
    (posting,) = harvest.postings
    assert (posting.organization, posting.title) == ("Larkspur", "Voice actor | Oslo or REMOTE | $30/h")
    assert (posting.location, posting.remote, posting.url) == ("Oslo or REMOTE", True, "https://news.ycombinator.com/item?id=7")
    assert harvest.follow[0].url.endswith("page=1")


ROOTS = [
    ("workable", {"account": "l"}), ("recruitee", COMPANY), ("pinpoint", COMPANY), ("opentrain", {}), ("remotive", {}), ("remoteok", {}),
    ("jobicy", {}), ("himalayas", {}), ("arbeitnow", {}), ("hn_algolia", {}), ("wordpress", {"site": "https://x.example"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings"), ROOTS)
@pytest.mark.parametrize(("body", "rule"), [("", "json"), ("{}", "shape"), ("null", "shape"), ("[[1]]", None)])
def test_what_is_no_list_is_told(kind: str, settings: dict[str, str], body: str, rule: str | None) -> None:
    found = rules(read(kind, body, settings=settings))
    assert found == [f"{kind}.{rule}"] if rule else found in ([f"{kind}.shape"], [f"{kind}.record"])
