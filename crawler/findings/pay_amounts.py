"""One amount of money as written: its digits or words, its multiplier and the mark before or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.findings import pay_numerals, pay_per
from crawler.findings.pay_marks import Mark, mark_after, mark_before, marks
from crawler.findings.pay_rate import Per

_SPACED = re.compile(r"(?:[ \u00a0\u202f]\d{3}){1,3}(?![\d%])")
_WORD_MONEY = re.compile(r"\b(?:dollars?|bucks|euros?|pounds?|quid|rupees?|cents?|pence)\b")
_BLANKS = r"[ \u200b-\u200d\u2060]{0,2}"
_SPACED_OTHER = re.compile(_BLANKS + r"(?:-|–|à|et|to|bis|do|до|až|y|und)" + _BLANKS + r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,3}(?![\d%])")
_MONEY_WORDS = ("dollar", "buck", "euro", "pound", "quid", "rupee", "cent", "pence")  # str.find is many times faster than a pattern
_WORDS_BACK = re.compile(r"(?:[^\W\d_]+[ -]){1,8}$")
_RETIREMENT = ("401k", "401(k", "403b", "403(b")
_NO_CENTS = re.compile(r"(?:[,.](?:-{1,2}|–|—)|/-)(?!\d)")  # "€ 750,-", "Rs. 50/-"
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_MULTIPLIER = 8
_JOINING = frozenset({"to", "or"})
_SMALL = 100  # fewer "won" or "PHP" than this are victories and programmers


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with what stands at it. factor: what k, m or lakh multiplied it by, else 1."""

    start: int
    end: int
    value: float
    mark: Mark | None
    factor: float = 1.0
    digits: str = ""

    def grouped_by_points(self) -> Amount:
        """The same digits read in the tradition that groups thousands by points, as the other side of a range asks."""
        value = pay_numerals.value(self.digits, comma_decimal=True) if self.digits else None
        return self if value is None else replace(self, value=value * self.factor)


def amount(folded: str, start: int, end: int, floor: int = 0, joined: Amount | None = None) -> Amount | None:
    """The amount whose digits are folded[start:end]; `None` inside a word, an address or a date, or for no readable number.

    floor: where the last sum ended; a mark before that belongs to it. joined: the first of a range whose second this is.
    """
    if folded.startswith(_RETIREMENT, start):
        return None
    begin = start - _bare_point(folded, start)
    before = mark_before(folded, begin)
    if before and before[1] < floor:
        before = None
    if before is None and joined is None and _glued(folded, begin):
        return None
    stop = _spaced_end(folded, end, before[0] if before else joined.mark if joined else None)
    factor, last = pay_numerals.multiplier(folded, stop)
    last = dash.end() if (dash := _NO_CENTS.match(folded, last)) else last
    if folded.startswith("%", last) or (folded.startswith("s", last) and not folded[last + 1 : last + 2].isalpha()):
        return None  # "$$$ 100% free", "in the $50s"
    after = mark_after(folded, last)
    mark = before[0] if before else after[0] if after else _meant(folded, stop, factor)
    digits = "".join(folded[begin:stop].split())
    value = pay_numerals.value(digits, bool(mark and mark.comma_decimal))
    if value is None:
        return None
    found = Amount(before[1] if before else begin, last, value * factor, mark, factor, digits)
    return _with_mark_after(folded, found, after)


def _meant(folded: str, at: int, factor: float) -> Mark | None:
    """The mark that a multiplier of one country means ("3.5 LPA" are rupees)."""
    word = _WORD.search(folded, at, at + _LONGEST_MULTIPLIER) if factor > 1 else None
    spelling = pay_numerals.numbers().marks.get(word.group()) if word else None
    return marks()[spelling] if spelling else None


def _bare_point(folded: str, start: int) -> int:
    """1 for the point of "$.15", which begins its number, else 0."""
    return int(folded[start - 1 : start] == "." and not folded[max(0, start - 2) : start - 1].isalnum())


def _with_mark_after(folded: str, found: Amount, after: tuple[Mark, int] | None) -> Amount:
    """A mark after the number ends it; beside a sign before it ("$50 CAD") it decides the sign."""
    if after is None or found.mark is None:
        return _checked(folded, found)
    mark, end = after
    codes = tuple(code for code in mark.codes if code in found.mark.codes)  # "$1,500 pesos" are no dollars
    if mark is not found.mark and (not codes or mark.cents != found.mark.cents):  # "$12,000 c/u"
        return _checked(folded, found)
    return _checked(folded, replace(found, mark=replace(mark, codes=codes), end=end))


def _checked(folded: str, found: Amount) -> Amount:
    """Cents in the main unit; no mark where an everyday word only looks like one: "50 pounds", but "22 pounds an hour"."""
    if found.mark and found.mark.shy and found.value < _SMALL and not _sure(pay_per.after(folded, found.end)):
        return replace(found, mark=None)
    if found.mark and found.mark.cents:
        return replace(found, value=round(found.value / 100, 8))
    return found


def _sure(per: Per | None) -> bool:
    return per is not None and per.sure


def _glued(folded: str, start: int) -> bool:
    """Is the number the tail of a word, an address, a date or another number?"""
    if not start:
        return False
    last = folded[start - 1]
    if pay_numerals.ideograph(last):
        return False
    return last.isalnum() or last in "#_@/=%" or (last in ".,-–:" and start > 1 and folded[start - 2].isalnum() and last != ":")


def _spaced_end(folded: str, end: int, before: Mark | None) -> int:
    """Where digits end that are grouped by blanks ("12 000 zł"): only beside a mark whose writers group so."""
    match = _SPACED.match(folded, end)
    if match is None:
        return end
    far = _SPACED_OTHER.match(folded, match.end())
    found = mark_after(folded, far.end() if far else match.end())
    beside = before or (found[0] if found else None)
    return match.end() if beside and beside.comma_decimal else end


def spelled(folded: str) -> Iterator[tuple[Amount, Amount]]:
    """Sums in words as (low, high), alike for one amount: "two hundred dollars", "fifteen to twenty bucks"."""
    if not any(word in folded for word in _MONEY_WORDS):
        return
    for match in _WORD_MONEY.finditer(folded):
        back = _WORDS_BACK.search(folded, max(0, match.start() - 60), match.start())
        words = list(_WORD.finditer(back.group())) if back else []
        high = _number_words([word.group() for word in words])
        if back is None or high is None:
            continue
        lead = words[: -high[0]]
        low = _lower([word.group() for word in lead], words[-1].group())
        count = high[0] + (low[0] + 1 if low else 0)
        mark, start = marks()[match.group()], back.start() + words[-count].start()
        least, most = (round(value / 100, 8) if mark.cents else value for value in (low[1] if low else high[1], high[1]))
        yield Amount(start, match.end(), least, mark), Amount(start, match.end(), most, mark)


def _lower(lead: list[str], last: str) -> tuple[int, float] | None:
    """The lower end before a joining word, in the scale of the upper one: "between forty and fifty thousand"."""
    joined = lead and (lead[-1] in _JOINING or (lead[-1] == "and" and "between" in lead))
    low = _number_words(lead[:-1]) if joined else None
    scale = pay_numerals.numbers().scales.get(last, 1)
    return (low[0], low[1] * scale) if low and low[1] < scale else low


def _number_words(words: list[str]) -> tuple[int, float] | None:
    """The longest run of number words at the end, and its value; a bare "a" or "one" is no amount."""
    for size in range(len(words), 0, -1):
        tail = words[-size:]
        value = pay_numerals.in_words(tail)
        if value is not None and value > 1 and tail[0] != "and":
            return size, value
    return None
