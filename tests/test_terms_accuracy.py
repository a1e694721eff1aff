"""The floors of the terms engine on the labelled corpus, where it stands beside the project. They are never lowered without a reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "rights"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the labelled corpus is not on this machine")
LEAST_SUPPORT = 8


@cache
def score() -> tuple[str, dict[str, Any]]:
    """What the corpus's own scorer prints and writes for the engine."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "score.json"
        command = [sys.executable, str(CORPUS / "score.py"), "crawler.findings.terms:find", "--json", str(report)]
        printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return printed, json.loads(report.read_text(encoding="utf-8"))


def figure(pattern: str) -> float:
    found = re.search(pattern, score()[0])
    assert found, pattern
    return float(found.group(1))


FLOORS = {
    r"MICRO .*? F1 ([\d.]+)": 0.86,
    r"MICRO .*code-only .*? F1 ([\d.]+)": 0.92,
    r"QUOTE .*?recall ([\d.]+)": 0.85,
    r"micro P ([\d.]+) R": 0.80,
    r"micro P [\d.]+ R ([\d.]+)": 0.80,
}


@pytest.mark.parametrize(("pattern", "floor"), FLOORS.items())
def test_a_figure_is_not_below_its_floor(pattern: str, floor: float) -> None:
    assert figure(pattern) >= floor


def test_hard_negatives_are_seldom_flagged() -> None:
    assert figure(r"HARD NEGATIVES: .*? = ([\d.]+)") <= 0.10


def test_every_quote_is_verbatim_at_its_offset() -> None:
    assert (figure(r"non-verbatim quotes (\d+)"), figure(r"offset mismatches (\d+)")) == (0, 0)


def test_no_code_with_support_is_weak() -> None:
    rows = {code: row for code, row in score()[1].items() if not code.startswith("_") and row["support"] >= LEAST_SUPPORT}
    assert len(rows) > 20
    assert {code: row["F1"] for code, row in rows.items() if row["F1"] < 0.70} == {}
