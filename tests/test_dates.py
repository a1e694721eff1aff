"""Days in boards' words: the examples kept beside the data, and words that must stay unknown."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.findings import dates

SHARED = Path(__file__).parents[1].parent / "shared"
TODAY = date(2026, 11, 21)
EXAMPLES = tomllib.loads(dates.DATA.read_text(encoding="utf-8"))["example"]
ROWS = [(words, example.get("day")) for example in EXAMPLES for words in example["words"]]


@pytest.mark.parametrize(("words", "day"), ROWS)
def test_examples(words: str, day: str | None) -> None:
    assert dates.when(words, TODAY) == day


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert dates.when("29 February", date(2026, 3, 1)) is None or date.fromisoformat(
        str(dates.when("29 February", date(2028, 3, 1)))
    ) == date(2028, 2, 29)
    assert dates.when("December 28", date(2027, 1, 3)) == "2026-12-28"


def test_a_day_moves_with_today() -> None:
    days = [dates.when("4 days ago", TODAY + timedelta(days=step)) for step in range(3)]
    assert days == ["2026-11-17", "2026-11-18", "2026-11-19"]


def test_a_paragraph_is_no_date() -> None:
    assert dates.when("We met on 3 May 2026 and " * 10, TODAY) is None


@pytest.mark.skipif(not SHARED.exists(), reason="the recorded payloads are not here")
def test_dates_of_recorded_payloads_are_all_read() -> None:
    wanted = re.compile(
        r'"(?:published_at|publishedAt|created_at|createdAt|datePosted|publication_date|releasedDate|first_published|epoch'
        r'|validThrough|postedOn)":\s?("(?:[^"\\]|\\.)*"|\d+)'
    )
    found = {
        str(json.loads(raw))
        for path in (SHARED / "payloads").rglob("*.json")
        for raw in wanted.findall(path.read_text(encoding="utf-8", errors="replace"))
    }
    unread = {words for words in found if words and dates.when(words, TODAY) is None}
    assert len(found) > 100
    assert {words for words in unread if "30+" not in words} == set()
