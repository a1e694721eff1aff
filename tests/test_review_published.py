"""What a person judged shows in the publication: accepted and corrected findings say so, rejected ones are left out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import store_sample

from analysis.publish import publish
from crawler import review, store, submissions

AT = "2026-11-21T10:00:00Z"


def published(folder: Path) -> list[tuple[str, str, str | None]]:
    publish(folder / "store.db", folder / "callboard.db", store_sample.NOW)
    db = sqlite3.connect(folder / "callboard.db")
    return db.execute("select code, polarity, reviewed from terms order by id").fetchall()


def test_judgements_show_in_the_publication(tmp_path: Path) -> None:
    store_sample.fill(tmp_path / "store.db")
    before = published(tmp_path)
    assert {reviewed for _, _, reviewed in before} == {None}
    db = store.open_store(tmp_path / "store.db")
    granted = [each for each in review.waiting(db, limit=500) if each.polarity == "granted"]
    accepted, rejected, corrected = granted[:3]
    review.judge(db, accepted.id, review.ACCEPT, "ada", AT)
    review.judge(db, rejected.id, review.REJECT, "ada", AT)
    review.judge(db, corrected.id, review.CORRECT, "ada", AT, "limited")
    db.close()
    after = published(tmp_path)
    assert (accepted.code, "granted", "reviewed") in after
    assert (corrected.code, "limited", "reviewed") in after
    assert len(after) < len(before)
    rows = sqlite3.connect(tmp_path / "callboard.db").execute("select rows from accuracy where measure = 'reviewed term'").fetchall()
    assert sum(number for (number,) in rows) == 3


def test_an_unverified_document_enters_no_figure(tmp_path: Path) -> None:
    store_sample.fill(tmp_path / "store.db")
    published(tmp_path)
    before = columns(tmp_path)
    db = store.open_store(tmp_path / "store.db")
    gig = before[0][0]
    words = "Release (invented)\n\nYou grant Voxmill (invented) an irrevocable, perpetual, worldwide, exclusive licence, for ever."
    taken = submissions.attach(db, tmp_path / "warc", submissions.Submission(words, words.encode(), posting=gig, publish=True), AT)
    published(tmp_path)
    assert columns(tmp_path) == before
    places = sqlite3.connect(tmp_path / "callboard.db").execute("select distinct place from terms where document_id = ?", [taken.document])
    assert places.fetchall() == [("unverified",)]
    submissions.mark(db, taken.document, corroborated=True, publish=None)
    published(tmp_path)
    assert columns(tmp_path) != before


def columns(folder: Path) -> list[tuple[str, ...]]:
    db = sqlite3.connect(folder / "callboard.db")
    return db.execute("select id, perpetual, irrevocable, worldwide, exclusive, withdrawal from postings order by id").fetchall()
