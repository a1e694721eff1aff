"""Every saved query is described, cheap enough, and answers its own example in a plain Datasette."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from published import opened, rows

from analysis import canned
from analysis.canned import Canned, queries
from crawler.errors import ConfigError

QUERIES = queries()
EMPTY = {  # the sample has no such gigs; the sample boards have (test_questions)
    "employers_silent_on_withdrawal",
    "pay_against_scale",
    "relisted_and_reopened",
    "words_of_a_gig_on_a_day",
}


def test_there_are_sixteen_or_more() -> None:
    assert len(QUERIES) >= 16


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_answers_its_example(query: Canned) -> None:
    assert set(query.example) <= set(query.parameters)
    found = rows(f"/callboard/{query.name}.json?{urlencode({**query.example, '_shape': 'array'})}")
    assert bool(found) != (query.name in EMPTY)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_is_said_in_two_sentences(query: Canned) -> None:
    assert query.description.count(". ") == 1
    assert query.description.endswith(".")
    assert len(query.title) < 60


@pytest.mark.parametrize("query", [query for query in QUERIES if query.cost == "small"], ids=lambda query: query.name)
def test_a_small_query_scans_no_large_table(query: Canned) -> None:
    with opened() as db:
        plan = [row["detail"] for row in db.execute(f"explain query plan {query.sql}", dict.fromkeys(query.parameters, ""))]
    scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
    large = {"terms", "pay_offers", "versions", "texts", "captures", "parties"}
    assert not [step for step in scans if large & set(step.split())], plan


def test_a_query_with_a_wrong_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.sql"
    path.write_text("-- title: X\n-- cost: small\nselect 1\n", "utf-8")
    with pytest.raises(ConfigError, match="write title, description, example, cost"):
        canned.read(path)
    path.write_text("-- title: X\n-- description: Y\n-- example:\n-- cost: free\nselect 1\n", "utf-8")
    with pytest.raises(ConfigError, match="cost 'free'"):
        canned.read(path)
