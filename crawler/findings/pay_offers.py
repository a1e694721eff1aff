"""Offers: the sums of a text that are pay, each with its unit, qualifiers, quantity and the money that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.findings import pay_context, pay_cues, pay_qualifiers, pay_quantity, pay_unit
from crawler.findings.pay_context import Context
from crawler.findings.pay_marks import Deciding, Worth
from crawler.findings.pay_rate import Per
from crawler.findings.pay_stated import with_currency
from crawler.findings.pay_sums import CHANGED, Sum, sums
from crawler.records import Pay, Quantity

_OPEN = re.compile(r"\+(?![ ]?[^\W_])")
_PRODUCT = re.compile(
    r"[^\n=]{0,20}[x×*] ?\d+ (?:voices|actors|performers|people|persons|models|talents|speakers|narrators|singers|extras) ?=[ ]{0,3}"
)
_AND = re.compile(r"([^.;:\n|•!?]{0,60}(?:,|\b(?:and|or)\b|&|/|\())[^.;:\n|•!?,]{0,20}$")
_NAMED = re.compile(r"(?:[ ][^\W\d_]{2,12}){0,3}[ ]?[,;/][ ]?(?:[^\W\d_]{2,16}[ :–-]{1,3}){0,5}")
_CLAUSE = re.compile(
    r"(?:[^.!?;\n•|$£€¥₹%+]{1,110}|[^.!?;\n•|$£€¥₹%+]{0,40};[ ][^.!?;\n•|$£€¥₹%+]{0,40})"
)  # "98 € a day, brought down to 96 € with more than thirty extras"
_CAP = re.compile(r"[^.!?;\n•|\d]{0,40}?\b(?:up to|max(?:imum)?(?: of)?|capped at|a cap of)(?: a)?[ ]*")
_PIECES = frozenset({"word", "line", "page", "image", "video", "minute", "task", "finished_minute"})
_CONVERTED = 40  # characters between a sum and its conversion in brackets
_IMPLIED = "pay-implied"
_RANGES = 20  # ranges of one text that a bare sum is compared with
_ALIKE = 5  # the sums of one list are of one size
_FROM = re.compile(  # "from $40 to $60" is a range, "at least $40 - $60" has a floor
    r"\b(?:from|starts at|start at|starting at|begins at|begin at|ab|od|desde|vanaf|fra|från|от)[ ]*$"
)
_CASE = 3  # "up to $130 an hour; most earn about $95": a case of a ceiling is at least a third of it
_SPANS = frozenset({"session", "day", "half_day"})
_UNCERTAIN = frozenset({"up_to", "deferred"})


def find(text: str, folded: str, country: str | None) -> list[Pay]:
    """The offers of a text in order; the same sum for the same unit is one offer, kept where it says most."""
    found = with_currency(folded, sums(folded))
    named = frozenset(one.mark.codes[0] for one in found if one.mark and len(one.mark.codes) == 1)
    return _distinct(list(_offers(text, folded, found, Deciding(folded, country, named))))


def _offers(text: str, folded: str, found: Sequence[Sum], deciding: Deciding) -> Iterator[Pay]:
    floor = others = 0  # others: where words end that say what the sum before is, and nothing of a sum for work
    refused: int | None = None  # where the sum before ended, if words said that it is something else
    last: Pay | None = None
    if not found:
        return
    title = pay_context.title(folded)
    starts = [one.start for one in found[1:]] + [len(folded)]
    for one, following in zip(found, starts, strict=False):
        context = pay_context.around(folded, one, max(floor, others) if pay_context.working(one) else floor, title)
        listed = refused is not None and _listed(folded[refused : one.start], context)
        like = _goes_on(folded, last, one, deciding) if last else None
        decoy = pay_context.decoy(context)
        pays = not decoy and pay_context.is_pay(context, like is not None)
        if pays and not listed and not (last and (_conversion(folded, one, last, deciding) or _restated(folded, one, last))):
            last, refused = _offer(text, context, deciding, following, like), None
            yield last
        else:
            refused = one.whole_end if listed or decoy else None
        floor = max(one.whole_end, (last and last.end) or 0)
        others = pay_context.decoy_end(folded, context) if decoy else 0


def _listed(between: str, context: Context) -> bool:
    """ "I spent $300 on a booth and $90 on foam": the second of a list is what the first is, unless it has pay words or a unit of work."""
    joined = _AND.match(between)
    if joined is None or pay_context.working(context.sum):
        return False
    own = pay_cues.words(between[joined.end(1) :])
    return not ((context.titled and context.headed) or pay_cues.offered(own, context.words_after))


def _goes_on(folded: str, last: Pay, one: Sum, deciding: Deciding) -> Pay | None:
    """ "Buyout radio €250, TV €600": the offer that a list goes on from, where the next sum has a name but no words or unit of its own."""
    end = last.end or 0
    named = _NAMED.fullmatch(folded, end, one.start) or _CLAUSE.fullmatch(folded, end, one.start)
    if named is None or (one.per and one.per.unit) or deciding.code(one.mark) != last.currency:
        return None
    if not (last.amount_max or last.amount_min or 0) / _ALIKE <= one.high <= (last.amount_max or last.amount_min or 0) * _ALIKE:
        return None
    words = pay_cues.words(named.group())
    return None if "plus" in words or pay_cues.decoy_before(words, weak=True) or pay_cues.offered(words, ()) else last


def _restated(folded: str, one: Sum, last: Pay) -> bool:
    """ "$18/hour, 8 hours guaranteed ($144)": the money that is certain, told once more in brackets."""
    between = folded[last.end or 0 : one.start]
    if one.per is None and last.unit in _PIECES and _CAP.fullmatch(between):
        return True  # "3 cents a word, up to $75"
    if _PRODUCT.fullmatch(between):
        return True  # "$600 per voice × 2 voices = $1,200": what all of them get
    return (
        last.floor is not None
        and one.per is None
        and one.high == last.floor
        and last.unit != "project"
        and len(between) <= _CONVERTED
        and "(" in between
    )


def _conversion(folded: str, one: Sum, last: Pay, deciding: Deciding) -> bool:
    """ "2,800,000 won a month ($2,050)": the same money in another currency, in brackets and without a unit of its own."""
    if last.end is None or one.per or one.start - last.end > _CONVERTED:
        return False
    between = folded[last.end : one.start]
    return "(" in between and ")" not in between and deciding.code(one.mark) != last.currency


def _offer(text: str, context: Context, deciding: Deciding, following: int, like: Pay | None) -> Pay:
    """The offer of a sum. following: where the next sum begins, and with it what is said of that one. like: the offer it goes on from."""
    one = context.sum
    qualifiers, taken, used = _qualifiers(context)
    quantity, stop = _quantity(context, used, following - one.whole_end)
    unit = pay_unit.unit(context, qualifiers, like.unit if like else None)
    low, high = _bounds(one, qualifiers)
    start, end = one.start - taken, _closed(text, one.start, max(one.whole_end + used, stop))
    rule = f"pay-{unit or 'unstated'}" if one.per and one.per.unit else f"{_IMPLIED}-{unit or 'unstated'}"
    floor = _floor(low, unit, quantity, qualifiers)
    code = deciding.code(one.mark, context.after, Worth(one.high, unit))
    return Pay(low, high, code, unit, qualifiers, quantity, floor, text[start:end], start, end, rule, stated=_stated(one))


def _qualifiers(context: Context) -> tuple[tuple[str, ...], int, int]:
    """The qualifiers around a sum, and how many characters before and after it their words take."""
    lead, taken = pay_qualifiers.leading(context.own)
    trail, used = pay_qualifiers.trailing(context.after)
    inside = pay_qualifiers.within(context.unit_words)
    person = ("per_person",) if context.sum.per and context.sum.per.person else ()
    plus = ("from",) if context.sum.open or _OPEN.match(context.after) else ()
    if (context.sum.range and _FROM.search(context.own)) or CHANGED.search(context.own):
        lead = tuple(each for each in lead if each != "from")
    return tuple(dict.fromkeys((*lead, *plus, *inside, *person, *trail))), taken, used


def _closed(text: str, start: int, end: int) -> int:
    """A quote that opens a bracket ends with it."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] and ")" not in text[start:end] else end


