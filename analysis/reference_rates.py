"""Reference rates: what unions and producers agreed, each with its dates and where it was read. One file an agreement in `rates/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError

FOLDER = Path(__file__).with_name("rates")
CERTAINTIES = ("stated", "approximate", "computed", "no figure")


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """One rate. amount is for one unit; `None` where only a percentage has been read. hours: in one unit, where the source says.

    rank: lower comes first among rates in force on one day. for_currencies: offers it is compared with, "*" for any without one of its own.
    """

    id: str
    body: str
    agreement: str
    place: str
    work: str
    amount: float | None
    currency: str
    unit: str
    hours: float | None
    valid_from: str
    valid_to: str
    certainty: str
    citation: str
    note: str | None
    rank: int
    for_currencies: tuple[str, ...]


@cache
def rates(folder: Path = FOLDER) -> tuple[ReferenceRate, ...]:
    """Every rate of every file, in order of file and of its place there. Raises `ConfigError` for a key or value that is wrong."""
    return tuple(rate for path in sorted(folder.glob("*.toml")) for rate in _read(path))


def _read(path: Path) -> list[ReferenceRate]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    shared = {key: value for key, value in table.items() if key != "rate"}
    return [_rate(path, shared | row) for row in table.get("rate", [])]


def _rate(path: Path, row: dict[str, Any]) -> ReferenceRate:
    values = {"amount": None, "hours": None, "note": None} | row
    values["valid_from"], values["valid_to"] = str(values.pop("from", "")), str(values.pop("to", ""))
    values["for_currencies"] = tuple(values.get("for_currencies", ()))
    known = {field.name for field in fields(ReferenceRate)}
    wrong = sorted(known ^ values.keys())
    if wrong:
        raise ConfigError(f"{path.name}: rate {values.get('id', '?')!r}: unknown or missing: {', '.join(wrong)}")
    if values["certainty"] not in CERTAINTIES:
        raise ConfigError(f"{path.name}: rate {values['id']!r}: certainty is one of {', '.join(CERTAINTIES)}, not {values['certainty']!r}")
    return ReferenceRate(**values)
