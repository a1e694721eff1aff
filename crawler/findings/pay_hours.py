"""Sums for a length of work in hours: "$150/8", "$90 for 9 hours", "$30hr", "$125/90 min"."""

from __future__ import annotations

import re
from functools import cache

from crawler.findings import pay_numerals
from crawler.findings.pay_grammar import grammar
from crawler.findings.pay_rate import Per
from crawler.records import Quantity

_SHORT_DAY = re.compile(r"[ ]?/[ ]?(\d{1,2})(?: ?(?:hrs?|hours?)(?:[ -]day)?)?(?![\w/.,]\d|[\w/])")
_NOTED = re.compile(r"[ ]\((?P<n>\d{1,2})[ -]?(?:hours?|hrs?)(?P<total>[ ]total)?\)")  # "Shoot: $350 (10 hrs)"
_GLUED = re.compile(r"(?:hrs?|hour|[ ]hr|[ ]hour)(?![^\W_])")
_DAY_HOURS = 14  # "$90 for 9 hours" is a day's pay; more hours than this are a whole job
_TAXED = 16  # characters of "lordi per"
_DAY_LEAST = 4  # and fewer are no day
_SESSION_MINUTES = 20  # "$5 per 10 minutes" is a rate, "$125/90 min" a session


def short_day(folded: str, at: int) -> Per | None:
    """ "$150/8": the trade's shorthand for a day of eight hours."""
    match = _SHORT_DAY.match(folded, at)
    if match is None or not 4 <= int(match.group(1)) <= _DAY_HOURS:
        return None
    hours = float(match.group(1))
    return Per("day", match.end(), quantity=Quantity(hours, hours, "hour", "session"), words="a")


def glued(folded: str, at: int) -> Per | None:
    """ "$30hr": only beside a currency mark."""
    match = _GLUED.match(folded, at)
    return Per("hour", match.end(), words="hr") if match else None


@cache
def _hours(abroad: bool) -> re.Pattern[str]:
    """A length of work in hours: "for only about 9 hours", "minimum for 2 hours", and "für zehn Stunden" where "per" means "for"."""
    for_words = grammar().for_words
    hour_words = grammar().hour_words if abroad else (*grammar().hour_words, "hours?", "hrs?")
    taxes, about, words, hours = ("|".join(each) for each in (grammar().taxes, grammar().about_words, for_words, hour_words))
    return re.compile(
        rf"[ ,]{{0,2}}(?:(?:{taxes}) )?(?:{words})[ ](?:(?:{about}) |~)?(?P<n>\d{{1,3}}|[^\W\d_]{{3,8}})(?:[ -]total)?[ -]?(?:{hours})"
        r"(?P<total> (?:in )?total)?(?![-\w/]| (?:sessions?|days?|shifts?|per|a|of sleep|notice)\b)"
    )


def abroad(folded: str, at: int) -> Per | None:
    """The same where "per" means "for": "90 euro lordi per circa 10 ore"."""
    return for_hours(folded, at, abroad=True) if " per " in folded[at : at + _TAXED] else None


def for_hours(folded: str, at: int, abroad: bool = False) -> Per | None:
    """ "$90 for 9 hours" is a day's pay, "for 19 hours total" the whole job's."""
    match = (_hours(abroad).match(folded, at) or _NOTED.match(folded, at)) if folded.startswith((" ", ","), at) else None
    hours = pay_numerals.value(match["n"]) if match and match["n"].isdigit() else pay_numerals.in_words([match["n"]]) if match else None
    if match is None or not hours or (match.re is _NOTED and not _DAY_LEAST <= hours <= _DAY_HOURS):
        return None
    day = _DAY_LEAST <= hours <= _DAY_HOURS and not match["total"]
    kind = "session" if day else "estimate"
    return Per("day" if day else "project", match.end(), quantity=Quantity(hours, hours, "hour", kind))


def of_count(unit: str, count: float, end: int) -> Per | None:
    """ "/ 10 hrs" is a day's pay and "/90 min" a session's; fewer are a rate."""
    if unit == "hour" and _DAY_LEAST <= count <= _DAY_HOURS:
        return Per("day", end, quantity=Quantity(count, count, "hour", "session"))
    if unit == "minute" and count >= _SESSION_MINUTES:
        return Per("session", end, quantity=Quantity(count, count, "minute", "session"))
    return None