def _bounds(one: Sum, qualifiers: Sequence[str]) -> tuple[float | None, float | None]:
    """ "Up to X" has no minimum, "from X" no maximum, a single sum has both alike; per 1,000 words is brought to one."""
    divisor = one.per.divisor if one.per else 1.0
    low, high = round(one.low / divisor, 8), round(one.high / divisor, 8)
    if one.range:
        return low, high
    return (None, high) if "up_to" in qualifiers else (low, None) if "from" in qualifiers else (low, high)


def _stated(one: Sum) -> str | None:
    """The figure as written, where it was brought to one unit."""
    per: Per | None = one.per
    if per is None or per.divisor == 1:
        return None
    amounts = " to ".join(dict.fromkeys(f"{amount:,.10g}" for amount in (one.low, one.high)))
    return f"{amounts} per {per.divisor:,.10g}"


def _quantity(context: Context, used: int, room: int) -> tuple[Quantity | None, int]:
    """The quantity after the sum, in its unit, or before it; and where the sum's quote must end to hold it."""
    one = context.sum
    if one.per and one.per.quantity:
        return one.per.quantity, 0
    follows = pay_quantity.first(context.after[used : min(room, used + pay_quantity.REACH)])
    if follows:
        return _of_session(follows.quantity, one), one.whole_end + used + follows.end
    precedes = pay_quantity.first(context.own[-pay_quantity.REACH :])
    return (precedes.quantity, 0) if precedes else (None, 0)


