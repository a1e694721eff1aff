"""The words of pay as data: units from `pay_units.toml`, currencies from `currencies.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_FIELD_NOISE = re.compile(r"[^\w%]+|_|\bper\b|\b1\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of pay. hours: fixed by its definition. least: dollars. hits: (text, minimum, maximum, currency)."""

    id: str
    meaning: str
    hours: float | None = None
    least: float | None = None
    nouns: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    hits: tuple[tuple[Any, ...], ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency. shared: signs that only the country, a place in the text, or `default` can decide.

    shy: spellings that are also everyday words. size: roughly how many make a dollar, to tell a year's pay from a day's.
    """

    code: str
    name: str
    signs: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    cents: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    shy: tuple[str, ...] = ()
    default: bool = False
    comma_decimal: bool = False
    size: float = 1.0


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    """Lists to tuples, so that a record built from TOML cannot be written into."""
    return {key: _tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _tuple(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(value) if isinstance(value, list) else value for value in values)


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by id, in the order of the file."""
    tables = tomllib.loads((FOLDER / "pay_units.toml").read_text(encoding="utf-8"))
    return {key: Unit(id=key, **_frozen(table)) for key, table in tables.items()}


@cache
def currencies() -> Mapping[str, Currency]:
    """Every currency by ISO 4217 code, in the order of the file."""
    tables = tomllib.loads((FOLDER / "currencies.toml").read_text(encoding="utf-8"))
    return {key: Currency(code=key, **_frozen(table)) for key, table in tables.items()}


def _plain(word: str) -> str:
    """A field's spelling without what boards add to it: `1 HOUR` and `PER_HOUR` are both `hour`."""
    return " ".join(_FIELD_NOISE.sub(" ", word.lower()).split())


@cache
def _fields() -> Mapping[str, str]:
    return {_plain(field): unit.id for unit in units().values() for field in unit.fields}


def unit_of_field(word: str | None) -> str | None:
    """The unit that a board's own field names ("HOUR", "per-year-salary", "1 YEAR"), or `None`."""
    return _fields().get(_plain(word)) if word else None


@cache
def _signs() -> Mapping[str, str]:
    return {sign.lower(): c.code for c in currencies().values() for sign in (*c.signs, *c.words, c.code)}


def currency_of_field(word: str | None) -> str | None:
    """The ISO 4217 code of a board's own field: by code or by a sign of its own; else `None`."""
    if not word:
        return None
    known = _signs().get(word.strip().lower())
    return known or (word.strip().upper() if re.fullmatch(r"[A-Za-z]{3}", word.strip()) else None)
