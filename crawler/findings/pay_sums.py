"""Sums of money in a text: one amount or a range, in every spelling, before anyone asks whether it is pay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from crawler.findings import pay_bare, pay_hours, pay_numerals, pay_per
from crawler.findings.pay_amounts import Amount, amount, spelled
from crawler.findings.pay_marks import Mark, mark_after, marks
from crawler.findings.pay_rate import Per

_GAP = r"[\s*_\\\u200b-\u200d\u2060]{0,4}"
_JOIN = re.compile(
    rf"{_GAP}(?:(?P<dash>-{{1,2}}|[–—−‒~〜～_/至到]|から|â\W{{0,3}})|"
    r"(?P<to>up to|to|until|till|bis|à|thru|through|до|do|fino a|tot|hingga|sampai|hasta|até|až|"
    r",?[ ]?(?:(?:and|but|then)[ ])?(?:(?:tops?|topping|maxe?s|maxing) out at|(?:rising|rises|goes up|going up|increasing) to))\b|"
    rf"(?P<or>and|or|&|et|und|y|en|e|a|og|och|ai|al|alle)(?=\W)){_GAP}(?:up to |to |i |los |les )?"
)
_NOTE = re.compile(r"\+?[ ]?\([^()\n]{1,30}\)[ ]?(?=to\b|up to\b)")  # "75k+ (year 1) to 100k+ (year 3)"
CHANGED = re.compile(  # "raised from £15 to £20" is no range
    r"\b(?:increas\w*|rais(?:e|es|ed|ing)|rose|reduc\w*|lower(?:s|ed|ing)|cut|dropp?\w*|bump\w*|went up|gone up|"
    r"fell|fallen|goes|went|moved)\b[^.\n]{0,60}\bfrom[ ]$"
)
_LEAD = re.compile(r"[^\W\d_]{0,3}[ \u00a0]?[^\w\s.,;:()\[\]]{0,2}[ \u00a0]?(?=\d)")
_COUNTED = re.compile(
    r"(?:[ -](?:hour|day|week|month|year|minute|min|word|page)\b|[ -]?(?:hours|hrs|days|weeks|months|years|yrs|minutes|mins|words|"
    r"people|persons|participants|characters|chars|prompts|lines|utterances|sentences|recordings|files|labels|tasks|items|pages|videos|images|clips|sessions|shifts|posts|articles|times|x|%|am|pm)(?![^\W_]))"
)
_MAXIMUM = re.compile(r"(?:\.[ \n])?[^\n.]{0,40}?\bmax(?:imum)?(?: (?:salary|rate|pay|wage|fee))?[: ]{1,3}")
_UP_TO = re.compile(r"[^\n.;$£€]{0,70}?\bup to[ *]{1,3}")
_FROM = re.compile(r"\bfrom[ *]{1,3}$")
_MINIMUM = re.compile(r"\bmin(?:imum)?(?: (?:salary|rate|pay|wage|fee))?[: ]{1,3}$")
_LEAST = re.compile(r"\.?[ ]?(?:\(?min(?:imum|\.)?\)?)?")
_BETWEEN = re.compile(r"\b(?:between|from|entre|zwischen|tussen|fra|tra|mellan|mellem|mezi|między|de|da|dai)\b[^\n]{0,12}$")
MOST_NUMBERS = 20_000  # numbers of one text that are looked at; a posting has some fifty
MOST_SUMS = 4_000  # sums of one text that are read
_OPEN = re.compile(r"\+(?![^\W_]|\()|[ ]\+(?=[ ]*(?:$|\n|[.,;)\]]))")
_FIELD = 40  # characters of a text that can be a bare pay field
_NEAR = 3.0  # "61,250 - $66,900" is a range, "Room 5 - $20" is not: a first number without a mark is of the same size


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum as written: low and high alike where it is one amount. per: the unit inside or after it. open: "$200+".

    inherited: the mark is one that the text states for all its sums.
    """

    start: int
    end: int
    low: float
    high: float
    mark: Mark | None
    factor: float
    per: Per | None
    open: bool = False
    inherited: bool = False

    @property
    def range(self) -> bool:
        """Are there two amounts?"""
        return self.low != self.high

    @property
    def whole_end(self) -> int:
        """Where the sum ends with its unit."""
        return max(self.end, self.per.end) if self.per else self.end


