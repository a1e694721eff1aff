"""Which wordings a stretch of text holds, in three steps, each for what the one before has left.

A screen tells by the words of the stretch which wordings it could hold (`screen`); each of those is looked for; and only where it
stands are its matches found. One automaton of all wordings (`re2.Set`) is slow on texts that were never seen before, as its states are
built anew for each; so is a filter by letters (`re2.Filter`) once there are a thousand wordings. All steps are linear in the length of
the stretch, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

import re2

from crawler.findings.cues import CueClass, cues
from crawler.findings.gates import each_word
from crawler.findings.needs import Group, Needs
from crawler.findings.screen import Screen
from crawler.findings.term_files import Pattern, TermFile, catalogue
from crawler.findings.wording import regex

_MEMORY = 16 << 20  # bytes for the automaton of one wording; beyond it re2 falls back to a slower linear search
_KEPT = 4096  # stretches remembered; boilerplate repeats from posting to posting
_MOST_SPANS = 20  # of one wording in one sentence
_CLASS_GAP = 120  # characters in a gap of a cue class


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found at view[start:end]. rank: its place in the term file; a file names its plainest words first."""

    term: TermFile
    pattern: Pattern
    rank: int
    start: int
    end: int


@dataclass(slots=True)
class Context:
    """The cue classes of one sentence (its plain view), looked up when first asked for."""

    view: str
    shown: dict[str, bool] = field(default_factory=dict)

    def shows(self, name: str) -> bool:
        """Whether the sentence shows a cue class that no other class outweighs."""
        if name not in self.shown:
            self.shown[name] = self._shows(cues().classes[name])
        return self.shown[name]

    def fits(self, pattern: Pattern) -> bool:
        """Whether a pattern's conditions on its sentence are met; a sentence that talks about terms has none."""
        if self.shows("discussion") or any(map(self.shows, pattern.unless)):
            return False
        return not pattern.needs or any(map(self.shows, pattern.needs))

    def _shows(self, row: CueClass) -> bool:
        shown = bool(row.any and _class_wordings(row.name).search(self.view.encode())) or any(map(self.shows, row.of))
        return shown and not any(map(self.shows, row.unless))


@dataclass(frozen=True)
class Wording:
    """One wording of a term. rank: its place in the term's file. Its expressions are compiled when a text first has the words for it."""

    term: TermFile
    pattern: Pattern
    rank: int
    words: str

    @property
    def source(self) -> bytes:
        """The wording as google-re2."""
        return regex(self.words, cues().words, self.pattern.within).encode()

    @cached_property
    def stands_in(self) -> Any:
        """Whether the wording stands in raw words; a set of one is the cheapest way to ask."""
        alone = re2.Set.SearchSet(_options())
        alone.Add(self.source)
        alone.Compile()
        return alone.Match

    @cached_property
    def expression(self) -> Any:
        """Where it stands."""
        return re2.compile(self.source, _options())


@lru_cache(maxsize=_KEPT)
def wordings_in(view: str) -> tuple[int, ...]:
    """The numbers of all wordings that stand somewhere in a stretch of a view, in order."""
    raw, wordings = view.encode(), term_wordings()
    return tuple([number for number in _screen().possible(each_word(raw)) if wordings[number].stands_in(raw)])


def hits(view: str, numbers: Iterable[int]) -> Iterator[Hit]:
    """Every match of these wordings in one sentence whose conditions on context are met."""
    raw, context, wordings = view.encode(), Context(view), term_wordings()
    for number in numbers:
        wording = wordings[number]
        spans = list(_spans(wording.expression, raw))
        if spans and context.fits(wording.pattern):
            for start, end in spans:
                yield Hit(wording.term, wording.pattern, wording.rank, start, end)


def _spans(expression: Any, raw: bytes) -> Iterator[tuple[int, int]]:
    for count, match in enumerate(expression.finditer(raw)):
        if count == _MOST_SPANS:
            return
        yield match.span()


@cache
def term_wordings() -> tuple[Wording, ...]:
    """All wordings of all terms; their numbers are their places here."""
    found: list[Wording] = []
    for term in catalogue():
        worded = [(pattern, words) for pattern in term.patterns for words in pattern.any]
        found += [Wording(term, pattern, rank, words) for rank, (pattern, words) in enumerate(worded)]
    return tuple(found)


def needed_words(wording: Wording) -> tuple[Group, ...]:
    """What words a stretch must have for a wording: one of each group."""
    return _needs().of(f" {wording.words} ")


@cache
def _needs() -> Needs:
    return Needs(cues().words)


@cache
def _screen() -> Screen:
    return Screen(map(needed_words, term_wordings()))


@cache
def _class_wordings(name: str) -> Any:
    """All wordings of a cue class as one expression, compiled when a sentence first asks for it."""
    return re2.compile("|".join(regex(wording, cues().words, _CLASS_GAP) for wording in cues().classes[name].any).encode(), _options())


@cache
def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
