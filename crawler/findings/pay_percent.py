"""Pay as a share: per cent of revenue, profit or sales."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.findings import pay_cues
from crawler.findings.pay_folding import after, before
from crawler.records import Pay

_SHARE = re.compile(r"(?<![\w.,])(\d{1,2}(?:\.\d{1,2})?)(?:\s?%?\s?(?:-|–|to)\s?(\d{1,3}(?:\.\d{1,2})?))?\s?(?:%|percent\b|per cent\b)")
_BACK = 16  # characters before the sign in which its numbers stand
_SIGN = 9  # characters of the longest sign, and one more
_NEXT = re.compile(r"\W{0,3}[^\W_][^\s]{0,30}")
_MOST = 200  # percentages of one text that are looked at
_MOST_SMALL = 5  # small words between the sign and its noun


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of share. hits: (text, minimum, maximum)."""

    after: pay_cues.Phrases
    hits: Sequence[Sequence[Any]]
    misses: Sequence[str]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "pay_percent.toml").read_text(encoding="utf-8"))


@cache
def shares() -> Mapping[str, Share]:
    """The kinds of share by the qualifier they give."""
    kinds = {key: table for key, table in _table().items() if key != "small"}
    return {key: Share(pay_cues.Phrases(kind["after"]), kind["hits"], kind["misses"]) for key, kind in kinds.items()}


def find(text: str, folded: str, has_sums: bool) -> list[Pay]:
    """Every share that a text offers. has_sums: the text offers sums, so that a share comes on top and has no amount of its own."""
    places = sorted((*_each(folded, "%"), *_each(folded, "percent"), *_each(folded, "per cent")))
    matches = (_SHARE.search(folded, max(0, at - _BACK), at + _SIGN) for at in places)
    found = (_share(text, folded, match, has_sums) for match in matches if match)
    return list({share.start: share for share in found if share}.values())


def _each(folded: str, sign: str) -> Iterator[int]:
    """Where a sign stands, the first few times; str.find is many times faster than a pattern."""
    at = folded.find(sign)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = folded.find(sign, at + 1)


def _share(text: str, folded: str, match: re.Match[str], has_sums: bool) -> Pay | None:
    kind, size = _kind(pay_cues.words(after(folded, match.end())))
    _, own = before(folded, match.start(), 0)
    if kind is None or not (pay_cues.offered(pay_cues.words(own), ()) or not own.strip(" -*•:(")):
        return None
    low = None if has_sums else float(match[1])
    high = None if has_sums else float(match[2] or match[1])
    end = _end(folded, match.end(), size)
    unit = None if has_sums else "percent"
    return Pay(low, high, None, unit, (kind,), None, None, text[match.start() : end], match.start(), end, f"pay-{kind}")


def _kind(words: Sequence[str]) -> tuple[str | None, int]:
    """The kind of share that the words after the sign name, and how many words that takes."""
    for index in range(min(_MOST_SMALL, len(words))):
        for kind, share in shares().items():
            if size := share.after.at(words, index):
                return kind, index + size
        if words[index] not in _table()["small"]:
            return None, 0
    return None, 0


def _end(folded: str, at: int, words: int) -> int:
    """Where the n-th word after `at` ends."""
    for _ in range(words):
        match = _NEXT.match(folded, at)
        at = match.end() if match else at
    return at - 1 if folded[at - 1] in ".,;)" else at
