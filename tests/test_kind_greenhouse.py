"""Greenhouse: escaped texts, pay in cents, jobs that must be asked one by one. All postings invented."""

from __future__ import annotations

from typing import Any

import pytest
from kind_reading import read, rules, source, spider

from crawler.records import Role

JOB: dict[str, Any] = {
    "id": 7001,
    "title": "Voice actor, R&amp;D sessions",
    "absolute_url": "https://boards.example/larkspur/jobs/7001",
    "company_name": "Larkspur Voices",
    "location": {"name": "Remote, Norway"},
    "content": '&lt;p&gt;Read aloud &amp;amp; smile. &lt;a href="/terms"&gt;Licence&lt;/a&gt;&lt;/p&gt;',
    "first_published": "2026-10-01T09:00:00-04:00",
    "application_deadline": "2026-12-01T00:00:00-05:00",
    "pay_input_ranges": [{"min_cents": 4500, "max_cents": "6000", "currency_type": "USD", "title": "Hourly Rate"}],
}
BOARD = {"board": "larkspur"}


def test_a_job_becomes_a_posting() -> None:
    (posting,) = read("greenhouse", {"jobs": [JOB]}, settings=BOARD).postings
    assert (posting.native_id, posting.title, posting.organization) == ("7001", "Voice actor, R&D sessions", "Larkspur Voices")
    assert posting.description == '<p>Read aloud &amp; smile. <a href="/terms">Licence</a></p>'
    assert posting.links == (("Licence", "https://boards.example/terms"),)
    assert (posting.remote, posting.posted_at, posting.closes_at) == (True, JOB["first_published"], JOB["application_deadline"])
    (pay,) = posting.structured_pay
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit, pay.origin) == (45, 60, "USD", "hour", "structured")


def test_without_a_first_publication_the_update_stands_in_and_says_so() -> None:
    job = JOB | {"first_published": None, "updated_at": "2026-10-05T00:00:00Z"}
    (posting,) = read("greenhouse", {"jobs": [job]}, settings=BOARD).postings
    assert (posting.posted_at, posting.extra["posted_at_is"]) == ("2026-10-05T00:00:00Z", "updated_at")


def test_details_are_asked_for_one_by_one_with_their_id() -> None:
    harvest = read("greenhouse", {"jobs": [JOB]}, settings=BOARD | {"details": "yes", "api": "http://127.0.0.1:9/gh/"})
    (ask,) = harvest.follow
    assert ask.url == "http://127.0.0.1:9/gh/v1/boards/larkspur/jobs/7001?pay_transparency=true"
    assert (ask.role, ask.context, harvest.postings) == (Role.POSTING, {"id": "7001"}, ())
    (posting,) = read("greenhouse", JOB, Role.POSTING, BOARD | {"details": "yes"}).postings
    assert posting.native_id == "7001"


SHAPES = [
    ("[", ["greenhouse.json"]),
    ({"status": 404}, ["greenhouse.shape"]),
    ({"jobs": None}, ["greenhouse.shape"]),
    ({"jobs": []}, []),
    ({"jobs": [JOB, "x"]}, ["greenhouse.record"]),
    ({"jobs": [JOB, JOB | {"id": 2, "title": None}]}, ["greenhouse.title"]),
    ({"jobs": [JOB | {"title": " "}, JOB | {"id": 2, "title": None}]}, ["greenhouse.shape"]),
    ({"jobs": [JOB | {"absolute_url": "javascript:alert(1)"}]}, ["greenhouse.shape"]),
]


@pytest.mark.parametrize(("body", "expected"), SHAPES)
def test_what_is_malformed_is_a_problem(body: object, expected: list[str]) -> None:
    assert rules(read("greenhouse", body, settings=BOARD)) == expected


def test_only_what_all_lack_is_an_error() -> None:
    one = read("greenhouse", {"jobs": [JOB, JOB | {"id": 2, "title": None}]}, settings=BOARD)
    every = read("greenhouse", {"jobs": [JOB | {"title": None}]}, settings=BOARD)
    assert [problem.severity for problem in (*one.problems, *every.problems)] == ["warning", "error"]
    assert (len(one.postings), len(every.postings)) == (1, 0)


def test_the_board_is_one_part_of_the_address() -> None:
    (ask,) = spider("greenhouse").start_asks(source("greenhouse", board="a/b"))
    assert ask.url == "https://boards-api.greenhouse.io/v1/boards/a%2Fb/jobs?content=true"
