"""Currency marks: what "$", "kr", "CAD", "bucks" or "¢" beside a number can mean, and what the text decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from crawler.findings.pay_numerals import ideograph
from crawler.findings.pay_vocabulary import Currency, currencies, units

_LONGEST_SIGN = 5
_SIGNS = frozenset("$€£¥￥₹₩₽₺₪₱₫₦₵₴₨฿৳¢")
_TOKEN = re.compile(r"[ \u00a0*]{0,2}((?:[^\W\d_]{0,3}[" + "".join(_SIGNS) + r"]|[^\W\d_]{1,12}\.?))")
_BRACKETED = re.compile(r"[ ]\(([a-z]{3})\)")  # "100,000 to 120,000 (USD)"
_DIGIT = re.compile(r"[ \u00a0]?\d")
_NEXT_WORDS = re.compile(r"(?: [^\W\d_]{2,12}){1,2}(?![^\W\d_])")
_NAMED = re.compile(r"[^\n.]{0,24}?(?:\(|\bin |\bcurrency:? {0,2})([a-z]{3})\b")
_HEAD = 400  # characters in which a place decides for the whole text


@dataclass(frozen=True, slots=True)
class Mark:
    """A currency mark as written. codes: what it can mean, one where it is unambiguous. cents: the hundredth part.

    shy: also an everyday word ("won", "PHP", "pounds"), so a small number before it is no money.
    """

    codes: tuple[str, ...]
    cents: bool = False
    shy: bool = False
    comma_decimal: bool = False


@cache
def marks() -> Mapping[str, Mark]:
    """Every spelling in lower case; the order of the file decides nothing."""
    table: dict[str, list[tuple[Currency, bool, bool]]] = {}
    for currency in currencies().values():
        for spelling, cents in _spellings(currency):
            table.setdefault(spelling.lower(), []).append((currency, cents, spelling in currency.shy))
    return {spelling: _mark(meanings) for spelling, meanings in table.items()}


def _spellings(currency: Currency) -> list[tuple[str, bool]]:
    plain = [currency.code, *currency.signs, *currency.shared]
    words = [form for word in currency.words for form in (word, f"{word}s")]
    cents = [form for word in currency.cents for form in (word, f"{word}s")]
    return [(spelling, False) for spelling in (*plain, *words)] + [(spelling, True) for spelling in cents]


def _mark(meanings: list[tuple[Currency, bool, bool]]) -> Mark:
    first, cents, shy = meanings[0]
    codes = tuple(dict.fromkeys(currency.code for currency, _, _ in meanings))
    return Mark(codes, cents, shy, first.comma_decimal)


def mark_before(folded: str, start: int) -> tuple[Mark, int] | None:
    """The mark that ends right before `start` (at most two blanks or stars between) and where it begins."""
    end = start
    while end and start - end < 2 and folded[end - 1] in " \u00a0*":
        end -= 1
    if folded[max(0, end - 2) : end] not in _endings() and folded[end - 1 : end] not in _endings():
        return None  # most numbers have no mark
    for size in range(min(_LONGEST_SIGN, end), 0, -1):
        token = folded[end - size : end]
        mark = marks().get(token)
        inside = token[0].isalnum() and end > size and folded[end - size - 1].isalnum()
        if mark and not inside and not (mark.cents and token.isalpha()):
            return _narrowed(folded, mark, end - size)
    return None


@cache
def _endings() -> frozenset[str]:
    """The last two characters of every spelling that can stand before a number, or its only one."""
    return frozenset(spelling[-2:] for spelling in marks() if len(spelling) <= _LONGEST_SIGN)


def _narrowed(folded: str, mark: Mark, begin: int) -> tuple[Mark, int]:
    """A shared sign with a code before it: "AUD $30"."""
    if len(mark.codes) > 1 and begin >= 3:
        other = mark_before(folded, begin)
        if other and len(other[0].codes) == 1 and other[0].codes[0] in mark.codes:
            return other
    return mark, begin


def mark_after(folded: str, at: int) -> tuple[Mark, int] | None:
    """The mark that begins right after `at` (at most two blanks or stars between) and where it ends."""
    match = _TOKEN.match(folded, at) or _BRACKETED.match(folded, at)
    if match is None:
        return None
    token, end = match.group(1), match.end()
    if token[-1] in _SIGNS and _DIGIT.match(folded, end):
        return None  # "75019 $15": the sign belongs to the next number
    follower = _NEXT_WORDS.match(folded, end)
    for words in (follower.group(), f" {follower.group().split()[0]}") if follower else ():
        if longer := marks().get(token + words):
            return longer, end + len(words)
    mark = marks().get(token) or marks().get(token.rstrip("."))
    if mark is None and ideograph(token[0]) and (mark := marks().get(token[0])):
        end = match.start(1) + 1  # "5,000円です"
    if mark is None:
        return None
    return _narrowed_after(folded, mark, end)


def _narrowed_after(folded: str, mark: Mark, end: int) -> tuple[Mark, int]:
    """A sign and then its code: "50$ USD"."""
    match = _TOKEN.match(folded, end)
    other = marks().get(match.group(1)) if match else None
    if match and other and len(mark.codes) > 1 and len(other.codes) == 1 and other.codes[0] in mark.codes:
        return other, match.end()
    return mark, end


@dataclass(frozen=True, slots=True)
class Worth:
    """A sum and the unit it is paid for."""

    amount: float
    unit: str | None

    def believable(self, code: str) -> bool:
        """Would anybody be paid that in this currency? "$15 an hour" in Mexico are US dollars: 15 pesos would be less than one."""
        least = units()[self.unit].least if self.unit else None
        return least is None or self.amount / currencies()[code].size >= least


@dataclass(frozen=True)
class Deciding:
    """What decides shared signs in one text: the posting's country, else another mark, else a place, else a default.

    named: currencies that sums of the text name by a mark of their own.
    """

    folded: str
    country: str | None
    named: frozenset[str]

    def code(self, mark: Mark | None, following: str = "", worth: Worth | None = None) -> str | None:
        """The ISO 4217 code that a mark stands for here; `None` where nothing decides.

        following: the words after the sum, which may name the currency ("$50 - $60 (AUD)", "Currency: CAD"). worth: the sum and its unit.
        """
        if mark is None:
            named = _NAMED.match(following)
            known = marks().get(named[1]) if named else None
            return known.codes[0] if known and len(known.codes) == 1 and not known.shy else None
        if len(mark.codes) == 1:
            return mark.codes[0]
        named = _NAMED.match(following)
        if named and named[1].upper() in mark.codes:
            return named[1].upper()
        for decided in (self._by_country, self.named, self._by_place):
            fitting = [code for code in decided if code in mark.codes and (worth is None or worth.believable(code))]
            if len(fitting) == 1:
                return fitting[0]
        return next((code for code in mark.codes if currencies()[code].default), None)

    @cached_property
    def _by_country(self) -> tuple[str, ...]:
        return tuple(code for code, currency in currencies().items() if self.country in currency.countries)

    @cached_property
    def _by_place(self) -> tuple[str, ...]:
        """Currencies of the places that the head of the text names."""
        head = self.folded[:_HEAD]
        return tuple({code for place, code in _places() if place in head and _whole(place, head)})


@cache
def _places() -> tuple[tuple[str, str], ...]:
    return tuple((place.lower(), code) for code, currency in currencies().items() for place in currency.places)


def _whole(phrase: str, folded: str) -> bool:
    """Does the phrase stand in the text as words of its own?"""
    at = folded.find(phrase)
    while at >= 0:
        if not folded[at - 1 : at].isalpha() and not (phrase[-1].isalpha() and folded[at + len(phrase) : at + len(phrase) + 1].isalpha()):
            return True
        at = folded.find(phrase, at + 1)
    return False
