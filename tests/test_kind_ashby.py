"""Ashby: pay in tiers of components, unlisted jobs, the empty answer that may mean no board. All postings invented."""

from __future__ import annotations

from typing import Any

import pytest
from kind_reading import read, rules

SALARY = {"compensationType": "Salary", "interval": "1 HOUR", "currencyCode": "USD", "minValue": 50, "maxValue": 75}
EQUITY = {"compensationType": "EquityPercentage", "minValue": 0.1, "maxValue": 0.2}
JOB: dict[str, Any] = {
    "id": "b-1",
    "title": "Improviser",
    "jobUrl": "https://jobs.example/b-1",
    "location": "Remote",
    "secondaryLocations": [{"location": "Oslo", "address": {}}],
    "isListed": True,
    "isRemote": True,
    "publishedAt": "2026-09-01T00:00:00Z",
    "descriptionHtml": "<p>Improvise.</p>",
    "employmentType": "Contract",
    "address": {"postalAddress": {"addressCountry": "Norway"}},
    "compensation": {"compensationTiers": [{"components": [SALARY, EQUITY]}], "summaryComponents": [SALARY]},
}
BOARD = {"board": "Larkspur"}


def pay_of(**changes: Any) -> list[tuple[float | None, float | None, str | None]]:
    (posting,) = read("ashby", {"jobs": [JOB | changes]}, settings=BOARD).postings
    return [(pay.amount_min, pay.amount_max, pay.unit) for pay in posting.structured_pay]


def test_a_job_becomes_a_posting() -> None:
    (posting,) = read("ashby", {"jobs": [JOB]}, settings=BOARD).postings
    assert (posting.location, posting.country, posting.remote) == ("Remote; Oslo", "Norway", True)
    assert (posting.native_id, posting.posted_at, posting.employment_type) == ("b-1", "2026-09-01T00:00:00Z", "Contract")


def test_wages_are_read_once_and_equity_is_none() -> None:
    assert pay_of() == [(50, 75, "hour")]
    assert pay_of(compensation={"compensationTiers": [], "summaryComponents": [SALARY]}) == [(50, 75, "hour")]
    assert pay_of(compensation={"compensationTiers": None}) == []
    assert pay_of(compensation=None) == []


def test_an_unlisted_job_is_gone() -> None:
    harvest = read("ashby", {"jobs": [JOB, JOB | {"id": "b-2", "isListed": False}]}, settings=BOARD)
    assert ([posting.native_id for posting in harvest.postings], harvest.gone) == (["b-1"], ("b-2",))


SHAPES = [({"jobs": []}, ["ashby.empty"]), ({}, ["ashby.shape"]), ("", ["ashby.json"])]


@pytest.mark.parametrize(("body", "expected"), SHAPES)
def test_an_empty_board_is_told(body: object, expected: list[str]) -> None:
    assert rules(read("ashby", body, settings=BOARD)) == expected
