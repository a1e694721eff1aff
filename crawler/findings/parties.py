"""Who is behind a gig, as its words say: platform, collecting company, end client; named, or described only.

Rules are data (`parties.toml`). The poster is a field of the posting and is not sought here. Silence has no row: a text that says
nothing about the end client yields no party of that role, and `disclosure` says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import re2

from crawler.findings import organizations
from crawler.findings.signals import fill
from crawler.records import Disclosure, Party

HERE = Path(__file__).parent

MATCHES_READ = 12
"""Matches read for each pattern: parties are named early and often, and hostile text must not cost more."""

LOOK_BACK = 40
"""Characters before a description in which `unless` words show that it is not about a client."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text names or describes a party."""

    id: str
    role: str
    disclosure: Disclosure
    sources: tuple[str, ...]
    unless: re.Pattern[str] | None
    hit: tuple[tuple[str, str], ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, the set that says which can hit, and what only looks like a name."""

    rules: tuple[Rule, ...]
    patterns: tuple[tuple[int, Any], ...]
    set: Any
    not_names: frozenset[str]


@cache
def rules() -> Rules:
    """Read `parties.toml` and compile it."""
    data = tomllib.loads((HERE / "parties.toml").read_text(encoding="utf-8"))
    words = {name: f"(?:{value})" if name != "name" else value for name, value in data["words"].items()}
    read = tuple(_rule(table, words) for table in data["party"])
    flat = tuple((at, re2.compile(source)) for at, rule in enumerate(read) for source in rule.sources)
    not_names = frozenset(word.casefold() for word in data["not_names"])
    return Rules(read, flat, _set(rule.sources for rule in read), not_names)


def _rule(table: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    unless = table.get("unless")
    return Rule(
        id=table["id"],
        role=table["role"],
        disclosure=Disclosure(table.get("disclosure", "named")),
        sources=tuple(fill(source, words) for source in table["patterns"]),
        unless=re.compile("(?i)" + "|".join(unless)) if unless else None,
        hit=tuple((text, quote) for text, quote in table["hit"]),
        miss=tuple(table["miss"]),
    )


def _set(sources: Iterable[tuple[str, ...]]) -> Any:
    options = re2.Options()
    options.max_mem = 64 << 20
    built = re2.Set.SearchSet(options)
    for source in (source for group in sources for source in group):
        built.Add(source)
    built.Compile()
    return built


def find(text: str) -> list[Party]:
    """All parties that a text names or describes, each name once, in the order of the text."""
    read = rules()
    hits = sorted(read.set.Match(text) or ())
    found = [party for index in hits for party in _parties(read, index, text)]
    seen: dict[str, Party] = {}
    for party in sorted(found, key=_preference):
        seen.setdefault(_identity(party), party)
    return sorted(_settle(list(seen.values())), key=lambda party: party.start or 0)


def disclosure(parties: Iterable[Party], role: str = "end_client") -> Disclosure:
    """How a role is disclosed: by name, by description only, or not stated."""
    kinds = {party.disclosure for party in parties if party.role == role}
    order = (Disclosure.NAMED, Disclosure.UNDISCLOSED)
    return next((kind for kind in order if kind in kinds), Disclosure.NOT_STATED)


def _parties(read: Rules, index: int, text: str) -> Iterator[Party]:
    at, pattern = read.patterns[index]
    rule = read.rules[at]
    for found in islice(pattern.finditer(text), MATCHES_READ):
        named = rule.disclosure is Disclosure.NAMED
        start, end = found.span(1) if named else found.span()
        start, end = _trim(text, start, end)
        name = text[start:end]
        if named and not _is_name(name, read.not_names):
            continue
        if rule.unless and rule.unless.search(text[max(0, start - LOOK_BACK) : end]):
            continue
        yield Party(rule.role, name if named else None, rule.disclosure, name, start, end, rule.id)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an article before, and " of", "&" or a possessive after."""
    span = re.sub(r"(?:\s+(?:of|&)|['’]s?)+$", "", text[start:end])
    kept = re.sub(r"^(?:The|A|An)\s+(?=\w)", "", span)
    return start + len(span) - len(kept), start + len(span)


def _is_name(name: str, not_names: frozenset[str]) -> bool:
    first, *rest = name.casefold().split()
    if name.casefold() in not_names or not any(character.isalpha() for character in name):
        return False
    return not (first in not_names and (not rest or " ".join(rest) in not_names))


def _preference(party: Party) -> tuple[int, int]:
    """Names keep the order of the rules; of several descriptions the first in the text counts, and the longest there."""
    return (0, 0) if party.name else (party.start or 0, -(party.end or 0))


def _identity(party: Party) -> str:
    return organizations.key(party.name) if party.name else f"{party.role}?"


def _settle(parties: list[Party]) -> list[Party]:
    """Give whoever "may use" the recordings a role: the end client where somebody else collects them."""
    collects = any(party.role == "collecting_company" for party in parties)
    role = "end_client" if collects else "collecting_company"
    return [replace(party, role=role) if party.role == "user" else party for party in parties]
