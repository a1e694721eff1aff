"""What stands around a sum, and what it says: is the sum pay, and for what unit where none stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.findings import pay_cues, pay_quoted, pay_tables
from crawler.findings.pay_folding import after, before
from crawler.findings.pay_sums import Sum
from crawler.findings.pay_vocabulary import currencies

YEARLY = 10_000  # dollars: a sum of this size without a unit is a year's salary unless it is called a budget
_MILLION = 1_000_000
_SHORT = 70  # a text this short is a pay field, not prose
_NAMED_BUDGET = 20_000
_BUDGET = 50_000  # dollars: a lump sum called a budget that is a production's
_FEW = 4  # words before the sum of a pay field ("Band 6 from")
BRACKETS = re.compile(r"\((?!per |hourly|daily|weekly|monthly|yearly|annual)[^()]{0,160}\)")  # "Salary (per month): 3.800 €" keeps its unit
_ALONE = frozenset({"hour", "year"})
_SESSION = re.compile(r"\d[ -]?(?:hr|hour|min|minute)s?[ -](?:[^\W\d_]+ )?session[ :–-]{0,3}$")  # "2 hr session $350"
_TITLE = 300  # characters of a first line that can be a title
_NEAR_WORK = 5  # words before a rate for work in which a decoy must stand
_CLOSE = 3  # words between a pay word and a number without a currency
WORKING = frozenset(
    {"hour", "half_day", "day", "week", "session", "word", "finished_hour", "finished_minute", "recorded_hour", "line", "page"}
)


@dataclass(frozen=True, slots=True)
class Context:
    """A sum with its sentence in lower case. own ends where the sum begins; after begins where the sum with its unit ends.

    words_before: with the heading above, where the sum opens its line, and without what stands in brackets.
    titled: the sum stands in a title that says somebody is wanted.
    headed: there is a text below the title.
    spoken: the sum stands in a quoted script.
    asked: the title only asks a question, so that the text is no posting and a bare sum in it no offer.
    """

    sum: Sum
    own: str
    after: str
    words_before: Sequence[str]
    words_after: Sequence[str]
    titled: bool
    headed: bool
    asked: bool
    short: bool
    unit_words: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A text's first line. wanted: it says that somebody is wanted. role: it names what they would be."""

    end: int
    wanted: bool
    role: bool
    asks: bool


def title(folded: str) -> Title:
    """The title of a text, read once for all its sums."""
    end = folded.find("\n", 0, _TITLE)
    line = folded[: end if end >= 0 else _TITLE]
    words = pay_cues.words(line)
    wanted, role = pay_cues.cues().title.last(words) >= 0, pay_cues.cues().roles.last(words) >= 0
    asks = line.rstrip().endswith("?") and ". " not in line and not (wanted or role)
    return Title(len(line), wanted, role, asks)


def around(folded: str, one: Sum, floor: int, head: Title) -> Context:
    """The context of a sum; nothing before `floor`, where the last sum ended, is its own."""
    heading, own = before(folded, one.start, floor)
    heading = f"{heading} : {pay_tables.head(folded, one.start)}".strip(" :")
    tail = after(folded, one.whole_end)
    return Context(
        sum=one,
        own=own,
        after=tail,
        words_before=pay_cues.words(BRACKETS.sub(" ", f"{heading} : {own}" if heading else own)),
        words_after=pay_cues.words_and_commas(tail.partition("|")[0]),
        titled=one.start < head.end and (head.wanted or (head.role and dollars(one.high, one) >= YEARLY)),
        headed=head.end < len(folded),
        asked=head.asks,
        short=len(folded) <= _SHORT and len(own.split()) <= _FEW and _field(folded),
        unit_words=folded[one.end : one.whole_end],
        spoken=pay_quoted.spoken(folded, one.start, one.whole_end),
    )


def _field(folded: str) -> bool:
    """Is a short text a pay field or a headline, and no sentence?"""
    return pay_cues.cues().prose.isdisjoint(pay_cues.words(folded))


def is_pay(context: Context, like: bool = False) -> bool:
    """Is the sum, which is no decoy, an offer of pay? A unit, a pay word or a title say yes.

    like: a list goes on with it from an offer.
    """
    one = context.sum
    if (one.per and one.per.priced) or context.spoken or _production(context):
        return False
    if like:
        return True
    offered = pay_cues.offered(context.words_before, context.words_after)
    if one.factor >= _MILLION and dollars(one.high, one) >= _BUDGET:
        return pay_cues.cues().offer_before.last(context.words_before) >= 0 and one.per is not None and one.per.unit is not None
    if context.asked and (one.per is None or one.per.unit not in WORKING):
        return False
    if one.mark is None and one.per and one.per.divisor != 1:
        return False  # "net 60/90 days"
    if one.mark is None or one.inherited:
        counts = pay_cues.cues().decoy_counts.last(context.words_before) >= 0 or _counted(context)
        stated = one.inherited and one.per is not None and one.per.sure
        return _named(context) or _alone(context) or (not counts and (stated or context.short or _close(context)))
    session = _SESSION.search(context.own) is not None
    return offered or session or context.short or context.titled or bool(one.per and one.per.unit) or _salary_range(context)


