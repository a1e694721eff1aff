"""Signals: named groups of words that a text may carry, kept as data and found in linear time.

A signal file (`findings/<folder>/*.toml`) holds `[words]` (shorthand for patterns, used as `{name}`) and `[[signal]]` tables:
`id`, `family`, `patterns` (RE2 syntax, case folded; a blank is any white space), `where` (`text`, `title` or `both`), `negatable`
(a negation in the same clause takes it back), `unless` (words nearby that show another sense), and `hit` and `miss` examples that run
as tests. One set says which patterns can hit at all; spans are then sought for those only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import re2

from crawler.errors import ConfigError

NEGATION = Path(__file__).parent / "negation.toml"

SPANS_KEPT = 6
"""Matches kept for each pattern: enough to find one that stands near another signal, few enough to stay linear."""

LOOK_BACK = 70
"""Characters before a match in which a negation still governs it."""

NEARBY = 60
"""Characters on either side of a match in which `unless` words void it."""

GAP_SETS = 4
"""Sets among which patterns with gaps are dealt: fewer and the automaton is rebuilt in mid-text, more and each costs a pass."""

_BLANKS = {" ": r"[\s\x{a0}]+", " ?": r"[\s\x{a0}]*"}
_KEYS = {"id", "family", "patterns", "where", "negatable", "unless", "hit", "miss", "note"}


@dataclass(frozen=True, slots=True)
class _Negation:
    """`negation.toml` as patterns."""

    far: re.Pattern[str]
    near: re.Pattern[str]
    neither: re.Pattern[str]
    clause_end: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One family of wordings: what to look for, where, and whether a negation before it takes it back."""

    id: str
    family: str
    patterns: tuple[str, ...]
    where: str
    negatable: bool
    unless: re.Pattern[str] | None
    hit: tuple[str, ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern found: `where` is `text` or `title`, start and end are character offsets into it."""

    id: str
    family: str
    where: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text to search, with its UTF-8 form. `plain`: one byte a character, so that offsets need no counting."""

    where: str
    text: str
    raw: bytes
    plain: bool

    @classmethod
    def of(cls, where: str, text: str) -> Source:
        """Encode once."""
        raw = text.encode("utf-8", "replace")
        return cls(where, text, raw, len(raw) == len(text))


def read(folder: Path) -> tuple[Pattern, ...]:
    """Read all signals of a folder in the order of their files.

    Raises ConfigError for an unknown key, a missing one or an id used twice.
    """
    found = [pattern for path in sorted(folder.glob("*.toml")) for pattern in _read_file(path)]
    twice = {pattern.id for pattern in found if sum(other.id == pattern.id for other in found) > 1}
    if twice:
        raise ConfigError(f"{folder}: signal ids used twice: {', '.join(sorted(twice))}")
    return tuple(found)


def _read_file(path: Path) -> Iterator[Pattern]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words = _expand_words(data.get("words", {}))
    for table in data.get("signal", []):
        unknown = set(table) - _KEYS
        if unknown or not {"id", "family", "patterns"} <= set(table):
            raise ConfigError(f"{path}: signal {table.get('id')!r}: unknown or missing keys {sorted(unknown) or ''}")
        yield _pattern(table, words)


def _expand_words(words: Mapping[str, str]) -> dict[str, str]:
    """Shorthand may use shorthand defined above it."""
    done: dict[str, str] = {}
    for name, value in words.items():
        done[name] = f"(?:{fill(value, done)})"
    return done


def fill(pattern: str, words: Mapping[str, str]) -> str:
    """Put shorthand in place and let a blank stand for any white space, no-break spaces included."""
    whole = re.sub(r"\{([a-z_]+)\}", lambda found: words[found.group(1)], pattern)
    return re.sub(r"\[[^\]]*\]| \??", lambda found: _BLANKS.get(found.group(), found.group()), whole)


def _pattern(table: Mapping[str, Any], words: Mapping[str, str]) -> Pattern:
    return Pattern(
        id=table["id"],
        family=table["family"],
        patterns=tuple(fill(pattern, words) for pattern in table["patterns"]),
        where=table.get("where", "both"),
        negatable=table.get("negatable", False),
        unless=re.compile("(?i)" + "|".join(table["unless"])) if "unless" in table else None,
        hit=tuple(table.get("hit", ())),
        miss=tuple(table.get("miss", ())),
    )


class Lexicon:
    """All signals of a folder, compiled once: first the set, then spans for what can hit."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._flat = [(pattern, source) for pattern in self.patterns for source in pattern.patterns]
        self._compiled: dict[int, Any] = {}

    @cached_property
    def _sets(self) -> list[tuple[Any, list[int]]]:
        """Sets with the indexes of their patterns. Patterns with gaps stand apart: together they outgrow one automaton."""
        gapped = [index for index, (_, source) in enumerate(self._flat) if "{0," in source]
        plain = sorted(set(range(len(self._flat))) - set(gapped))
        groups = [plain, *(gapped[first::GAP_SETS] for first in range(GAP_SETS))]
        return [(self._build(group), group) for group in groups if group]

    def _build(self, indexes: Iterable[int]) -> Any:
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = 64 << 20
        built = re2.Set.SearchSet(options)
        for index in indexes:
            built.Add(self._flat[index][1])
        built.Compile()
        return built

    @property
    def families(self) -> frozenset[str]:
        """All families that some pattern has."""
        return frozenset(pattern.family for pattern in self.patterns)

    def hits(self, raw: bytes, where: str) -> dict[str, list[int]]:
        """Patterns that occur in `raw` (UTF-8) and are meant for `where`: their indexes by family."""
        found: dict[str, list[int]] = {}
        matched = sorted(group[at] for built, group in self._sets for at in built.Match(raw) or ())
        for index in matched:
            pattern = self._flat[index][0]
            if pattern.where in ("both", where):
                found.setdefault(pattern.family, []).append(index)
        return found

    def first(self, source: Source, indexes: Iterable[int]) -> Sign | None:
        """The first sign of the given patterns that neither a negation nor its neighbours take back."""
        signs = (sign for index in indexes for sign in self._signs(source, index))
        return next(signs, None)

    def _signs(self, source: Source, index: int) -> Iterator[Sign]:
        pattern = self._flat[index][0]
        spans = (found.span() for found in islice(self._one(index).finditer(source.raw), SPANS_KEPT))
        for start, end in spans if source.plain else _to_characters(source.raw, spans):
            if not _taken_back(pattern, source.text, start, end):
                yield Sign(pattern.id, pattern.family, source.where, start, end)

    def _one(self, index: int) -> Any:
        if index not in self._compiled:
            self._compiled[index] = re2.compile(b"(?i)" + self._flat[index][1].encode())
        return self._compiled[index]


def _to_characters(raw: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Byte spans in order of place become character spans, each stretch decoded once."""
    at_byte = at_character = 0
    for start, end in spans:
        first = at_character + len(raw[at_byte:start].decode())
        at_byte, at_character = end, first + len(raw[start:end].decode())
        yield first, at_character


def _taken_back(pattern: Pattern, text: str, start: int, end: int) -> bool:
    if pattern.unless and pattern.unless.search(text, max(0, start - NEARBY), end + NEARBY):
        return True
    return pattern.negatable and _is_negated(text, start, end)


def _is_negated(text: str, start: int, end: int) -> bool:
    """True when a negation stands before the match in the same clause, or inside it."""
    words = _negation()
    before = _last_clause(text[max(0, start - LOOK_BACK) : start], words)
    return bool(words.near.search(before) or words.far.search(before + _last_clause(text[start:end], words)))


def _last_clause(stretch: str, words: _Negation) -> str:
    ends = [found.end() for found in words.clause_end.finditer(stretch)]
    return words.neither.sub("", stretch[ends[-1] :] if ends else stretch)


@cache
def _negation() -> _Negation:
    data = tomllib.loads(NEGATION.read_text(encoding="utf-8"))
    far, near, neither, turns = ("|".join(data[key]) for key in ("far", "near", "neither", "turns"))
    return _Negation(
        far=re.compile(rf"(?i)\b(?:{far})\b|n['’]t\b"),
        near=re.compile(rf"(?i)\b(?:{near})(?: [\w-]+){{0,6}} ?$"),
        neither=re.compile(rf"(?i)\b(?:{neither})\b"),
        clause_end=re.compile(rf"(?i)[.;:!?\n•]|\b(?:{turns})\b"),
    )
