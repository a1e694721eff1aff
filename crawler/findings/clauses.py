"""A text cut into clauses: sentences, list items and headings, each with the line that introduces it.

Survives hard-wrapped contracts, numbered clauses, bullet lists, check boxes and run-on legal sentences. A clause never crosses a
blank line or a list item, so that what is found in it cannot depend on a paragraph elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 3000  # characters; a longer run is no sentence, and the cut keeps reading linear
_LEAD_LONGEST = 300
_WRAP = 50  # a line at least this long that ends without a stop is taken to go on in the next
_FULL = 90  # the same where the next line looks like a label ("Rate: ...")
_MARKER = re.compile(
    r"[ \t>]*(?:#{1,6}(?=\s)|[-*•·▪◦–—o](?=\s)|\[[ xX]?\]|\(?[a-zA-Z]\)|\(?[ivxIVX]{1,5}\)|\(?\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s))+\s*"
)
_LABEL = re.compile(r"[ \t]*[A-Z][\w /&'-]{0,40}:(?=\s|$)")
_STOP = re.compile(r"[.!?][\"'”’)\]*_]*(?=\s+[\"'“‘(\[*_•–— -]*[A-Z0-9#]|\s*$)")
_INTRODUCES = re.compile(r"(?::|\b(?:be|to|that|may|not|will|can|must|shall|for|is|are|include|including|you|we))$", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?:\b(?:inc|corp|ltd|co|no|nos|sec|art|cl|para|e\.g|i\.e|vs|mr|mrs|ms|dr|st|approx|hrs?|mins?|yrs?|perp|u\.s|u\.k|jr|sr)"
    r"|\b[A-Za-z]|(?:^|\s)\d{1,2}(?:\.\d{1,2})*)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, text[start:end], and the introducing words of its list, "" where there are none."""

    start: int
    end: int
    lead: str


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text in order."""
    lead = ""
    for start, end, marked in _blocks(text):
        if not marked:
            lead = ""
        for first, last in _sentences(text, start, end):
            yield Clause(first, last, lead)
        block = text[start:end].rstrip()
        if _INTRODUCES.search(block, max(0, len(block) - 12)):
            lead = _tail(block)


def _tail(block: str) -> str:
    """The last sentence of an introducing block."""
    return block[max(block.rfind(". ", 0, -1) + 1, len(block) - _LEAD_LONGEST) :].strip()


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and list items: start, end, and whether it is a list item. Hard-wrapped lines are one block."""
    start, marked, open_block = 0, False, False
    position = 0
    previous = ""
    for line in text.splitlines(keepends=True):
        marker = _MARKER.match(line)
        if open_block and (marker or not _goes_on(previous, line)):
            yield start, position, marked
            open_block = False
        if not open_block and line.strip():
            start, marked, open_block = position, bool(marker) and not line.lstrip().startswith("#"), True
        position += len(line)
        previous = line
    if open_block:
        yield start, position, marked


def _goes_on(line: str, following: str) -> bool:
    """Whether a line break is only the wrap of one sentence."""
    before, after = line.rstrip(), following.lstrip()
    if not before or not after or before.lstrip().startswith("#") or before[-1] in ".:;!?":
        return False
    if after[0].islower():
        return True
    return len(before) >= (_FULL if _LABEL.match(following) else _WRAP)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of one block, trimmed, none longer than `LONGEST`."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(first, stop.start() - 12), stop.start() + 1):
            continue
        yield from _cut(text, first, stop.end())
        first = stop.end()
    yield from _cut(text, first, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        middle = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = middle if middle > start else start + LONGEST
        yield start, middle
        start = middle
    if start < end:
        yield start, end
