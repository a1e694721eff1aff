"""Negation: whether the words around a match take it back. The words are data (`negation.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2

DATA = Path(__file__).parent / "negation.toml"

LOOK_BACK = 90
"""Bytes before a match in which a negation still governs it."""

LOOK_AHEAD = 70
"""Bytes after a match in which words may exclude it."""


@dataclass(frozen=True, slots=True)
class _Negation:
    """`negation.toml` as expressions over UTF-8. any: what any negation before or inside a match holds."""

    any: Any
    far: Any
    near: Any
    after: Any
    neither: Any
    clause_end: Any


@cache
def _negation() -> _Negation:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    far, near, after, neither, turns = ("|".join(data[key]) for key in ("far", "near", "after", "neither", "turns"))
    return _Negation(
        any=_compiled(rf"\b(?:{far}|{near})\b|n['’]t\b"),
        far=_compiled(rf"\b(?:{far})\b|n['’]t\b"),
        near=_compiled(rf"\b(?:{near})(?:[\s,]+[^\s.,;:!?]+){{0,6}}\s*$"),
        after=_compiled(rf"^[^.;:!?\n]{{0,40}}\b(?:{after})\b"),
        neither=_compiled(rf"\b(?:{neither})\b"),
        clause_end=_compiled(rf"[.;:!?\n•]|\b(?:{turns})\b"),
    )


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(pattern.encode(), options=options)


@cache
def words() -> frozenset[str]:
    """Words without any of which a text negates nothing."""
    return frozenset(tomllib.loads(DATA.read_text(encoding="utf-8"))["words"].split())


def is_negated(raw: bytes, start: int, end: int) -> bool:
    """True when a negation stands before raw[start:end] (UTF-8) in the same clause or inside it, or the words after exclude it."""
    known = _negation()
    near = max(0, start - LOOK_BACK)
    if known.any.search(raw[near:end]):  # seldom: most matches stand in no sentence with a negation
        before = _last_clause(raw[near:start], known)
        if known.near.search(before) or known.far.search(before + _last_clause(raw[start:end], known)):
            return True
    return bool(known.after.search(raw[end : end + LOOK_AHEAD]))


def _last_clause(stretch: bytes, known: _Negation) -> bytes:
    ends = [found.end() for found in known.clause_end.finditer(stretch)]
    clause = stretch[ends[-1] :] if ends else stretch
    return bytes(known.neither.sub(b"", clause)) if b"no" in clause.lower() else clause
