"""Rows of tables and queries can be cited: the link holds day and digest, and later says whether they are still the same."""

from __future__ import annotations

import hashlib
import html
import json
import re

import pytest
from published import get, opened

from analysis.citation import Cited, formats
from analysis.rows_digest import digest

SQL = "/callboard?sql=select+id,floor_usd+from+postings+where+state=:state+order+by+id+limit+5&state=open"
PAGES = ["/callboard/silence_by_month?code=withdrawal", "/callboard/postings?state=open", "/callboard/terms?_sort=id", SQL]


def citation(path: str) -> str:
    found = re.search(r'<a href="(/-/cited[^"]+)"', get(path).text)
    assert found, path
    return html.unescape(found[1])


@pytest.mark.parametrize("path", PAGES)
def test_rows_are_the_same_as_long_as_their_publication_stands(path: str) -> None:
    answer = get(citation(path))
    assert answer.status_code == 200
    assert "✓ The same rows." in answer.text and "What changes rows" in answer.text
    assert html.escape(path).replace("+", "").split("?")[0] in answer.text


def test_rows_that_changed_are_told_with_how_many_are_later() -> None:
    path = citation("/callboard/postings?_sort=first_seen")
    changed = re.sub(r"cited_sha256=[0-9a-f]{64}", "cited_sha256=" + "0" * 64, path).replace("cited_on=2026-11-21", "cited_on=2026-01-31")
    with opened() as db:
        first = db.execute("select max(first_seen, coalesce(closed_at, '')) from postings order by first_seen, id limit 30").fetchall()
    later = sum(row[0][:10] > "2026-01-31" for row in first)
    text = get(changed).text
    assert "The rows have changed since." in text and f"{later} of them have a time after that day" in text


@pytest.mark.parametrize(
    "path",
    [
        "/-/cited/callboard/postings",
        "/-/cited/callboard/postings?cited_on=2026-11-21&cited_sha256=abc",
        f"/-/cited/callboard/no_such_table?cited_on=2026-11-21&cited_sha256={'0' * 64}",
        f"/-/cited/callboard?sql=delete+from+postings&cited_on=2026-11-21&cited_sha256={'0' * 64}",
    ],
)
def test_what_is_no_citation_is_not_found(path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404 and 'class="top"' in answer.text


def test_the_digest_is_of_heading_and_rows_as_json_lines() -> None:
    expected = hashlib.sha256(b'["a","b"]\n[1,"\xc3\xa9"]\n[null,2.5]\n').hexdigest()
    assert digest(["a", "b"], [(1, "é"), (None, 2.5)]) == expected


def test_a_version_and_a_licence_are_cited_by_their_own_address() -> None:
    for path, what in (("/callboard/versions/1", "version 1"), ("/callboard/documents/1", "licence 1")):
        text = get(path).text
        assert f"Callboard, {what} as of " in text and f"http://localhost{path}" in text and "SHA-256 of the text" in text


def test_a_citation_of_rows_names_publication_and_digest() -> None:
    made = formats(
        Cited("pay_by_unit", "Pay by unit", None, "2026-11-21", "https://c.example/x", "2026-11-21T03:00:00Z", "ab" * 32, "query")
    )
    assert "query pay_by_unit as of 21 November 2026" in made["Plain"] and "Publication of 21 November 2026, 03:00 UTC" in made["Plain"]
    assert r"query pay\_by\_unit" in made["BibTeX"] and made["BibTeX"].startswith("@misc{callboard-query-pay_by_unit-2026-11-21,")
    assert json.loads(made["CSL-JSON"])[0]["id"] == "callboard-query-pay_by_unit-2026-11-21"
