"""A platform's terms, watched as a source of their own: versions are documents, changes of clauses are events, and no gig appears."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest
from pytest_httpserver import HTTPServer

from analysis.publish import publish

SOURCE = """id = "voxmill-terms"
kind = "document"
name = "Voxmill contributor terms (invented)"
url = "{url}"
organization = "Voxmill (invented)"
lineage = "platform"
invented = true
"""
BEFORE = (
    "<h1>Contributor terms</h1><p>You grant Voxmill a worldwide licence to your recordings. You may withdraw your consent at any time.</p>"
)
AFTER = "<h1>Contributor terms</h1><p>You grant Voxmill a worldwide, irrevocable licence to your recordings.</p>"
NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:00:00Z")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, make_httpserver: HTTPServer) -> sqlite3.Connection:
    folder = tmp_path_factory.mktemp("document")
    (folder / "sources").mkdir()
    (folder / "sources" / "voxmill-terms.toml").write_text(SOURCE.format(url=make_httpserver.url_for("/terms")), "utf-8")
    environ = os.environ | {"CALLBOARD_DATA_DIR": str(folder), "CALLBOARD_SOURCES_DIR": str(folder / "sources"), "CALLBOARD_DELAY": "0"}
    for page, now in zip((BEFORE, AFTER), NIGHTS, strict=True):
        make_httpserver.clear()
        make_httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        make_httpserver.expect_request("/terms").respond_with_data(page, content_type="text/html")
        command = [sys.executable, "-m", "crawler", "crawl", "voxmill-terms", "--here", "--now", now]
        subprocess.run(command, env=environ, check=True, capture_output=True)
    publish(folder / "store.db", folder / "callboard.db", NIGHTS[1])
    return sqlite3.connect(folder / "callboard.db")


def test_each_version_is_a_document_with_its_evidence(published: sqlite3.Connection) -> None:
    found = published.execute("select title, organization, origin, current, evidence from documents order by added_at").fetchall()
    assert [(row[1], row[2], row[3]) for row in found] == [("Voxmill (invented)", "captured", 0), ("Voxmill (invented)", "captured", 1)]
    assert all(row[4] for row in found)


def test_changes_of_clauses_are_events_of_the_document(published: sqlite3.Connection) -> None:
    found = set(published.execute("select kind, code from events where document_id is not null and posting_id is null"))
    assert {("term_added", "irrevocable"), ("term_removed", "withdrawal")} <= found


def test_it_is_no_gig(published: sqlite3.Connection) -> None:
    assert published.execute("select count(*) from postings").fetchone() == (0,)


def test_its_terms_are_published_with_it(published: sqlite3.Connection) -> None:
    found = set(published.execute("select code from terms where document_id is not null and current = 1"))
    assert {("irrevocable",), ("worldwide",)} <= found


def test_every_row_it_points_at_is_there(published: sqlite3.Connection) -> None:
    assert published.execute("pragma foreign_key_check").fetchall() == []
