"""Signals: named groups of words that a text may carry, kept as data.

A signal file (`findings/<folder>/*.toml`) holds `[words]` (shorthand for patterns, used as `{name}`), `[gates]` (lists of words) and
`[[signal]]` tables: `id`, `family`, `patterns` (RE2 syntax, case folded; a blank is any white space), `if` (lists of words: of each, one
word must stand in the match; `word*` takes any common ending), `when` (the same for the text as a whole, to tell its language), `where`
(`title`: titles only; else `text`, which holds for titles too), `negatable` (a negation in the same clause takes it back), `unless`
(words nearby that show another sense), `void` (words inside the match that do), and `hit` and `miss` examples that run as tests. The
words and gates of `words.toml` hold for every file of its folder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.findings.gates import gate, named

SHARED = "words.toml"
_BLANKS = {" ": r"[\s\x{a0}]+", " ?": r"[\s\x{a0}]*"}
_KEYS = {"id", "family", "patterns", "if", "when", "where", "negatable", "unless", "void", "hit", "miss", "note"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One family of wordings: what to look for, where, and whether a negation in its clause takes it back."""

    id: str
    family: str
    patterns: tuple[str, ...]
    gates: tuple[frozenset[str], ...]
    when: tuple[frozenset[str], ...]
    where: str
    negatable: bool
    unless: tuple[str, ...]
    void: tuple[str, ...]
    hit: tuple[str, ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Names for stretches of patterns, and names for lists of words."""

    words: Mapping[str, str] = field(default_factory=dict)
    gates: Mapping[str, str] = field(default_factory=dict)

    def extended(self, data: Mapping[str, Any]) -> Shorthand:
        """With the names of a file added; each may use those defined above it."""
        words, gates = dict(self.words), dict(self.gates)
        for name, value in data.get("words", {}).items():
            words[name] = f"(?:{fill(value, words)})"
        for name, value in data.get("gates", {}).items():
            gates[name] = named(value, gates)
        return Shorthand(words, gates)


def read(folder: Path) -> tuple[Pattern, ...]:
    """Read all signals of a folder in the order of their files.

    Raises ConfigError for an unknown key, a missing one, a name that nothing defines or an id used twice.
    """
    shared = Shorthand()
    if (folder / SHARED).is_file():
        shared = shared.extended(tomllib.loads((folder / SHARED).read_text(encoding="utf-8")))
    found = [pattern for path in sorted(folder.glob("*.toml")) for pattern in _read_file(path, shared)]
    ids = [pattern.id for pattern in found]
    twice = {each for each in ids if ids.count(each) > 1}
    if twice:
        raise ConfigError(f"{folder}: signal ids used twice: {', '.join(sorted(twice))}")
    return tuple(found)


def _read_file(path: Path, shared: Shorthand) -> Iterator[Pattern]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = shared.extended(data) if path.name != SHARED else shared
    for table in data.get("signal", []):
        unknown = set(table) - _KEYS
        if unknown or not {"id", "family", "patterns"} <= set(table):
            raise ConfigError(f"{path}: signal {table.get('id')!r}: unknown or missing keys {sorted(unknown) or ''}")
        try:
            yield _pattern(table, names)
        except KeyError as name:
            raise ConfigError(f"{path}: signal {table['id']!r}: nothing is named {name}") from None


def fill(pattern: str, words: Mapping[str, str]) -> str:
    """Put shorthand in place and let a blank stand for any white space, no-break spaces included."""
    whole = named(pattern, words)
    return re.sub(r"\[[^\]]*\]| \??", lambda found: _BLANKS.get(found.group(), found.group()), whole)


def _pattern(table: Mapping[str, Any], names: Shorthand) -> Pattern:
    def filled(key: str) -> tuple[str, ...]:
        return tuple(fill(pattern, names.words) for pattern in table.get(key, ()))

    def gates(key: str) -> tuple[frozenset[str], ...]:
        return tuple(gate(group, names.gates) for group in table.get(key, ()))

    return Pattern(
        id=table["id"],
        family=table["family"],
        patterns=filled("patterns"),
        gates=gates("if"),
        when=gates("when"),
        where=table.get("where", "text"),
        negatable=table.get("negatable", False),
        unless=filled("unless"),
        void=filled("void"),
        hit=tuple(table.get("hit", ())),
        miss=tuple(table.get("miss", ())),
    )
