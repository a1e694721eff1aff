"""What a found wording says once the words around it are heard: granted, limited or denied.

After NegEx (Chapman and others, 2001): a cue turns what stands in its scope, look-alike cues turn nothing, and some words end the scope.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from crawler.findings.cues import Turn, cues, expression
from crawler.findings.matching import Hit
from crawler.records import Polarity

_REACH_CLOSE = 28  # characters before a hit in which a bare "no" or "without" still belongs to it
_REACH_AFTER = 60  # characters a denial may follow the hit by ("... is not permitted")
_REACH_CONDITION = 140  # characters a condition may stand off
_PREFIX = re.compile(r"\bnon[ -]*$")
_ASIDE = re.compile(r"\([^()]*\)")
# "cloning and resale are forbidden"
_JOINED = re.compile(r"(?:,? (?:and|or|nor)(?: [\w'-]+){1,5}?|, [\w'-]+(?: [\w'-]+){0,3}?){1,3}(?= are )")


def polarity(view: str, hit: Hit) -> Polarity | None:
    """The polarity of a hit in its sentence; `None` where the turned words say nothing of the term."""
    pattern = hit.pattern
    if _PREFIX.search(view, max(0, hit.start - 6), hit.start):
        return None  # "non-transferable" is a wording of its own, and no transfer where a class shuts that wording out
    if pattern.negated is pattern.polarity and pattern.conditioned is pattern.polarity:
        return pattern.polarity
    before, after = _scope(view, hit)
    if _binds_the_performer(before, hit):
        return None
    conditioned = shows("condition_before", before) or shows("condition_after", after)
    if not _negated(before, after, hit):
        return pattern.conditioned if conditioned else pattern.polarity
    if conditioned and pattern.negated is Polarity.DENIED:
        return Polarity.LIMITED  # barred unless permitted
    return pattern.conditioned if conditioned and pattern.negated else pattern.negated


def _binds_the_performer(before: str, hit: Hit) -> bool:
    """Whether a right is named in what the performer may not do for others: that says nothing of what the hirer may do."""
    granted = hit.pattern.polarity is Polarity.GRANTED and hit.pattern.negated is Polarity.DENIED
    return granted and hit.term.group == "rights" and shows("bound", before)


def _negated(before: str, after: str, hit: Hit) -> bool:
    """Whether a negation reaches the hit; `before` runs to the end of the hit ("will not be recorded" holds its own)."""
    length = hit.end - hit.start
    return (
        shows("negation", before[-(hit.pattern.reach + length) :])
        or shows("negation_close", before[-(_REACH_CLOSE + length) : -length])
        or shows("negation_after", _said_of_it(after))
    )


def _said_of_it(after: str) -> str:
    """What is said after a hit of the hit itself, not of what follows an "and"; of two things in one breath it is said of both."""
    joined = _JOINED.match(after)
    start = joined.end() if joined else 0
    return after[start : start + _REACH_AFTER].partition(" and ")[0]


def _scope(view: str, hit: Hit) -> tuple[str, str]:
    """The words of the same clause up to the end of a hit, and after it, without asides in brackets."""
    before = _ASIDE.sub(" ", view[max(0, hit.start - _REACH_CONDITION) : hit.start]) + view[hit.start : hit.end]
    after = view[hit.end : hit.end + _REACH_CONDITION]
    ends = _expressions("scope_end")[0]
    starts = [end.end() for end in ends.finditer(before.encode())]
    before = before[starts[-1] :] if starts else before
    stop = ends.search(after.encode())
    return before, after[: stop.start()] if stop else after


def shows(name: str, words: str) -> bool:
    """Whether a turn stands in words of a plain view; its look-alikes are taken out first."""
    turn, pseudo = _expressions(name)
    raw = words.encode()
    return bool(turn.search(raw)) and bool(turn.search(pseudo.sub(b" ", raw)))


@cache
def _expressions(name: str) -> tuple[Any, Any]:
    turn: Turn = cues().turns[name]
    return expression(turn.any), expression(turn.pseudo)
