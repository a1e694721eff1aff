"""A reading on the terminal: of many quotes of one reading the most telling few, all where they are asked for."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from analysis.reading_page import FEW, matrix
from crawler.findings.terms import find
from crawler.records import Group

CLAUSES = [
    "You grant a perpetual licence of your voice.",
    "The rights last for ever.",
    "You give us your recordings in perpetuity and for no further pay.",
    "The studio has perpetual use of the performance.",
    "The performer licenses the takes in perpetuity.",
]


def lines(whole: bool) -> list[str]:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(matrix(Group.RIGHTS, [term for term in find("\n\n".join(CLAUSES)) if term.code == "perpetual"], whole))
    return [line for line in console.export_text().splitlines() if "For ever" in line or "“" in line or "more" in line]


@pytest.mark.parametrize("whole", [False, True])
def test_few_quotes_or_all(whole: bool) -> None:
    found = lines(whole)
    quotes = sum(line.count("“") for line in found)
    assert quotes == (len([term for term in find("\n\n".join(CLAUSES)) if term.code == "perpetual"]) if whole else FEW)
    assert any("--all shows them" in line for line in found) is not whole
