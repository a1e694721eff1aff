"""Findings of a page as marks in its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.marking import Mark, Segment, segments


def marks(text: str, rows: Iterable[Mapping[str, Any]]) -> list[Segment]:
    """The text in stretches, with the quotes of terms, pay offers and parties marked."""
    return list(segments(text, [mark for mark in map(_mark, rows) if mark]))


def anchor(row: Mapping[str, Any]) -> str:
    """The anchor of a finding on its page: `t12` for a term, `p3` for pay, `y4` for a party."""
    return f"{_letter(row)}{row['id']}"


def look(polarity: str, effect: str) -> str:
    """How a reading is coloured: by what it does to the performer. The word and the symbol say what it is."""
    if polarity == "limited":
        return "limited"
    if polarity not in ("granted", "denied"):
        return "silent"
    if effect == "neutral":
        return "stated"
    return "takes" if (polarity == "granted") == (effect == "takes") else "keeps"


def _letter(row: Mapping[str, Any]) -> str:
    keys = row.keys()
    return "t" if "code" in keys else "p" if "amount_min" in keys else "y"


def _mark(row: Mapping[str, Any]) -> Mark | None:
    if row["start"] is None:
        return None
    letter = _letter(row)
    if letter == "t":
        return Mark(anchor(row), row["start"], row["end"], look(row["polarity"], row["effect"]), f"{row['title']}: {row['polarity']}")
    says = f"pay: {row['pay_words']}" if letter == "p" else f"{row['role'].replace('_', ' ')}: {row['name'] or row['disclosure']}"
    return Mark(anchor(row), row["start"], row["end"], "pay" if letter == "p" else "party", says)
