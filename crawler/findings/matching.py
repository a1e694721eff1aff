"""Two-step matching: one google-re2 set says which wordings a sentence can hold, then spans are found for those alone.

Measured: a set over the sentence and spans for its few hits are some fifty times faster than each pattern on each text, and both
steps are linear in the length of the sentence, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from crawler.findings.cues import cues
from crawler.findings.term_files import Pattern, TermFile, catalogue
from crawler.findings.wording import pieces, whole

_MEMORY = 256 << 20  # bytes; a set that runs out of automaton memory would report no hits
_MOST_SPANS = 20  # of one wording in one sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of one pattern. rank: its place in the file; pieces: numbers of its pieces in the set."""

    term: TermFile
    pattern: Pattern
    rank: int
    source: str
    pieces: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found at view[start:end]. rank: the lower, the more telling; a term file names its plainest words first."""

    term: TermFile
    pattern: Pattern
    rank: int
    start: int
    end: int


class Matcher:
    """All wordings of all terms, compiled on first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._wordings = tuple(self._read_wordings())
        self._classes = {
            name: tuple(frozenset(map(self._number, pieces(wording, cues().words))) for wording in row.any)
            for name, row in cues().classes.items()
        }
        self._set = _compiled(tuple(self._numbers))
        self._by_piece = self._index()

    def hits(self, view: str) -> Iterator[Hit]:
        """Every wording of every term in one sentence, with its conditions on context met."""
        found = frozenset(self._set.Match(view) or ())
        if not found:
            return
        candidates = sorted({number for piece in found for number in self._by_piece.get(piece, ())})
        shown: dict[str, bool] = {}
        for number in candidates:
            wording = self._wordings[number]
            if wording.pieces <= found and self._fits(wording.pattern, found, shown):
                yield from _spans(wording, view)

    def shows(self, name: str, view: str) -> bool:
        """Whether a sentence shows a cue class; for the tests of the cues."""
        return self._shows(name, frozenset(self._set.Match(view) or ()), {})

    def _fits(self, pattern: Pattern, found: frozenset[int], shown: dict[str, bool]) -> bool:
        if any(self._shows(name, found, shown) for name in pattern.unless):
            return False
        return not pattern.needs or any(self._shows(name, found, shown) for name in pattern.needs)

    def _shows(self, name: str, found: frozenset[int], shown: dict[str, bool]) -> bool:
        if name not in shown:
            row = cues().classes[name]
            shown[name] = (
                any(needed <= found for needed in self._classes[name]) or any(self._shows(other, found, shown) for other in row.of)
            ) and not any(self._shows(other, found, shown) for other in row.unless)
        return shown[name]

    def _number(self, piece: str) -> int:
        return self._numbers.setdefault(piece, len(self._numbers))

    def _read_wordings(self) -> Iterator[Wording]:
        words = cues().words
        for term in catalogue():
            rows = [(pattern, wording) for pattern in term.patterns for wording in pattern.any]
            for rank, (pattern, wording) in enumerate(rows):
                numbers = frozenset(map(self._number, pieces(wording, words)))
                yield Wording(term, pattern, rank, whole(wording, words, pattern.within), numbers)

    def _index(self) -> dict[int, list[int]]:
        """Wordings by one of their pieces: the last, which is the telling one more often than not."""
        by_piece: dict[int, list[int]] = {}
        for number, wording in enumerate(self._wordings):
            by_piece.setdefault(max(wording.pieces), []).append(number)
        return by_piece


@cache
def matcher() -> Matcher:
    """The one matcher of this process."""
    return Matcher()


def _compiled(expressions: tuple[str, ...]) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    compiled = re2.Set.SearchSet(options)
    for expression in expressions:
        compiled.Add(expression)
    compiled.Compile()
    return compiled


def _spans(wording: Wording, view: str) -> Iterator[Hit]:
    for count, match in enumerate(_regex(wording.source).finditer(view)):
        if count == _MOST_SPANS:
            return
        yield Hit(wording.term, wording.pattern, wording.rank, match.start(), match.end())


@cache
def _regex(source: str) -> Any:
    return re2.compile(source)