def _production(context: Context) -> bool:
    """ "Ultra low budget ($250k) feature": nobody's fee for a job is so high, a film's budget is."""
    one, words = context.sum, pay_cues.cues().production
    if one.per and one.per.unit not in (None, "project"):
        return False
    named = not words.isdisjoint(context.words_after[:2])  # "had a £45,000 budget"
    return dollars(one.high, one) >= (_NAMED_BUDGET if named else _BUDGET) and (named or not words.isdisjoint(context.words_before))


def _counted(context: Context) -> bool:
    """Does the number count something ("20k merchants", "300k monthly views")? Its unit's words may be part of what it counts."""
    words = pay_cues.words(f"{context.unit_words} {context.after}")
    if working(context.sum) or not words:
        return False
    return pay_cues.cues().decoy_counted.first(words[:3]) == 0


def _named(context: Context) -> bool:
    """Does a pay word follow a number without a currency at once ("45k basic", "10k usage")?"""
    return context.sum.factor > 1 and pay_cues.cues().offer_after.first(context.words_after[:1]) == 0


def _alone(context: Context) -> bool:
    """Is a line nothing but a number and its unit ("12.21 per hour")?"""
    one = context.sum
    return bool(one.per and one.per.sure and one.per.unit in _ALONE) and not context.own.strip(" *-•") and not context.after.strip(" .*")


def _close(context: Context) -> bool:
    """Does a pay word stand close enough before a number without a currency ("pays 15 an hour")?"""
    return 0 <= pay_cues.cues().offer_before.last(context.words_before) <= _CLOSE


def decoy(context: Context) -> bool:
    """Does a word say that the sum is something else, nearer than any that says it is pay?"""
    if pay_cues.decoy_after(context.words_after, working(context.sum)) and not _headed(context):
        return True
    words = _clause(context) if working(context.sum) else context.words_before
    distance, size = pay_cues.cues().decoy_before.nearest(words)
    if distance == 0 and size < -1:
        return True  # "of each £400 package"
    if pay_cues.cues().offer_after.first(context.words_after[:3]) == 0:
        return False
    if not working(context.sum) and pay_cues.cues().decoy_sentence.last(pay_cues.words(context.own)) >= 0:
        return True
    if working(context.sum):
        return pay_cues.decoy_before(words[-_NEAR_WORK:], weak=False, persons=True)
    return pay_cues.decoy_before(words, not (context.titled and context.headed), wage=_wage(context))


def _wage(context: Context) -> bool:
    """A sum of the size of a salary that opens its line and says "per annum" at once: what stands above it names the employer."""
    one = context.sum
    return bool(one.per and one.per.unit == "year") and dollars(one.high, one) >= YEARLY and not context.own.strip(" *-•")


def _clause(context: Context) -> Sequence[str]:
    """The words before a rate in its own clause: "ticket sales at the box office, £11.90 per hour"."""
    lead, parted, own = BRACKETS.sub(" ", context.own).rpartition(", ")
    return pay_cues.words(own) if parted and lead.strip() else context.words_before


def decoy_end(folded: str, context: Context) -> int:
    """Where the words end that follow a sum and say that it is something else: "$500 per diem on top of $2,800"."""
    count = pay_cues.of_its_own(context.words_after)
    ends = [match.end() for match in islice(pay_cues.WORDS_AND_COMMAS.finditer(folded, context.sum.whole_end), count)]
    return ends[-1] if ends else 0


def working(one: Sum) -> bool:
    """Is the sum for a unit of work, not of a month's or year's costs?"""
    return bool(one.per and one.per.unit in WORKING)


def _headed(context: Context) -> bool:
    """ "Salary: £25,396 Bonus Hours: 40": a year's sum under its own label, whatever field the line goes on with."""
    return 0 <= pay_cues.cues().salaried.last(context.words_before) <= 1 and dollars(context.sum.high, context.sum) >= YEARLY


def _salary_range(context: Context) -> bool:
    """A range of the size of a year's salary needs no word for it."""
    one = context.sum
    return one.range and dollars(one.low, one) >= YEARLY and one.high <= one.low * 3


def dollars(amount: float, one: Sum) -> float:
    """Roughly how many dollars, by the size of the currency alone."""
    return amount / currencies()[one.mark.codes[0]].size if one.mark else amount
