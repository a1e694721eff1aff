"""The answers that the documentation promises, asked of a real site over three nights of the sample boards."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from served import served

from analysis.canned import Canned, queries
from analysis.site_words import worked

ROOT = Path(__file__).parents[1]
QUESTIONS = (ROOT / "README.md").read_text("utf-8")
QUERYING = (ROOT / "docs" / "query.md").read_text("utf-8")
TEN = re.findall(r"^\| (.+\?|.+, as CSV\?) \| \[(/\S+)\]\(http://127\.0\.0\.1:8001(/\S+)\) \|$", QUESTIONS, re.M)
WORKED = re.findall(r"^```sql\n(.+?)^```", QUERYING, re.M | re.S)
SAVED = re.findall(r"^Saved: `(/\S+)`", QUERYING, re.M)
FEEDS = ["/-/atom/new", "/-/atom/events", "/-/atom/events/promise_removed", "/-/atom/query/newest_gigs?kind=voice"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three nights crawled, published and served."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run(
        [sys.executable, "-m", "analysis", "demo", "--no-serve", "--data", str(folder)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        timeout=500,
    )
    with served(folder) as address:
        yield address


def get(address: str) -> httpx.Response:
    answer = httpx.get(address, timeout=60, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer


def rows(site: str, address: str, **asked: str) -> list[dict[str, Any]]:
    path, _, query = address.partition("?")
    joined = httpx.QueryParams(query).merge({**asked, "_shape": "array"})
    found: list[dict[str, Any]] = get(f"{site}{path.removesuffix('.csv').removesuffix('.json')}.json?{joined}").json()
    return found


def test_the_site_works_the_same_five_questions(site: str) -> None:
    page = get(f"{site}/how-to-query").text
    assert [each["sql"].strip() for each in worked()] == [sql.strip() for sql in WORKED]
    assert [each["saved"] for each in worked()] == SAVED
    links = [html.unescape(link) for link in re.findall(r'<a href="([^"]+)"', page.partition('id="five"')[2].partition('id="saved"')[0])]
    for link in (each for each in links if each.startswith("/callboard")):
        answer = get(site + link).text
        assert "No row." not in answer and answer.strip() not in ("", "[]"), link


def test_the_documents_hold_ten_and_five() -> None:
    assert len(TEN) == 10 and all(shown == link for _, shown, link in TEN)
    assert len(WORKED) == len(SAVED) == 5


@pytest.mark.parametrize("address", [link for _, _, link in TEN], ids=[question[:40] for question, _, _ in TEN])
def test_an_address_answers_its_question(site: str, address: str) -> None:
    answer = get(site + address)
    found = rows(site, address)
    assert found
    if ".csv" in address:
        assert next(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True)).keys() == found[0].keys()
    else:
        assert "text/html" in answer.headers["content-type"] and str(next(iter(found[0].values()))) in answer.text


@pytest.mark.parametrize("sql", WORKED)
def test_a_worked_question_has_an_answer(site: str, sql: str) -> None:
    assert rows(site, "/callboard", sql=sql)


@pytest.mark.parametrize("address", SAVED)
def test_a_worked_question_names_a_saved_query(site: str, address: str) -> None:
    assert rows(site, address)


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_a_saved_query_answers_on_the_sample_boards(site: str, query: Canned) -> None:
    example = dict(query.example)
    if example.get("gig") == "":
        example["gig"] = rows(site, "/callboard/postings", _sort="first_seen", _size="1")[0]["id"]
        example["day"] = "2026-11-30"
    began = time.monotonic()
    assert rows(site, f"/callboard/{query.name}", **example)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_leads_on(site: str, address: str) -> None:
    answer = get(site + address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert set(re.findall(r'href="(http://[^/"]+)', answer.text)) == {site}


def test_filters_of_the_document_work(site: str) -> None:
    filters = re.findall(r"`(\w+=[^`]+)`", re.search(r"operator=value`:(.+?)SQL goes", QUERYING, re.S)[1])  # type: ignore[index]
    assert len(filters) == 6
    for given in filters:
        assert isinstance(rows(site, f"/callboard/postings?{given}"), list), given
    assert rows(site, "/callboard/postings?_search=perpetuity")
    assert len(get(f"{site}/callboard/postings.json?_shape=array&_nl=on&_size=3").text.splitlines()) == 3
    assert "next_url" in get(f"{site}/callboard/postings.json?_size=3").json()


def test_the_example_runs(site: str) -> None:
    ran = subprocess.run([sys.executable, str(ROOT / "examples" / "api.py"), site], capture_output=True, text=True, check=True, timeout=120)
    for begin in ("removed 2026-", "voice, 2026-", "for ever: ", "synthetic performance: '", "open, for ever, silent on withdrawal: "):
        assert any(line.startswith(begin) for line in ran.stdout.splitlines()), ran.stdout
    evidence = re.findall(rf"; ({re.escape(site)}\S+)\)", ran.stdout)
    assert evidence
    assert get(evidence[0]).text


def test_the_example_says_how_it_is_called() -> None:
    ran = subprocess.run([sys.executable, str(ROOT / "examples" / "api.py")], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 1 and ran.stderr.startswith("usage: ")
