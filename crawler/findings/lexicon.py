"""The lexicon finds signs: where a text carries a signal that nothing around it takes back.

Two steps. The set of the text's words says which signals can hit (`gates`); each of those is then one linear-time search. A sign that a
negation takes back is kept apart, as `not:<family>`: that a use is excluded is a reason too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import re2

from crawler.findings import negation
from crawler.findings.gates import Gates
from crawler.findings.signals import Pattern

MATCHES_READ = 6
"""Matches of a signal that are looked at: enough to pass over some that are taken back, few enough to stay linear."""

NEARBY = 60
"""Bytes on either side of a match in which `unless` words void it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A signal found: `where` is `text` or `title`, start and end are character offsets into it."""

    id: str
    family: str
    where: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text to search, in UTF-8. `plain`: one byte a character, so that offsets need no counting."""

    where: str
    raw: bytes
    plain: bool

    @classmethod
    def of(cls, where: str, text: str) -> Source:
        """Encode once."""
        raw = text.encode("utf-8", "replace")
        return cls(where, raw, len(raw) == len(text))


@dataclass(frozen=True, slots=True)
class _Search:
    """A signal ready to search: one expression for all its patterns."""

    pattern: Pattern
    find: Any
    unless: Any
    void: Any


class Lexicon:
    """All signals of a folder; each is compiled when a text first needs it."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._gates = Gates([negation.words(), *(group for pattern in self.patterns for group in (*pattern.gates, *pattern.when))])
        self._negation = self._gates.needs([negation.words()])
        self._gated = [
            (self._gates.needs((*pattern.gates, *pattern.when)), pattern.family, at)
            for at, pattern in enumerate(self.patterns)
            if pattern.where != "title"
        ]
        self._titles = [at for at, pattern in enumerate(self.patterns) if pattern.where == "title"]
        self._searches: dict[int, _Search] = {}

    @cached_property
    def _title_set(self) -> Any:
        """One expression for all signals of titles: a title is too short to be worth a gate for each."""
        options = re2.Options()
        options.case_sensitive = False
        built = re2.Set.SearchSet(options)
        for at in self._titles:
            built.Add("|".join(self.patterns[at].patterns))
        built.Compile()
        return built

    @cached_property
    def families(self) -> frozenset[str]:
        """All families that some pattern has, and `not:` each that a negation can take back."""
        negatable = {f"not:{pattern.family}" for pattern in self.patterns if pattern.negatable}
        return frozenset(pattern.family for pattern in self.patterns) | negatable

    def possible(self, source: Source) -> tuple[dict[str, list[int]], bool]:
        """Signals by family whose gates the words of a text (or title) open, and whether it has any negation."""
        bits = self._gates.open(source.raw)
        found: dict[str, list[int]] = {}
        for needs, family, at in self._gated:
            if bits & needs == needs:
                found.setdefault(family, []).append(at)
        return found, bool(bits & self._negation)

    def possible_in_title(self, source: Source) -> tuple[dict[str, list[int]], bool]:
        """Signals by family that only titles have, and that this title has."""
        found: dict[str, list[int]] = {}
        for at in sorted(self._titles[hit] for hit in self._title_set.Match(source.raw) or ()):
            found.setdefault(self.patterns[at].family, []).append(at)
        return found, False

    def signs(self, source: Source, possible: Mapping[str, Iterable[int]], negations: bool) -> dict[str, Sign]:
        """The first sign of each family, under its name; where all that was found is negated, the first under `not:` its name."""
        signs: dict[str, Sign] = {}
        for family, indexes in possible.items():
            for sign, holds in self._seen(source, indexes, negations):
                signs.setdefault(family if holds else f"not:{family}", sign)
                if holds:
                    signs.pop(f"not:{family}", None)
                    break
        return signs

    def _seen(self, source: Source, indexes: Iterable[int], negations: bool) -> Iterator[tuple[Sign, bool]]:
        for at in indexes:
            search = self._search(at)
            for found in islice(search.find.finditer(source.raw), MATCHES_READ):
                start, end = found.span()
                if _other_sense(search, source.raw, start, end):
                    continue
                negated = negations and search.pattern.negatable and negation.is_negated(source.raw, start, end)
                yield _sign(search.pattern, source, start, end), not negated

    def _search(self, at: int) -> _Search:
        if at not in self._searches:
            pattern = self.patterns[at]
            self._searches[at] = _Search(pattern, _any_of(pattern.patterns), _any_of(pattern.unless), _any_of(pattern.void))
        return self._searches[at]


def _any_of(patterns: tuple[str, ...]) -> Any:
    if not patterns:
        return None
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 32 << 20
    return re2.compile("|".join(f"(?:{pattern})" for pattern in patterns).encode(), options=options)


def _sign(pattern: Pattern, source: Source, start: int, end: int) -> Sign:
    if not source.plain:
        first = len(source.raw[:start].decode())
        start, end = first, first + len(source.raw[start:end].decode())
    return Sign(pattern.id, pattern.family, source.where, start, end)


def _other_sense(search: _Search, raw: bytes, start: int, end: int) -> bool:
    if search.void and search.void.search(raw[start:end]):
        return True
    return bool(search.unless and search.unless.search(raw, max(0, start - NEARBY), min(len(raw), end + NEARBY)))