def _of_session(quantity: Quantity, one: Sum) -> Quantity:
    """ "150 per session (approx. 2h)": the estimate is the length of the session."""
    if one.per and one.per.unit in _SPANS and quantity.kind == "estimate" and quantity.unit in pay_quantity.TIMES:
        return Quantity(quantity.amount_min, quantity.amount_max, quantity.unit, "session")
    return quantity


def _floor(low: float | None, unit: str | None, quantity: Quantity | None, qualifiers: Sequence[str]) -> float | None:
    """The money that is certain: a guarantee times its rate, or the one sum for the whole job."""
    if low is None or _UNCERTAIN & set(qualifiers):
        return None
    if quantity and quantity.kind == "guarantee" and quantity.amount_min is not None:
        factor = _factor(quantity.unit, unit)
        return round(low * quantity.amount_min * factor, 8) if factor else None
    return low if unit == "project" else None


def _factor(unit: str, paid: str | None) -> float | None:
    """How many paid units one unit of the quantity is, where that is fixed."""
    return 1.0 if unit == paid else 1 / 60 if (unit, paid) == ("minute", "hour") else None


def _distinct(offers: Sequence[Pay]) -> list[Pay]:
    """One offer for each (sum, currency, unit), the one that says most; a repeat that only implies a unit gives way to a stated one."""
    stated = [pay for pay in offers if not pay.rule.startswith(_IMPLIED)]
    sums_ = {(pay.amount_min, pay.amount_max, pay.currency) for pay in stated}
    ranges = [pay for pay in stated if pay.amount_min != pay.amount_max][:_RANGES]
    best: dict[tuple[object, ...], Pay] = {}
    for pay in offers:
        sum_ = (pay.amount_min, pay.amount_max, pay.currency)
        if pay.rule.startswith(_IMPLIED) and (sum_ in sums_ or any(_instance(pay, other) for other in ranges)):
            continue
        held = best.get((*sum_, pay.unit))
        if held is None or _says(pay) > _says(held):
            best[(*sum_, pay.unit)] = pay
    exact = {(high, currency, unit) for low, high, currency, unit in best if low == high}  # "roles paying up to $850 ... pays $850"
    best = {key: pay for key, pay in best.items() if key[0] is not None or key[1:] not in exact}
    known = {key[:3] for key in best if key[3]}
    return sorted((pay for key, pay in best.items() if key[3] or key[:3] not in known), key=lambda pay: pay.start or 0)


def _instance(pay: Pay, other: Pay) -> bool:
    """Is a sum without a unit only one case of a range, or of an "up to", that has a unit?"""
    if pay.currency != other.currency or other.amount_max is None:
        return False
    amounts = [amount for amount in (pay.amount_min, pay.amount_max) if amount is not None]
    least = other.amount_max / _CASE if other.amount_min is None else other.amount_min
    return all(least <= amount <= other.amount_max for amount in amounts)


def _says(pay: Pay) -> int:
    return 2 * (pay.quantity is not None) + len(pay.qualifiers)
