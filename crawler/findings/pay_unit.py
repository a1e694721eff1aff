"""What a sum is paid for: the unit beside it, else the one that a label, a later word or the kind of its words names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from crawler.findings import pay_cues, pay_per, pay_quantity
from crawler.findings.pay_context import BRACKETS, WORKING, YEARLY, Context, dollars
from crawler.findings.pay_grammar import grammar
from crawler.findings.pay_vocabulary import unit_of_field, units

_PER = re.compile(  # "per set: ", "each clip pays "
    r"\b(?:per|each|every) [^\W\d_][^\n:.,;()]{1,40}?[ ]{0,2}(?:[:=–-]|(?:pays|earns|(?:can|could|will) earn)(?: you)?|is paid)[ ]?$"
)
_THEY_PAY = re.compile(r"\b([^\W\d_]{3,})s (?:pay|will pay)(?: (?:you|from|up to|about|around|between))?[ ]$")  # "surveys pay $1-$4"
_TIMES = re.compile(r"\d ([^\W\d_]{2,14}) (?:at|@|x|×)[ ]?$")  # "35 hours at $24"
_SPAN = re.compile(  # "$17,500 for two weeks of scanning"
    r"[ ]for (?:(?:the |a )?(?:complete|entire|whole|full)\b|(?:[^\W_]{1,8}[ -])?(?:days?|weeks?|months?)\b(?! (?:a|per|each)))"
)
_LATER = re.compile(r"[^.,;:+\d$£€\n]{3,60}?(?=[ ](?:per|for an?|for the|each) )")
_ARTICLES = frozenset({"a", "an", "per"})
_TIMES_OF = frozenset({"once", "twice"})
_FOR = (" for ", " für ", " pour ", " per ", " por ", " za ", " voor ")
_NO_HOUR = 2_000  # dollars: nobody's hour
_LAKH = 100_000  # a sum in lakhs is a year's
_FAR = 1000  # words: the distance of what is not there
_BESIDE = 2  # words that may follow a label of one word ("hourly: $15"); "monthly meetings" are none


def unit(context: Context, qualifiers: Sequence[str], like: str | None = None) -> str | None:
    """The unit beside the sum, else the one a label before it names, else the year or the whole job where its words say so.

    like: the unit of the offer that a list goes on from.
    """
    one = context.sum
    if one.per and one.per.unit:
        return one.per.unit
    if {"flat", "buyout"} & set(qualifiers):
        return "project"
    named = labelled(context)
    if named == "hour" and dollars(one.low, one) >= _NO_HOUR:
        named = None  # "Salary/hourly rate range: $171,100 - $213,900"
    return named or _later(context) or like or _implied(context)


def _later(context: Context) -> str | None:
    """ "$1,200 inclusive of fees for a 10-hour day": the unit that the clause names after other words."""
    later = _LATER.match(context.after)
    per = pay_per.after(context.after, later.end()) if later else None
    return per.unit if per and per.unit in WORKING else None


@cache
def _labels() -> tuple[Mapping[tuple[str, ...], str], pay_cues.Phrases]:
    made = {f"{period} {noun}": unit for period, unit in _periods().items() for noun in grammar().label_nouns}
    spelled = {**made, **{label: unit.id for unit in units().values() for label in unit.labels}}
    return {tuple(pay_cues.words(label)): unit for label, unit in spelled.items()}, pay_cues.Phrases(spelled)


def _periods() -> Mapping[str, str]:
    """ "Hourly" and the like, with the unit that each names."""
    named = {label: unit.id for unit in units().values() for label in unit.labels}
    return {period: named.get(period, unit_of_field(period) or "") for period in grammar().periods}


def labelled(context: Context) -> str | None:
    """ "Hourly: $15", "day rate £700", "each 20-minute session will pay $5"."""
    table, phrases = _labels()
    for label, follow in phrases.last_phrases(context.words_before):
        before = context.words_before[: -follow - len(label)] if follow else context.words_before[: -len(label)]
        if label[0] in _ARTICLES and before and (before[-1].endswith("s") or before[-1] in _TIMES_OF):
            continue  # "3 days a week, salary £27,300"
        if len(label) > 1 or follow <= _BESIDE or label[0] in grammar().far_labels:
            return table[label]
    own = BRACKETS.sub(" ", context.own)
    times = _TIMES.search(own)
    if times and (counted := pay_per.noun(times[1])):
        return counted
    named = _PER.search(own)
    per = pay_per.after(own, named.start()) if named else None
    if per and per.unit and per.divisor == 1:
        return per.unit
    pays = _THEY_PAY.search(own)
    if pays and (paid := pay_per.noun(pays[1])):
        return paid
    stated = pay_quantity.first(context.own)
    return "session" if stated and stated.quantity.kind == "session" else None


def _implied(context: Context) -> str | None:
    """No unit at all: a salary is a year's, a smaller sum offered for a job is the whole job's; else nobody knows."""
    one = context.sum
    annual = _nearest(pay_cues.cues().annual, context)
    gig = _nearest(pay_cues.cues().gig, context)
    if dollars(one.high, one) >= YEARLY or one.factor == _LAKH:
        return "project" if gig < annual or _SPAN.match(context.after) else "year"
    if _nearest(pay_cues.cues().salaried, context) < gig and not context.titled:
        return None
    said = context.titled or gig < _FAR or pay_cues.offered(context.words_before, context.words_after) or context.after.startswith(_FOR)
    return "project" if said or not context.short else None


def _nearest(phrases: pay_cues.Phrases, context: Context) -> int:
    """The distance in words to the nearest of these phrases on either side."""
    left, right = phrases.last(context.words_before), phrases.first(context.words_after[:4])
    return min(left if left >= 0 else _FAR, right if right >= 0 else _FAR)
