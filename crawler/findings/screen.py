"""A screen before matching: which of many expressions a stretch of text has the words for.

What an expression cannot lack comes from `needs`; no list is kept by hand. Most stretches have the words for few expressions or none,
so that one more expression costs little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from crawler.findings.needs import ANY, STEM, Group

_GROUPS = 4  # groups of an expression that are looked at, those that are the rarest
_REMEMBERED = 50_000  # words that are remembered; a language has not many more

_Row = tuple[int, int]  # an expression: the bits of its groups but the rarest, and its place


class _Said(dict[str, tuple[int, list[_Row]] | None]):
    """What each word says, learnt when it is first met."""

    def __init__(self, learn: Callable[[str], tuple[int, list[_Row]] | None]) -> None:
        self._learn = learn

    def __missing__(self, word: str) -> tuple[int, list[_Row]] | None:
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = self._learn(word)
        return self[word]


class Screen:
    """The groups of words of each expression. An expression is looked at where a word of its rarest group stands."""

    def __init__(self, needs: Iterable[tuple[Group, ...]]) -> None:
        self._bits: dict[str, int] = {}
        self._rows: dict[str, list[_Row]] = {}
        self._always: list[int] = []
        self._fill([_telling(groups) for groups in needs])
        self._stems: dict[str, list[str]] = {}
        for key in self._bits.keys() | self._rows.keys():
            if key.endswith(ANY):
                self._stems.setdefault(key[:STEM], []).append(key)
        self._said = _Said(self._learn)

    def possible(self, words: Iterable[str]) -> list[int]:
        """The places of the expressions that a stretch has the words for, in order. words: see `gates.each_word`."""
        bits: int = 0
        rows: list[_Row] = []
        for each, looked_at in filter(None, map(self._said.__getitem__, words)):
            bits |= each
            rows += looked_at
        found = [at for needed, at in rows if bits & needed == needed] if rows else []
        return sorted({*found, *self._always}) if found else self._always

    def _learn(self, word: str) -> tuple[int, list[_Row]] | None:
        """The bits of a word, and the expressions that are looked at where it stands; `None` where it says nothing."""
        keys = [word, *(key for key in self._stems.get(word[:STEM], ()) if word.startswith(key[:-1]))]
        bits = 0
        for key in keys:
            bits |= self._bits.get(key, 0)
        rows = [row for key in keys for row in self._rows.get(key, ())]
        return (bits, rows) if bits or rows else None

    def _fill(self, expressions: Sequence[Sequence[Group]]) -> None:
        used = Counter(chain.from_iterable(chain.from_iterable(expressions)))
        common = {group: sum([used[word] for word in group]) for group in set(chain.from_iterable(expressions))}
        ranked = [sorted(groups, key=common.__getitem__)[:_GROUPS] for groups in expressions]
        bit = {group: 1 << at for at, group in enumerate(dict.fromkeys(group for groups in ranked for group in groups[1:]))}
        for group, one in bit.items():
            for word in group:
                self._bits[word] = self._bits.get(word, 0) | one
        for at, groups in enumerate(ranked):
            row = sum([bit[group] for group in groups[1:]]), at
            for word in groups[0] if groups else ():
                self._rows.setdefault(word, []).append(row)
            self._always += [] if groups else [at]


def _telling(groups: Sequence[Group]) -> Sequence[Group]:
    """The groups that say something of their own: one that holds all words of another does not."""
    return [group for group in groups if not any(other < group for other in groups)] if len(groups) > 1 else groups
