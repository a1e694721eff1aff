"""JSON-LD in a page, read in three tiers: as JSON, as JSON with raw control characters in its strings, and repaired."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from json_repair import repair_json
from selectolax.lexbor import LexborHTMLParser

from crawler.records import Problem

SCRIPT = 'script[type*="ld+json" i]'
REPAIR_LIMIT = 500_000  # characters; repairing is slow
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def objects(tree: LexborHTMLParser, kind: str, url: str) -> tuple[list[Mapping[str, Any]], tuple[Problem, ...]]:
    """Every object of every JSON-LD script, also those in lists and @graph; Problems for what was repaired or unreadable."""
    found: list[Mapping[str, Any]] = []
    problems: list[Problem] = []
    for script in tree.css(SCRIPT):
        value, problem = _value(script.text(), kind, url)
        found += _flat(value)
        problems += [problem] if problem else []
    return found, tuple(problems)


def _value(raw: str, kind: str, url: str) -> tuple[Any, Problem | None]:
    """The value of one script and what had to be done for it."""
    raw = _WRAPPING.sub("", raw).strip().rstrip(";")
    for strict in (True, False):
        try:
            return json.loads(raw, strict=strict), None
        except (ValueError, RecursionError):
            continue
    return _repaired(raw, kind, url)


def _repaired(raw: str, kind: str, url: str) -> tuple[Any, Problem | None]:
    if "JobPosting" not in raw or len(raw) > REPAIR_LIMIT:
        return None, Problem(f"{kind}.json", f"JSON-LD that is not JSON: {raw[:80]!r}", url)
    try:
        value = repair_json(raw, return_objects=True)
    except (ValueError, RecursionError):
        value = None
    if value in (None, "", [], {}):
        return None, Problem(f"{kind}.json", f"JSON-LD beyond repair: {raw[:80]!r}", url)
    return value, Problem(f"{kind}.repaired", "broken JSON-LD, read after a repair: check its words", url)


def _flat(value: Any) -> Iterator[Mapping[str, Any]]:
    """Objects in document order, out of nested lists, @graph and the wrappers that pages put postings in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, Mapping):
            yield one
            waiting += [one[key] for key in ("itemListElement", "item", "mainEntity", "@graph") if key in one]


def is_a(value: Mapping[str, Any], kind: str) -> bool:
    """Whether an object's @type is, or has among others, this one, with or without a schema.org prefix."""
    types = value.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and re.split(r"[/:#]", one)[-1] == kind for one in named)
