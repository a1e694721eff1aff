"""Sums that a script speaks: 'Line: "You owe me $300, Frank."' is something to say, not an offer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_OPENING = '"“„«”'
_CLOSING = '"”“»'
_REACH = 200  # characters on either side in which a quotation opens and closes
_NEAR = 40  # characters before and after it in which somebody says that it is a script


def spoken(folded: str, start: int, end: int) -> bool:
    """Does the sum stand within quotation marks that words around them call a line of a script?"""
    left = folded[max(0, start - _REACH) : start].rpartition("\n")[2]
    opening = max(left.rfind(mark) for mark in _OPENING)
    if opening < 0 or (left.count('"') % 2 == 0 and left[opening] == '"'):
        return False
    right = folded[end : end + _REACH].partition("\n")[0]
    closing = min((at for mark in _CLOSING if (at := right.find(mark)) >= 0), default=-1)
    if closing < 0:
        return False
    before, after = _patterns()
    return bool(before.search(left[max(0, opening - _NEAR) : opening]) or after.match(right, closing + 1))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table: Mapping[str, Sequence[str]] = tomllib.loads((Path(__file__).parent / "pay_cues.toml").read_text(encoding="utf-8"))["script"]
    nouns, verbs, who = ("|".join(map(re.escape, table[key])) for key in ("nouns", "verbs", "who"))
    before = rf"\b(?:(?:{nouns})\b(?: \d{{1,4}}[.:)]?)?[^\n.;]{{0,24}}|(?:{who}) (?:{verbs})[,:]? ?)$"
    return re.compile(before), re.compile(rf"[ ,]{{0,3}}(?:[^\W\d_]+ ){{0,2}}(?:{verbs})\b")
