"""Countries of ISO 3166-1, and the states of the United States and Canada of ISO 3166-2: a small table made from pycountry.

Reading the table takes a tenth of the time that pycountry needs to load. A test compares the two; after an update of pycountry
`python -m crawler.findings.countries` writes the table anew.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "countries.toml"
FEDERATIONS = ("US", "CA")


@dataclass(frozen=True, slots=True)
class Countries:
    """names: alpha-2 code -> every English name; alpha_3: alpha-3 code -> alpha-2; states: country -> code -> name."""

    names: Mapping[str, tuple[str, ...]]
    alpha_3: Mapping[str, str]
    states: Mapping[str, Mapping[str, str]]


@cache
def countries() -> Countries:
    """The table as it is kept."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return Countries({code: tuple(names) for code, names in data["names"].items()}, data["alpha_3"], data["states"])


def from_pycountry() -> dict[str, Any]:
    """The table as pycountry has it today."""
    import pycountry

    listed: list[Any] = sorted(pycountry.countries, key=lambda each: str(each.alpha_2))
    divisions: Any = pycountry.subdivisions
    return {
        "names": {each.alpha_2: _names(each) for each in listed},
        "alpha_3": {each.alpha_3: each.alpha_2 for each in listed},
        "states": {of: {each.code[3:]: each.name for each in sorted(divisions.get(country_code=of), key=_code)} for of in FEDERATIONS},
    }


def _names(country: Any) -> list[str]:
    """The short name first, then the others in alphabetical order."""
    others = {getattr(country, kind, country.name) for kind in ("official_name", "common_name")}
    return [country.name, *sorted(others - {country.name})]


def _code(division: Any) -> str:
    return str(division.code)


def as_toml(table: dict[str, Any]) -> str:
    """The table as the text of a TOML file. Strings of JSON are strings of TOML."""
    lines = ["# Made from pycountry by `python -m crawler.findings.countries`; not to be edited by hand."]
    for section in ("names", "alpha_3"):
        lines += ["", f"[{section}]", *_lines(table[section])]
    for of, states in table["states"].items():
        lines += ["", f"[states.{of}]", *_lines(states)]
    return "\n".join(lines) + "\n"


def _lines(section: Mapping[str, Any]) -> list[str]:
    return [f"{code} = {json.dumps(value, ensure_ascii=False)}" for code, value in section.items()]


if __name__ == "__main__":
    DATA.write_text(as_toml(from_pycountry()), encoding="utf-8")
