"""The unit that follows a sum: "/hr", "per finished hour", "for an 8-hour day", "per 1,000 words", "pa", "flat"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from crawler.findings import pay_hours, pay_numerals
from crawler.findings.pay_grammar import grammar
from crawler.findings.pay_marks import marks
from crawler.findings.pay_rate import Per
from crawler.findings.pay_vocabulary import units
from crawler.records import Quantity

_GAP = re.compile(r"[ \t\u00a0*_\\]{0,4}\n?[ \t*_|)\]]{0,4}")
_BELOW = re.compile(r"[ ]{0,3}\n[ ]{0,3}\n[ ]{0,3}(?=per |/ ?(?:h|y)|hourly|an hour|a year|annually|yearly)")  # a field of its own
_COUNT = re.compile(r"[ (]?(?:~|about |approx\.? ?|roughly )?(\d[\d,.]*\d|\d)([ -]?k\b)?(?:[-–](\d{1,6}))?[ -]?(?:\+ )?")
_COUNT_WORD = re.compile(
    r"(hundred|thousand|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety|half)[ -](?!day)"
)
_NOUN_WORD = re.compile(r"[ -]?([^\W\d_]{1,24}\.?)")
_PHRASE = re.compile(r"[^\W\d_][^\s,;:|()\[\]*!?+]{0,24}(?:[ ][^\W\d_]{1,16}){0,2}")
_LUMP = frozenset({"project", "session", "task"})  # said of a sum on its own line only
_FOR_LENGTH = re.compile(r"for (?=\d{1,3}[ -]?(?:min|minute|hour|hr)s?[ -][a-z])")
_TIMES = frozenset({"hour", "day", "week", "month", "year"})
_RUN_ON = re.compile(r"(hour|day|week|month|year)(?!s?$|ly|end|day|time|light|care|book|break|off)[^\W\d_]{3,}")  # "an hourPart-time"
_LASTING = frozenset({"day", "week", "month", "year"})


@cache
def _nouns() -> Mapping[str, str]:
    return {noun: unit.id for unit in units().values() for noun in unit.nouns}


@cache
def _marks() -> Mapping[str, str]:
    return {mark: unit.id for unit in units().values() for mark in unit.marks}


@cache
def _connector() -> re.Pattern[str]:
    words = sorted((*grammar().firm, *grammar().loose), key=len, reverse=True)
    spelled = "|".join(re.escape(word) + (r"(?!\w)[ *]?" if word[-1].isalpha() else "[ ]?") for word in words)
    return re.compile(spelled)


@cache
def _filler() -> re.Pattern[str]:
    words = sorted(grammar().fillers, key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)[ ,]{0,2}")


def noun(phrase: str) -> str | None:
    """The unit of a noun in the singular or plural, else `None`."""
    table = _nouns()
    return table.get(phrase) or (table.get(phrase[:-1]) if phrase.endswith("s") else None) or table.get(phrase.removesuffix("es"))


def after(folded: str, at: int) -> Per | None:
    """The unit that begins right after `at`, or `None`."""
    below = _BELOW.match(folded, at)
    first = pay_hours.short_day(folded, at) or pay_hours.abroad(folded, at)
    return first or _connected(folded, below.end() if below else at) or pay_hours.for_hours(folded, at)


def _connected(folded: str, at: int) -> Per | None:
    pos = _skip(folded, at)
    person = False
    for _ in range(3):
        connector = _connector().match(folded, pos)
        unit = _unit(folded, connector.end(), connector.group().strip(" *")) if connector else None
        found = unit or _mark(folded, pos) or _of_stated_length(folded, pos)
        if found and found.unit in _LUMP and "\n" in folded[at:pos]:
            return None  # "£250\nUsage: £1,500"
        if found is None or not found.person or found.unit:
            return replace(found, person=True) if found and person else found or (Per(None, pos, person=True) if person else None)
        person, pos = True, _skip(folded, found.end)
    return None


def _skip(folded: str, at: int) -> int:
    """Past blanks and at most two small words."""
    gap = _GAP.match(folded, at)
    pos = gap.end() if gap else at
    for _ in range(2):
        filler = _filler().match(folded, pos)
        if filler is None or not _unit_follows(folded, filler.end(), "," in filler.group()):
            break
        pos = filler.end()
    return pos


def _unit_follows(folded: str, at: int, comma: bool) -> bool:
    """Does a unit follow a small word? After a comma it needs a connector: "£250 fee, PA provided"."""
    return bool(_connector().match(folded, at) or _filler().match(folded, at) or (not comma and _mark(folded, at)))


def _mark(folded: str, pos: int) -> Per | None:
    """A spelling that needs no "per": "hourly", "p/h", "PFH", "flat"."""
    match = _PHRASE.match(folded, pos)
    words = match.group().split(" ") if match else []
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        for spelling in (phrase, phrase.rstrip(".")):
            if spelling in _marks():
                return Per(_marks()[spelling], pos + len(spelling), words=spelling)
    return None


def _unit(folded: str, pos: int, connector: str) -> Per | None:
    """The noun phrase after a connector: a count, adjectives, then a noun."""
    count, span, pos = _count(folded, pos)
    words = _words(folded, pos)
    if words and count and words[0][0] in ("hour", "hr", "minute", "min") and len(words) > 1:
        return _of_length(words, count, span, connector)
    skip = 0
    while True:
        found = _known(words[skip:])
        if found or skip >= len(words) or words[skip][0] not in grammar().adjectives:
            break
        skip += 1
    if found is None and words and (glued := _RUN_ON.match(words[skip][0] if skip < len(words) else "")):
        found = Per(glued[1], words[skip][1] - len(words[skip][0]) + len(glued[1]))
    if found and found.unit in ("month", "year") and connector == "for one":
        count = 1.0  # a licence of that length, not a rate
    if found and count and connector in grammar().loose and found.unit in _LASTING:
        return Per("project", found.end, quantity=Quantity(count, span or count, found.unit, "estimate"))  # "for a 3-month term"
    length = pay_hours.of_count(found.unit, count, found.end) if found and found.unit and count and span is None else None
    if length:
        return length
    if found:
        return replace(found, divisor=count or 1.0, words=connector)
    unknown = _mark(folded, pos) or _unknown(words[skip:], connector)
    return replace(unknown, divisor=count) if unknown and count else unknown


def _count(folded: str, pos: int) -> tuple[float | None, float | None, int]:
    """A number between "per" and its noun: "1,000 words", "thousand words", "8-hour day"."""
    match = _COUNT.match(folded, pos)
    if match:
        value = pay_numerals.value(match.group(1))
        upper = float(match.group(3)) if match.group(3) else None
        return (value * 1000 if value and match.group(2) else value), upper, match.end()
    word = _COUNT_WORD.match(folded, pos)
    return (pay_numerals.in_words([word.group(1)]), None, word.end()) if word else (None, None, pos)


def _words(folded: str, pos: int) -> list[tuple[str, int]]:
    """Up to five words with where each ends; hyphens part words."""
    found: list[tuple[str, int]] = []
    while len(found) < 5 and (match := _NOUN_WORD.match(folded, pos)):
        found.append((match.group(1).rstrip("."), match.end() - match.group(1).endswith(".")))
        pos = match.end()
        if match.group(1).endswith("."):
            break
    return found


def _of_stated_length(folded: str, pos: int) -> Per | None:
    """ "for 75-minute online discussion": a length and a session need no article."""
    length = _FOR_LENGTH.match(folded, pos)
    found = _unit(folded, length.end(), "for a") if length else None
    return found if found and found.unit == "session" and found.quantity else None


def _known(words: Sequence[tuple[str, int]]) -> Per | None:
    for size in range(min(4, len(words)), 0, -1):
        phrase = " ".join(word for word, _ in words[:size])
        unit = noun(phrase)
        if unit and unit not in _TIMES and size < len(words) and words[size][0] in (*_TIMES, "session"):
            return Per(words[size][0], words[size][1])  # "per rehearsal week"
        if unit:
            return Per(unit, words[size - 1][1])
        if phrase in grammar().people or phrase.removesuffix("s") in grammar().people:
            return Per(None, words[size - 1][1], person=True)
    return None


def _unknown(words: Sequence[tuple[str, int]], connector: str) -> Per | None:
    """A noun we do not know: a task after a firm word, unless it is one that prices are per."""
    if not words or connector not in grammar().firm:
        return None
    word, end = words[0]
    if len(word) == 1 and len(words) > 1:
        word, end = words[1]
    if word in grammar().no_nouns or word in marks():
        return None
    if word.removesuffix("s") in grammar().priced or word in grammar().priced:
        return Per(None, end, priced=True)
    return Per("task", end, words=connector) if len(word) > 2 else None


def _of_length(words: Sequence[tuple[str, int]], count: float, upper: float | None, connector: str) -> Per | None:
    """ "per 8-hour day", "for a two-hour session": the unit and how long it is."""
    length_unit = "hour" if words[0][0] in ("hour", "hr") else "minute"
    found = next((known for skip in range(1, len(words)) if (known := _known(words[skip:]))), None)
    if span := next((end for word, end in words[1:3] if word in grammar().spans), None):
        found = Per("session", span)
    if found is None or found.unit is None:
        return Per(length_unit, words[0][1], divisor=count) if connector in grammar().firm else None
    return replace(found, quantity=Quantity(count, upper or count, length_unit, "session"))
