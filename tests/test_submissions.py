"""Documents that people hand in: stripped before storing, known again, marked, and never published by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from analysis.cli import main
from crawler import signatures, store, submissions
from crawler.errors import UserMistake
from crawler.submissions import Submission

AT = "2026-11-21T10:00:00Z"
RELEASE = """RECORDING RELEASE (invented)

The Participant grants Larkspur Sensing (invented) an irrevocable, worldwide licence in perpetuity to use the recordings.

Participant: Rosalind Achterberg    Date: 4 May 2026
E-mail: rosalind.a@mail.example
Signed, Rosalind Achterberg
"""


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = store.open_store(tmp_path / "store.db")
    source = {"id": "stagepost", "kind": "jsonld", "name": "Stagepost (invented)", "url": "https://stagepost.example/"}
    found.table("source").insert(source)
    found.table("posting").insert({"id": "0123456789ab", "source_id": "stagepost", "state": "open"})
    return found


def take(db: Database, tmp_path: Path, **facts: object) -> submissions.Taken:
    submission = Submission(RELEASE, RELEASE.encode(), **({"posting": "0123456789ab"} | facts))  # type: ignore[arg-type]
    return submissions.attach(db, tmp_path / "warc", submission, AT)


def test_the_tipsters_side_is_covered_before_storing(db: Database, tmp_path: Path) -> None:
    taken = take(db, tmp_path)
    text = store.first(db, "select text from text where sha256 = ?", [taken.text_sha256])
    assert text is not None
    assert "Achterberg" not in text["text"]
    assert "mail.example" not in text["text"]
    assert len(text["text"]) == len(RELEASE)
    assert taken.covered == 3
    assert "Larkspur Sensing" in text["text"]


def test_its_terms_are_read_from_the_stored_text(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path)
    codes = {row["code"] for row in store.select(db, "select code from term")}
    assert {"irrevocable", "worldwide", "perpetual"} <= codes


def test_it_is_unverified_and_not_published_until_somebody_says_so(db: Database, tmp_path: Path) -> None:
    taken = take(db, tmp_path)
    before = submissions.tips(db)[0]
    assert (before["origin"], before["publish"]) == ("submitted, unverified", 0)
    submissions.mark(db, taken.document, corroborated=True, publish=True)
    after = submissions.tips(db)[0]
    assert (after["origin"], after["publish"]) == ("submitted, corroborated", 1)


def test_the_same_text_again_is_known(db: Database, tmp_path: Path) -> None:
    first, second = take(db, tmp_path), take(db, tmp_path)
    assert (second.document, second.known) == (first.document, True)
    assert db.table("document").count == 1


def test_an_unknown_gig_is_refused_and_nothing_is_stored(db: Database, tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="no gig ffffffffffff"):
        take(db, tmp_path, posting="ffffffffffff")
    assert db.table("document").count == 0


@pytest.mark.parametrize("example", signatures.vocabulary()["example"], ids=lambda each: each["text"][:30])
def test_examples_of_signature_lines(example: dict[str, str]) -> None:
    assert signatures.signers(example["text"]) == ((example["covered"],) if example["covered"] else ())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["attach", "0123456789ab"], "give a gig"),
        (["attach", "0123456789ab", "missing.pdf"], "missing.pdf"),
        (["attach", "0123456789ab", "scan.pdf"], "scan.pdf"),
        (["tips", "--publish", "77"], "no submitted document 77"),
    ],
)
def test_mistakes_are_one_line_and_status_2(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(tmp_path))
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_attach_and_tips_by_command(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(tmp_path))
    (tmp_path / "release.txt").write_text(RELEASE, "utf-8")
    done = CliRunner().invoke(main, ["attach", "0123456789ab", str(tmp_path / "release.txt"), "--title", "Release"])
    assert done.exit_code == 0, done.output
    assert "the file itself was not kept" in done.output
    listed = CliRunner().invoke(main, ["tips"])
    assert "submitted, unverified" in listed.output
