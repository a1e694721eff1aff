"""The site as data: `site.toml`, read once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SITE = Path(__file__).parent / "site.toml"
CONTROLS = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564), "�")
"""Signs that turn the writing direction, and what stands for them on a page."""


@cache
def site() -> Mapping[str, Any]:
    """Everything in `site.toml`."""
    return tomllib.loads(SITE.read_text("utf-8"))


@cache
def worked() -> tuple[Mapping[str, str], ...]:
    """The worked questions of `worked.toml`: title, saved (a path), words and sql of each."""
    return tuple(tomllib.loads((SITE.parent / "worked.toml").read_text("utf-8"))["question"])


def kind_of(modalities: str | None) -> str | None:
    """The kind of work, from a JSON list of modalities. None where none is known."""
    found = set(json.loads(modalities or "[]"))
    for kind, needs in site()["kinds"].items():
        if found.issuperset(needs):
            return str(kind)
    return None
