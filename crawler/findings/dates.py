"""The day that a board's words mean: ISO, RFC 2822, epoch seconds or milliseconds, "Posted 3 Days Ago". Unclear words give `None`.

Raw words are kept by the caller. A date without a year is the nearest to today; numeric dates whose order cannot be told ("03/04/2026")
are `None`, as are bounds ("30+ days ago", "over a month ago") and durations.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "dates.toml"

LONGEST = 120
"""Characters of the longest words that are still a date; a paragraph is none."""

EARLIEST, LATEST = 1995, 2100
"""Years outside are a number of another kind, or a placeholder such as 9999-12-31."""

_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}")
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_BOUND = re.compile(r"\d\s?\+(?!\d)")
_FILLERS = re.compile(r"\b(?:de|del|du|le|el|il|den|der|am)\b")
_ORDINAL = re.compile(r"(?i)(?<=\d)(?:er|ère|re|\.?[ºª°])(?!\w)")  # "1er décembre"
_EAST = re.compile(r"(?:(\d{4}) ?[年년]\s?)?(\d{1,2}) ?[月월]\s?(\d{1,2}) ?[日일]")  # "2026年11月3日"
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_MONTH = re.compile(r"[^\W\d_]+\.?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|'\d\d\b")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of `dates.toml` as patterns: what stands before a date, counts, units in days, fixed days, bounds, months."""

    labels: re.Pattern[str]
    ago: tuple[re.Pattern[str], ...]
    counts: Mapping[str, int]
    units: Mapping[str, int]
    days: Mapping[str, int]
    bounds: re.Pattern[str]
    months: Mapping[str, int]


def when(raw: str, today: date) -> str | None:
    """The day as ISO text (`2026-11-21`) in the board's own zone, or None. today: the day on which the words were read."""
    words = raw.strip().strip("()[]")
    if not words or len(words) > LONGEST:
        return None
    words = _words().labels.sub("", words).strip(" :,-")
    found = _epoch(words) or _iso(words) or _relative(words.casefold(), today) or _written(words, today)
    return found.isoformat() if found and EARLIEST <= found.year <= LATEST else None


def _epoch(words: str) -> date | None:
    if not _EPOCH.fullmatch(words):
        return None
    number = float(words)
    seconds = number / 1000 if number >= 1e11 else number
    return datetime.fromtimestamp(seconds, UTC).date()


def _iso(words: str) -> date | None:
    """The day as written: a time and a zone after it do not move it."""
    found = _ISO.fullmatch(words)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _relative(words: str, today: date) -> date | None:
    known = _words()
    if _BOUND.search(words) or known.bounds.search(words):
        return None
    if words in known.days:
        return today + timedelta(days=known.days[words])
    found = next((match for shape in known.ago if (match := shape.fullmatch(words))), None)
    if not found:
        return None
    count = found["count"]
    number = known.counts.get(count) if not count.isdigit() else int(count)
    days = known.units[found["unit"]]
    return None if number is None or number > 400 else today - timedelta(days=days * number)


def _written(words: str, today: date) -> date | None:
    """A date in words or digits, by dateutil; its order of day and month is asked only where one reading is possible."""
    from dateutil.parser import ParserError

    plain, known = words.casefold(), _words()
    if _BOUND.search(plain) or known.bounds.search(plain) or not re.search(r"\d", plain):
        return None
    numeric = _NUMERIC.search(plain)
    if numeric and max(int(numeric[1]), int(numeric[3])) <= 12 and numeric[1] != numeric[3] and numeric[2] != ".":
        return None
    words = _ORDINAL.sub("", _EAST.sub(_eastern, words))
    english = _MONTH.sub(lambda word: _english(word.group(), known.months), _FILLERS.sub(" ", words))
    if not numeric and not any(character.isalpha() for character in english):
        return None
    try:
        first, second = (_parse(english, numeric, year) for year in (today.year, today.year - 1))
    except (ParserError, OverflowError, ValueError):
        return None
    return _nearest(first, second, today, has_year=bool(_YEAR.search(english)))


def _parse(english: str, numeric: re.Match[str] | None, year: int) -> date:
    """The day, with what the words leave out taken from two different days, so that it shows."""
    from dateutil.parser import parse

    left_out = datetime(year, year % 12 + 1, year % 27 + 1)  # noqa: DTZ001 - a day has no zone
    german = numeric is not None and numeric[2] == "."
    return parse(english, default=left_out, dayfirst=german, ignoretz=True).date()


def _nearest(first: date, second: date, today: date, *, has_year: bool) -> date | None:
    """The parsed day, if the words held a day and a month; without a year the nearest to today."""
    if (first.month, first.day) != (second.month, second.day):
        return None
    if has_year:
        return first if first == second else None
    near = (first.replace(year=today.year + step) for step in (-1, 0, 1) if _exists(first, today.year + step))
    return min(near, key=lambda day: abs((day - today).days))


def _exists(day: date, year: int) -> bool:
    return (day.month, day.day) != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _eastern(found: re.Match[str]) -> str:
    """Year, month and day in Chinese, Japanese or Korean, as English writes them; a month that is none stays as it is."""
    year, month, day = found.groups(default="")
    return f"{day} {date(2000, int(month), 1):%B} {year}" if 1 <= int(month) <= 12 else found.group()


def _english(word: str, months: Mapping[str, int]) -> str:
    """A month of another language by its English name; other words as they are."""
    number = months.get(word.rstrip(".").casefold())
    return f" {date(2000, number, 1):%B} " if number else word


@cache
def _words() -> _Words:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    units = {word: int(days) for days, words in data["units"].items() for word in words}
    count = rf"(?P<count>\d+|{_any_of(data['counts'])})"
    unit = f"(?P<unit>{_any_of(units)})"
    return _Words(
        labels=re.compile(rf"(?i)^(?:{_any_of(data['labels'])})\b:?"),
        ago=tuple(re.compile(shape.replace("{count}", count).replace("{unit}", unit)) for shape in data["ago"]),
        counts=data["counts"],
        units=units,
        days={word: int(days) for days, words in data["days"].items() for word in words},
        bounds=re.compile("|".join(data["bounds"])),
        months={word: at for at, words in enumerate(data["months"], 1) for word in words},
    )


def _any_of(words: Iterable[str]) -> str:
    """An alternation in which the longest word comes first."""
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
