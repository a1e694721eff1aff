"""The tipster's side of a submitted document: names at signature lines, with every other mention of them, and contact details.

Covered before anything is stored, with as many full blocks, so that offsets stay true. The document's own file is never kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from crawler.redact import BLOCK, redact

DATA = Path(__file__).parent / "signatures.toml"
_NAME = r"([A-Z][\w’'.-]*(?:[ \u00a0](?:(?:van|von|de|der|da|di|la|le|bin|al|el)[ \u00a0])?[A-Z][\w’'.-]*){1,3})"


def strip(text: str, names: Sequence[str] = ()) -> tuple[str, int]:
    """(text without the tipster's side, how many places were covered). names: further names to cover wherever they stand."""
    found = sorted({*names, *signers(text)}, key=len, reverse=True)
    covered = 0
    for name in found:
        text, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", lambda hit: BLOCK * len(hit[0]), text)
        covered += times
    clean = redact(text)
    return clean, covered + len(re.findall(f"{BLOCK}+", clean)) - len(re.findall(f"{BLOCK}+", text))


def signers(text: str) -> tuple[str, ...]:
    """The names of persons at signature lines, in order, each once."""
    not_names = {each.lower() for each in vocabulary()["not_names"]}
    found = (hit[1].strip(" .,") for hit in _lines().finditer(text))
    return tuple(dict.fromkeys(name for name in found if name.lower() not in not_names))


@cache
def _lines() -> re.Pattern[str]:
    words = "|".join(re.escape(each) for each in sorted(vocabulary()["before"], key=len, reverse=True))
    return re.compile(rf"(?m)^[ \t|]*(?i:{words})[ \t]*(?::|_{{2,}})[ \t_]*{_NAME}(?=[ \t]{{2,}}|[ \t]*(?:\||,|_|$|\())")


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `signatures.toml` with their examples."""
    return tomllib.loads(DATA.read_text("utf-8"))
