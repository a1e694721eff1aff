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
from crawler.findings.gates import Gates, gate
from crawler.findings.signals import fill
from crawler.records import Disclosure, Party

HERE = Path(__file__).parent

MATCHES_READ = 12
"""Matches read for each pattern: parties are named early and often, and hostile text must not cost more."""

LOOK_BACK = 40
"""Characters before a description in which `unless` words show that it is not about a client."""

_TAIL = re.compile(r"(?:\s+(?:of|&)|['’]s?)+$")
_POSSESSIVE = re.compile(r"[\w.]['’]s ")  # "Brightlark's Studio": a thing of a party, and no name of its own
_ARTICLE = re.compile(r"^(?:The|A|An)\s+(?=\w)")
_OPENS_SENTENCE = re.compile(r"(?:^|[\n.:!?•*#|(>_-])[\s*_#\"“(>]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text names or describes a party."""

    id: str
    role: str
    disclosure: Disclosure
    plain: bool
    sources: tuple[str, ...]
    gates: tuple[tuple[frozenset[str], ...], ...]
    probe: str | None
    unless: re.Pattern[str] | None
    product: re.Pattern[str] | None
    hit: tuple[tuple[str, str], ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """One pattern of a rule. needs: the gates that a text must open for it; probe: cheaper, and found wherever the pattern is."""

    rule: Rule
    needs: int
    probe: Any
    find: Any


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, their patterns in order, the words that say which can hit, and what only looks like a name.

    not_first, not_last: words that open or close a defined term, a reference or a job, never a party.
    """

    rules: tuple[Rule, ...]
    gates: Gates
    searches: tuple[_Search, ...]
    not_names: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]


@cache
def rules() -> Rules:
    """Read `parties.toml` and compile it."""
    data = tomllib.loads((HERE / "parties.toml").read_text(encoding="utf-8"))
    words = {name: f"(?:{value})" if name != "name" else value for name, value in data["words"].items()}
    read = tuple(_rule(table, words, data["gates"]) for table in data["party"])
    gates = Gates(group for rule in read for groups in rule.gates for group in groups)
    searches = tuple(
        _search(rule, source, gates.needs(groups)) for rule in read for source, groups in zip(rule.sources, rule.gates, strict=True)
    )
    not_names, not_first, not_last = (frozenset(map(str.casefold, data[key])) for key in ("not_names", "not_first", "not_last"))
    return Rules(read, gates, searches, not_names, not_first, not_last)


def _search(rule: Rule, source: str, needs: int) -> _Search:
    return _Search(rule, needs, re2.compile(rule.probe.encode()) if rule.probe else None, re2.compile(source.encode()))


def _rule(table: Mapping[str, Any], words: Mapping[str, str], gates: Mapping[str, str]) -> Rule:
    unless = table.get("unless")
    return Rule(
        id=table["id"],
        role=table["role"],
        disclosure=Disclosure(table.get("disclosure", "named")),
        plain=table.get("plain", False),
        sources=tuple(fill(source, words) for source in table["patterns"]),
        gates=tuple(tuple(gate(group, gates) for group in each.split("&")) for each in table["if"]),
        probe=table.get("probe"),
        unless=re.compile("(?i)" + "|".join(unless)) if unless else None,
        product=re.compile(rf"(?i) (?:{table['product']})\b") if "product" in table else None,
        hit=tuple((text, quote) for text, quote in table["hit"]),
        miss=tuple(table["miss"]),
    )


def find(text: str) -> list[Party]:
    """All parties that a text names or describes, each name once, in the order of the text."""
    read = rules()
    raw = text.encode("utf-8", "replace")
    bits = read.gates.open(raw)
    found = [party for each in read.searches if bits & each.needs == each.needs for party in _parties(read, each, text, raw)]
    seen: dict[str, Party] = {}
    for party in sorted(found, key=_preference):
        seen.setdefault(_identity(party), party)
    return sorted(_settle(_without_short_forms(list(seen.values()))), key=lambda party: party.start or 0)


def _without_short_forms(parties: list[Party]) -> list[Party]:
    """Without names that only shorten another of the same text ("Brightlark" beside "Brightlark Audio Ltd")."""
    names = [party.name for party in parties if party.name]
    return [party for party in parties if not any(other.startswith(f"{party.name} ") for other in names)]


def disclosure(parties: Iterable[Party], role: str = "end_client") -> Disclosure:
    """How a role is disclosed: by name, by description only, or not stated."""
    kinds = {party.disclosure for party in parties if party.role == role}
    order = (Disclosure.NAMED, Disclosure.UNDISCLOSED)
    return next((kind for kind in order if kind in kinds), Disclosure.NOT_STATED)


def _parties(read: Rules, search: _Search, text: str, raw: bytes) -> Iterator[Party]:
    rule = search.rule
    if search.probe and not search.probe.search(raw):
        return
    named = rule.disclosure is Disclosure.NAMED
    for found in islice(search.find.finditer(raw), MATCHES_READ):
        start, end = _trim(text, *_characters(raw, len(raw) == len(text), *found.span(1 if named else 0)))
        name = text[start:end]
        if named and (not _is_name(name, read) or text[end : end + 1].isalpha() or (rule.plain and _is_ordinary(text, start, end))):
            continue
        if rule.product and rule.product.match(text, end):
            continue
        if rule.unless and rule.unless.search(text[max(0, start - LOOK_BACK) : end]):
            continue
        yield Party(rule.role, name if named else None, rule.disclosure, name, start, end, rule.id)
        if not named:
            return  # of several descriptions the first counts


def _characters(raw: bytes, plain: bool, start: int, end: int) -> tuple[int, int]:
    """A span of bytes as one of characters."""
    if plain:
        return start, end
    first = len(raw[:start].decode())
    return first, first + len(raw[start:end].decode())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an article before, and " of", "&" or a possessive after."""
    span = _TAIL.sub("", text[start:end])
    kept = _ARTICLE.sub("", span)
    return start + len(span) - len(kept), start + len(span)


def _is_name(name: str, read: Rules) -> bool:
    first, *rest = name.casefold().split()
    if name.casefold() in read.not_names or not any(character.isalpha() for character in name) or _POSSESSIVE.search(name):
        return False
    if first in read.not_first or (rest and rest[-1] in read.not_last) or (first[0].isdigit() and "." in first):
        return False
    return not (first in read.not_names and (not rest or " ".join(rest) in read.not_names))


def _is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is an ordinary word: at the head of a sentence, or all in capitals ("for ONE voice").

    An ordinary word stands in small letters elsewhere in the text (not in an address), and nowhere with a capital amid a sentence.
    """
    name = text[start:end]
    if not name.isalpha() or not (name.isupper() or _OPENS_SENTENCE.search(text, max(0, start - 12), start)):
        return False
    small = re.search(rf"(?<![\w./@-]){name.lower()}(?![\w/@-]|\.\w)", text)
    return bool(small) and not re.search(rf"[a-z,] {name.capitalize()}(?!\w)", text)


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
