"""Judgements of single findings: written, exported as labels, and lapsed when the text changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from analysis.cli import main
from crawler import review, store
from crawler.errors import UserMistake
from crawler.findings.reading import read
from crawler.text import sha256

AT = "2026-11-21T10:00:00Z"
TEXT = "Licence (invented)\n\nYou grant Voxmill (invented) a worldwide, irrevocable licence to your recordings."


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = store.open_store(tmp_path / "store.db")
    keep(found, TEXT)
    return found


def keep(db: Database, text: str) -> None:
    store.keep_text(db, sha256(text), text, AT)
    store.keep_reading(db, read(text), AT)


def codes(db: Database) -> dict[str, int]:
    return {each.code: each.id for each in review.waiting(db)}


def test_what_is_judged_no_longer_waits(db: Database) -> None:
    found = codes(db)
    assert {"worldwide", "irrevocable"} <= set(found)
    review.judge(db, found["worldwide"], review.ACCEPT, "ada", AT)
    assert "worldwide" not in codes(db)


def test_a_judgement_lapses_when_the_text_changes(db: Database) -> None:
    review.judge(db, codes(db)["worldwide"], review.ACCEPT, "ada", AT)
    keep(db, TEXT.replace("your recordings", "all your recordings"))
    assert "worldwide" in codes(db)


def test_export_has_the_corpus_form(db: Database) -> None:
    found = codes(db)
    review.judge(db, found["worldwide"], review.ACCEPT, "ada", AT)
    review.judge(db, found["irrevocable"], review.CORRECT, "ada", AT, "limited")
    row = json.loads(next(review.labelled(db)))
    assert [(each["code"], each["polarity"]) for each in row["terms"]] == [("worldwide", "granted"), ("irrevocable", "limited")]
    assert all(row["text"][each["start"] : each["end"]] == each["quote"] for each in row["terms"])


def test_a_rejected_finding_is_no_label(db: Database) -> None:
    review.judge(db, codes(db)["worldwide"], review.REJECT, "ada", AT)
    row = json.loads(next(review.labelled(db)))
    assert row["terms"] == []
    assert row["rejected"][0]["code"] == "worldwide"


@pytest.mark.parametrize(("verdict", "correction"), [("correct", None), ("accept", "limited"), ("correct", "maybe")])
def test_a_wrong_correction_is_refused(db: Database, verdict: str, correction: str | None) -> None:
    with pytest.raises(UserMistake, match="a correction is one of"):
        review.judge(db, codes(db)["worldwide"], verdict, "ada", AT, correction)
    assert db.table("review").count == 0


def test_by_command(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(tmp_path))
    listed = CliRunner().invoke(main, ["review", "--list", "--code", "worldwide"])
    number = listed.output.split("\t")[0]
    done = CliRunner().invoke(main, ["review", "--reject", number])
    assert done.output.strip() == f"finding {number}: reject"
    assert CliRunner().invoke(main, ["review", "--list", "--code", "worldwide"]).output == ""


def test_a_posting_that_is_no_gig_is_dismissed_at_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = store.open_store(tmp_path / "store.db")
    keep(found, TEXT)
    found.execute("pragma foreign_keys=off")
    found.execute("insert into version (id, posting_id, number, text_sha256) values (1, '2f81c0aabbcc', 1, ?)", [sha256(TEXT)])
    found.conn.commit()
    found.close()
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(tmp_path))
    told = CliRunner().invoke(main, ["review", "--not-a-gig", "2f81c0aabbcc", "--reviewer", "ada"])
    assert told.exit_code == 0 and "no longer counted from the next publication on (1 wording)" in told.output
    db = store.open_store(tmp_path / "store.db")
    assert store.select(db, "select kind, verdict, reviewer from review") == [{"kind": "relevance", "verdict": "reject", "reviewer": "ada"}]
    with pytest.raises(UserMistake, match="no gig 000000000000"):
        review.dismiss(db, "000000000000", "ada", AT)