def sums(folded: str) -> list[Sum]:
    """Every sum that has a currency mark, a multiplier or a unit of pay, in order, never overlapping; at most `MOST_SUMS`."""
    found = list(islice(_in_digits(folded), MOST_SUMS))
    spelled_out = islice(spelled(folded), MOST_SUMS // 4)
    words = [_sum(folded, low, high, low.value, high.value) for low, high in spelled_out if low.value <= high.value]
    words = [one for one in words if not (one.mark and one.mark.cents) or (one.per and one.per.unit)]  # "my two cents"
    return _apart_from_each_other(sorted([*found, *words], key=lambda one: (one.start, -one.whole_end)))


def beyond(folded: str) -> bool:
    """Has a text more numbers than are looked at?"""
    return len(folded) > 2 * MOST_NUMBERS and next(islice(pay_numerals.DIGITS.finditer(folded), MOST_NUMBERS, None), None) is not None


def _apart_from_each_other(found: list[Sum]) -> list[Sum]:
    """The sums without those that begin inside another ("fifty (50) dollars")."""
    kept: list[Sum] = []
    for one in found:
        if not kept or one.start >= kept[-1].whole_end:
            kept.append(one)
    return kept


def _in_digits(folded: str) -> Iterator[Sum]:
    consumed = 0
    for match in islice(pay_numerals.DIGITS.finditer(folded), MOST_NUMBERS):
        if match.start() < consumed:
            continue
        first = amount(folded, match.start(), match.end(), consumed)
        found = first and _from(folded, first)
        if found:
            consumed = found.whole_end
            yield found


def _from(folded: str, first: Amount) -> Sum | None:
    """The sum that begins with this amount, or `None` where nothing makes it money."""
    found = _range(folded, first) or _range_after_unit(folded, first) or _range_after_note(folded, first)
    found = found or _labelled(folded, first) or _apart(folded, first) or _single(folded, first)
    if found.high == 0 or (found.mark and found.mark.cents and not (found.per and found.per.unit)):
        return None  # "grade 9c" is no money, "9c a word" is
    if found.mark or found.factor > 1 or (found.per and found.per.sure) or _bare(folded, found):
        return found
    return found if pay_bare.under_label(folded, found.start, found.whole_end, found.low, found.high) else None


def _bare(folded: str, found: Sum) -> bool:
    """Is the whole text nothing but this range (a pay field without its sign)?"""
    return found.range and len(folded) <= _FIELD and not any(char.isalpha() for char in folded)


def _sum(folded: str, first: Amount, second: Amount, low: float, high: float) -> Sum:
    """A sum with what follows it: an open end ("+") and its unit."""
    mark, factor = _one_mark(first, second), max(first.factor, second.factor)
    plus = _OPEN.match(folded, second.end)
    end = plus.end() if plus else second.end
    per = pay_per.after(folded, end) or (pay_hours.glued(folded, end) if mark else None)
    beyond = mark_after(folded, per.end) if per and mark is None else None
    if per and beyond and len(beyond[0].codes) == 1:  # "60/hr CAD"
        mark, per = beyond[0], replace(per, end=beyond[1])
    return Sum(first.start, end, low, high, mark, factor, per, plus is not None)


def _single(folded: str, first: Amount) -> Sum:
    return _sum(folded, first, first, first.value, first.value)


def _range(folded: str, first: Amount, at: int | None = None) -> Sum | None:
    """A range whose second amount is joined at `at`, else where the first ends. Rates that were raised from one to another are none."""
    join = _JOIN.match(folded, first.end if at is None else at)
    second = _second(folded, join.end(), first) if join else None
    if join is None or second is None or not _fits(folded, first, second, join):
        return None
    if CHANGED.search(folded, max(0, first.start - 80), first.start):
        return None
    if second.mark and second.mark.cents and first.mark is None:
        first = replace(first, value=round(first.value / 100, 8))  # "2-4 cents"
    if first.mark is None and second.mark and second.mark.comma_decimal:
        first = first.grouped_by_points()
    if second.mark is None and first.mark and first.mark.comma_decimal:
        second = second.grouped_by_points()
    low, high = _scaled(first, second)
    if not _plausible(low, high, first, second, join):
        return None
    return _sum(folded, first, second, low, high)


def _second(folded: str, at: int, first: Amount) -> Amount | None:
    """The amount that begins at `at`, with its own mark or none."""
    lead = _LEAD.match(folded, at)
    digits = pay_numerals.DIGITS.match(folded, lead.end()) if lead else None
    if lead is None or digits is None or any(part not in marks() for part in lead.group().split()):
        return None
    return amount(folded, digits.start(), digits.end(), at, joined=first)


def _fits(folded: str, first: Amount, second: Amount, join: re.Match[str]) -> bool:
    """ "And" joins after "between" only; a second number that counts hours or words is no money."""
    both = join["or"] == "a" and first.mark is not None and second.mark is not None  # "$18,000 a $22,000 MXN"
    if join["or"] and join["or"] != "or" and not both and not _BETWEEN.search(folded, max(0, first.start - 24), first.start):
        return False
    if first.mark and second.mark and not set(first.mark.codes) & set(second.mark.codes):
        return False
    return second.mark is not None or _COUNTED.match(folded, second.end) is None


def _scaled(first: Amount, second: Amount) -> tuple[float, float]:
    """ "$70-80k", "90 to $115K", "$120 - $145000": the thousand of one side is meant for both."""
    low, high = first.value, second.value
    if first.factor == 1 and second.factor > 1 and low < 1000 and low * second.factor <= high:
        low *= second.factor
    elif first.factor == 1 and second.factor == 1 and 10 <= low < 1000 and low * 1000 <= high <= low * 3000:
        low *= 1000
    elif second.factor == 1 and first.factor > 1 and high < 1000:
        high *= first.factor
    return low, high


def _plausible(low: float, high: float, first: Amount, second: Amount, join: re.Match[str]) -> bool:
    if low > high:
        return False
    if join["or"] == "or" and high > low * _NEAR:
        return False
    lonely = first.mark is None and second.mark is not None and bool(join["dash"]) and " " in join.group()
    return not lonely or high <= low * _NEAR


def _one_mark(first: Amount, second: Amount) -> Mark | None:
    """The mark of the two that says more."""
    both = [mark for mark in (first.mark, second.mark) if mark]
    return min(both, key=lambda mark: len(mark.codes)) if both else None


def _range_after_unit(folded: str, first: Amount) -> Sum | None:
    """ "$11.25/hr - $16.80/hr": both sides carry their unit."""
    per = pay_per.after(folded, first.end) if first.mark else None
    least = _LEAST.match(folded, per.end) if per else None
    found = _range(folded, first, least.end()) if least else None
    if per is None or found is None or (found.per and found.per.unit != per.unit):
        return None
    if found.per is None and "up to" in folded[per.end : found.end]:
        return None  # "$1 per label up to 500 labels"
    return replace(found, per=replace(found.per or per, end=max(found.end, found.per.end if found.per else 0)))


def _range_after_note(folded: str, first: Amount) -> Sum | None:
    """ "75k+ (year 1) to 100k+ (year 3)"."""
    note = _NOTE.match(folded, first.end) if first.mark or first.factor > 1 else None
    return _range(folded, first, note.end()) if note else None


def _labelled(folded: str, first: Amount) -> Sum | None:
    """ "MIN: $90,500 - MID: $110,000 - MAX: $131,250"."""
    if not _MINIMUM.search(folded, max(0, first.start - 20), first.start):
        return None
    label = _MAXIMUM.match(folded, first.end)
    second = _second(folded, label.end(), first) if label else None
    if second is None or second.value < first.value:
        return None
    return _sum(folded, first, second, first.value, second.value)


def _apart(folded: str, first: Amount) -> Sum | None:
    """ "from $98,000/year in our lowest market up to $165,000/year in our highest"."""
    if first.mark is None or not _FROM.search(folded, max(0, first.start - 8), first.start):
        return None
    label = _UP_TO.match(folded, first.end)
    second = _second(folded, label.end(), first) if label else None
    if second is None or second.mark is None or second.value < first.value:
        return None
    return _sum(folded, first, second, first.value, second.value)
