"""Where a gig is: country and region of a location line or of a text's head, and whether the work is remote.

Names and codes of countries and of American and Canadian states come from `countries.toml` (made from pycountry), everything else from
`place.toml`. Where words name two countries, or none, the country is `None`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from crawler.findings.countries import countries

DATA = Path(__file__).parent / "place.toml"

LINE = 60
"""Up to this many characters words are a location line, in which lower case may name a place."""

LONGEST = 5
"""Words in the longest name that is looked up."""

NEAR = 2
"""Names before a name that may say which of two meanings it has."""

_WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?", re.UNICODE)
_OPENS = re.compile(r"(?:^|[(,/|;–-])\s*$")
_AFTER_TOWN = re.compile(r"\w,\s*$")
_CLOSES = re.compile(r"\s*(?:$|[),/|;–-])")


@dataclass(frozen=True, slots=True)
class Place:
    """What words say about the place of work. country: ISO 3166 alpha-2; region: a state, or wider than a country; raw: the words.

    city: the first town of the list of towns that is named; smaller towns stay in the raw words.
    """

    raw: str
    city: str | None
    country: str | None
    region: str | None
    remote: bool | None


@dataclass(frozen=True, slots=True)
class _Name:
    """A name found: kind is `country`, `state`, `city`, `region`, `code` (two letters) or `ambiguous`."""

    kind: str
    value: str
    country: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    """Words to search. loose: short enough for lower case to name a place; shouted: capitals only, where "US" may be the pronoun."""

    words: str
    loose: bool
    shouted: bool


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    names: Mapping[str, tuple[_Name, ...]]
    longest: Mapping[str, int]
    states: Mapping[str, _Name]
    codes: frozenset[str]
    not_codes: frozenset[str]
    initials: Mapping[str, _Name]
    remote: re.Pattern[str]
    on_site: re.Pattern[str]


def read(location: str, text: str = "") -> Place:
    """Country and region from the location line, remote or not from it, and from the text where it says nothing."""
    names = _names(location)
    remote_work = remote(location)
    return Place(
        raw=location,
        city=next((name.value for name in names if name.kind == "city"), None),
        country=_country(names),
        region=next((name.value for name in names if name.kind in ("state", "region")), None),
        remote=remote(text) if remote_work is None else remote_work,
    )


def country(text_or_location: str) -> str | None:
    """The one country that the words name, as ISO 3166 alpha-2; None where they name none or several."""
    return _country(_names(text_or_location))


def remote(words: str) -> bool | None:
    """True for remote work, False for work on the spot, None where the words say neither, or both."""
    gazetteer = _gazetteer()
    on_site = gazetteer.on_site.search(words) is not None
    away = gazetteer.remote.search(gazetteer.on_site.sub(" ", words)) is not None
    return away if away != on_site else None


def _country(names: Sequence[_Name]) -> str | None:
    """A country named outright decides, else a state, else a city; an ambiguous name helps only to choose between several."""
    for kinds in (("country", "code"), ("state",), ("city",)):
        found = {name.country for name in names if name.kind in kinds}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _names(words: str) -> list[_Name]:
    found: list[_Name] = []
    tokens = list(_WORD.finditer(words))
    line = _Line(words, loose=len(words) <= LINE, shouted=len(words) > 2 and words.isupper())
    at = 0
    while at < len(tokens):
        size, name = _longest(line, tokens[at : at + LONGEST], found[-NEAR:])
        found += [name] if name else []
        at += size
    return found


def _longest(line: _Line, tokens: Sequence[re.Match[str]], before: Sequence[_Name]) -> tuple[int, _Name | None]:
    """The longest name that starts at the first token, and how many tokens it takes."""
    names, longest = _gazetteer().names, _gazetteer().longest.get(_fold(tokens[0].group()), 0)
    for size in range(min(longest, len(tokens)), 0, -1):
        stretch = line.words[tokens[0].start() : tokens[size - 1].end()]
        found = names.get(_fold(stretch))
        if found and (line.loose or not stretch[0].islower()) and not (line.shouted and stretch in ("US", "IN")):
            return size, _choose(found, before)
    return 1, _coded(line.words, tokens[0], before)


def _choose(found: Sequence[_Name], before: Sequence[_Name]) -> _Name | None:
    """Of a state and a country of one name the state counts after a city of its country; a doubtful name alone never counts."""
    state = next((name for name in found if name.kind == "state"), None)
    if state and any(name.kind == "city" and name.country == state.country for name in before):
        return state
    sure = [name for name in found if name.kind != "ambiguous"]
    return sure[0] if len(sure) == len(found) else None


def _coded(words: str, token: re.Match[str], before: Sequence[_Name]) -> _Name | None:
    """Two or three letters that stand alone, or two between separators: a state after a town, else a country, else in doubt."""
    code, gazetteer = token.group(), _gazetteer()
    if code in gazetteer.initials and not before:
        return gazetteer.initials[code]
    if len(words) <= LINE and words.strip() == code:
        return _country_code(code.upper())
    if len(code) != 2 or not code.isupper() or code in gazetteer.not_codes:
        return None
    ahead = words[max(0, token.start() - LINE) : token.start()]
    if not (_OPENS.search(ahead) and _CLOSES.match(words, token.end())):
        return None
    return _state_or_country(code, ahead, {name.country for name in before if name.kind == "city"})


def _state_or_country(code: str, ahead: str, cities: Set[str | None]) -> _Name | None:
    gazetteer = _gazetteer()
    state = gazetteer.states.get(code)
    if code in gazetteer.codes and (code in cities or not (state or cities)):
        return _Name("code", code, code)
    if state and _AFTER_TOWN.search(ahead) and not remote(ahead):
        return state
    return _Name("code", code, None) if state and not cities else None


def _country_code(code: str) -> _Name | None:
    known = countries()
    found = code if code in known.names else known.alpha_3.get(code)
    return _Name("code", found, found) if found else None


@lru_cache(maxsize=8192)
def _fold(words: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFKD", words) if not unicodedata.combining(each))
    return " ".join(bare.casefold().replace(",", " ").replace(".", "").split())


@cache
def _gazetteer() -> _Gazetteer:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    doubtful = {_fold(name) for name in data["ambiguous"]["names"]}
    names: dict[str, list[_Name]] = {}
    for spelling, name in chain(_country_names(data["countries"]), _states(), _others(data)):
        folded = _fold(spelling)
        kept = _Name("ambiguous", name.value, None) if name.kind == "country" and folded in doubtful else name
        if kept not in names.setdefault(folded, []):
            names[folded].append(kept)
    return _Gazetteer(
        names={folded: tuple(found) for folded, found in names.items()},
        longest=_longest_by_first_word(names),
        states={code: _state(name, of) for of, states in countries().states.items() for code, name in states.items()},
        codes=frozenset(countries().names),
        not_codes=frozenset(data["ambiguous"]["not_codes"]),
        initials={code: _Name("city", town, country) for code, (town, country) in data["initials"].items()},
        remote=re.compile("(?i)" + "|".join(data["remote"]["yes"])),
        on_site=re.compile("(?i)" + "|".join(data["remote"]["no"])),
    )


def _longest_by_first_word(names: Iterable[str]) -> dict[str, int]:
    """The most words a name has that starts with a given word: most words of a text start none."""
    longest: dict[str, int] = {}
    for name in names:
        first, size = name.split(" ", 1)[0], name.count(" ") + 1
        longest[first] = max(size, longest.get(first, 0))
    return longest


def _country_names(others: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, _Name]]:
    for code, spellings in countries().names.items():
        name = _Name("country", spellings[0], code)
        for spelling in sorted({*spellings, *others.get(code, ())}):
            yield spelling, name


def _state(name: str, of: str) -> _Name:
    return _Name("state", name, of)


def _states() -> Iterator[tuple[str, _Name]]:
    for of, states in countries().states.items():
        yield from ((name, _state(name, of)) for name in states.values())


def _others(data: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, _Name]]:
    for region, spellings in data["regions"].items():
        yield from ((spelling, _Name("region", region, None)) for spelling in spellings)
    for code, cities in data["cities"].items():
        yield from ((city, _Name("city", city, code)) for city in cities)
