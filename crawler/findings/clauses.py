"""A text cut into clauses: sentences, list items and headings, each with the line that introduces it.

Survives hard-wrapped contracts, numbered clauses, bullet lists, check boxes and run-on legal sentences. A clause never crosses a
blank line or a list item, so that what is found in it cannot depend on a paragraph elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
_SHORTENED = (
    *("inc", "corp", "ltd", "co", "no", "nos", "sec", "art", "cl", "para", "e.g", "i.e", "vs", "mr", "mrs", "ms", "dr", "st", "approx"),
    *("hr", "hrs", "min", "mins", "yr", "yrs", "perp", "u.s", "u.k", "jr", "sr"),
)
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{'|'.join(map(re.escape, _SHORTENED))})|\b[A-Za-z]|(?:^|\s)\d{{1,2}}(?:\.\d{{1,2}})*)\.$", re.IGNORECASE
)
_ENDINGS = frozenset(word[-2:] for word in _SHORTENED)


class Block(NamedTuple):
    """A paragraph or list item, text[start:end], and the introducing words of its list, "" where there are none."""

    start: int
    end: int
    lead: str


class Clause(NamedTuple):
    """One clause, text[start:end], and the introducing words of its list, "" where there are none."""

    start: int
    end: int
    lead: str


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text in order."""
    for block in blocks(text):
        for first, last in sentences(text, block.start, block.end):
            yield Clause(first, last, block.lead)


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs and list items of a text in order; every word of it stands in one."""
    lead = ""
    for start, end, marked in _runs(text):
        if not marked:
            lead = ""
        yield Block(start, end, lead)
        words = text[start:end].rstrip()
        if words[-1] not in ".!?;,)" and _INTRODUCES.search(words, max(0, len(words) - 12)):
            lead = _tail(words)


def _tail(block: str) -> str:
    """The last sentence of an introducing block."""
    return block[max(block.rfind(". ", 0, -1) + 1, len(block) - _LEAD_LONGEST) :].strip()


def _runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and list items: start, end, and whether it is a list item. Hard-wrapped lines are one run."""
    start, marked, position = 0, False, 0
    previous = ""  # the line before in the same run
    for line in text.splitlines(keepends=True):
        words = line.lstrip()
        marker = words and _MARKER.match(line)
        if previous and (not words or marker or not _goes_on(previous, line, words)):
            yield start, position, marked
            previous = ""
        if words:
            if not previous:
                start, marked = position, bool(marker) and words[0] != "#"
            previous = line.rstrip()
        position += len(line)
    if previous:
        yield start, position, marked


def _goes_on(before: str, line: str, words: str) -> bool:
    """Whether the break between two lines is only the wrap of one sentence. words: the second line from its first word."""
    if before[-1] in ".:;!?" or before.lstrip().startswith("#"):
        return False
    if words[0].islower():
        return True
    return len(before) >= (_FULL if _LABEL.match(line) else _WRAP)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of one block, trimmed, none longer than `LONGEST`."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        at = stop.start()
        if _may_shorten(text, at) and _ABBREVIATION.search(text, max(first, at - 12), at + 1):
            continue
        yield from _cut(text, first, stop.end())
        first = stop.end()
    yield from _cut(text, first, end)


def _may_shorten(text: str, stop: int) -> bool:
    """Whether what stands before a stop can be an abbreviation at all, told by its last two characters."""
    ending = text[max(0, stop - 2) : stop]
    return text[stop] == "." and (not (ending.isalpha() and ending.isascii()) or ending.lower() in _ENDINGS or len(ending) < 2)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end].lstrip()
    start, words = end - len(words), words.rstrip()
    end = start + len(words)
    while end - start > LONGEST:
        middle = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = middle if middle > start else start + LONGEST
        yield start, middle
        start = middle
    if start < end:
        yield start, end
