"""The fast way of finding terms against the plain one: each wording tried on each clause, on every text that is the project's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from crawler.demo import load
from crawler.findings.clauses import blocks, clauses, sentences
from crawler.findings.matching import term_wordings
from crawler.findings.term_files import catalogue
from crawler.findings.terms import find, plain, statements

STORIES = Path(__file__).parent / "stories"
EVERY = tuple(range(len(term_wordings())))
EXAMPLES = [example.text for term in catalogue() for example in term.examples]


def texts() -> Iterator[str]:
    """Examples alone and as paragraphs, list items and hard-wrapped lines of longer texts; stories and sample postings."""
    yield from EXAMPLES[::3]
    for first in range(0, len(EXAMPLES), 24):
        some = EXAMPLES[first : first + 24]
        yield "\n\n".join(" ".join(some[at : at + 3]) for at in range(0, 12, 3))
        yield "You agree that we may:\n" + "\n".join(f"- {each}" for each in some[12:18])
        yield "\n".join(" ".join(some[18:]).replace(", ", ",\n").split(". "))
    yield from (path.read_text(encoding="utf-8") for path in sorted(STORIES.rglob("*.txt")))
    yield from (sheet.body for board in load.boards() for sample in board.samples for sheet in islice(sample.nights, 1) if sheet)


def plainly(text: str) -> list[tuple[str, str, int, int]]:
    """Code, polarity, start and end of every term, found by trying each wording on each clause with its lead."""
    view, found = plain(text), []
    for start, end, lead in clauses(text):
        heard = plain(lead).rstrip(" :") + " " if lead else ""
        for hit, said in statements(len(heard), heard + view[start:end], EVERY):
            offset = start - len(heard)
            found.append((hit.term.code, said.value, max(hit.start + offset, start), hit.end + offset))
    return sorted(found)


@pytest.mark.parametrize("part", range(8))
def test_each_wording_tried_on_each_clause_finds_the_same(part: int) -> None:
    read = list(islice(texts(), part, None, 8))
    assert len(read) > 20
    for text in read:
        assert sorted((term.code, term.polarity.value, term.start, term.end) for term in find(text)) == plainly(text), text


def test_no_wording_looks_for_an_end_of_its_text() -> None:
    """A paragraph is looked through before its sentences: a wording for the beginning or the end of a text would be missed there."""
    bare = {each: re.sub(r"\\.|\[[^\]]*\]", "", each) for term in catalogue() for pattern in term.patterns for each in pattern.any}
    assert [wording for wording, signs in bare.items() if "^" in signs or "$" in signs] == []


def test_the_sentences_of_all_blocks_are_the_clauses() -> None:
    text = "\n\n".join(EXAMPLES[::7])
    cut = [(start, end, block.lead) for block in blocks(text) for start, end in sentences(text, block.start, block.end)]
    assert cut == [(clause.start, clause.end, clause.lead) for clause in clauses(text)]
