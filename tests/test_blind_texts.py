"""The texts by a stranger are sound, and their figures are published beside those of the texts that the rules were written with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analysis import accuracy
from analysis.accuracy import kept
from analysis.tables.accuracy import _measured

BLIND = Path(__file__).parent / "blind"


def rows(name: str) -> list[dict[str, Any]]:
    """The labelled rows of a file."""
    return [json.loads(line) for line in (BLIND / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["rights.jsonl", "pay.jsonl", "postings.jsonl"])
def test_every_text_stands_once_and_is_marked_as_invented(name: str) -> None:
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found) >= 35
    assert all("invented" in json.dumps(row["origin"]) for row in found)


def test_every_quote_of_a_clause_stands_where_its_label_says() -> None:
    terms = [(row["text"], term) for row in rows("rights.jsonl") for term in row["terms"]]
    assert terms
    assert [term for text, term in terms if text[term["start"] : term["end"]] != term["quote"]] == []


@pytest.mark.parametrize("measure", ["pay", "term", "relevance"])
def test_both_figures_are_published(measure: str) -> None:
    mine = [row for row in _measured({}) if row["measure"] == measure]
    assert {row["id"].startswith("blind/") for row in mine} == {True, False}
    assert all(row["words"].startswith("Measured on real texts") for row in mine if row["id"].startswith("elsewhere/"))
    assert {row["words"].startswith("Measured on invented texts by somebody who had not seen the rules") for row in mine} == {True, False}
    assert all(row["recall"] is not None for row in mine if row["id"].startswith("blind/"))
    assert len({row["id"] for row in mine}) == len(mine) == len([row for row in kept() if row["measure"] == measure])


def test_texts_that_are_not_there_are_named_before_anything_is_measured(tmp_path: Path) -> None:
    done = CliRunner().invoke(accuracy.main, ["--corpus", str(tmp_path), "--elsewhere", str(tmp_path)])
    assert done.exit_code == 2
    assert done.output == (
        f"accuracy: {tmp_path}/pay/dev.jsonl: no labelled texts there; name the corpus with --corpus, other texts with --elsewhere\n"
    )
