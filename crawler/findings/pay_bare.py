"""A number without a currency under a label of pay: "Hourly rate: 23-27", "Budget: 500"."""

from __future__ import annotations

import re
from functools import cache

from crawler.findings.pay_grammar import grammar

_REACH = 60  # characters before a number in which its label stands
_LEAST = 10  # "Rate: 5" is no pay where no unit is named
_HIGHEST = 1_000_000
_NEXT = re.compile(
    r"[ *_]{0,3}(?:$|\n|[.,;)|](?!\d)|/(?!\d)|\+|-?(?:per|plus|flat|cash|doe|dep\w*|based|negotiable|neg|obo|gross|net|brutto|netto|inside|"
    r"outside|base|annually|hourly|daily|weekly|monthly|pa|pm|an|a|all in|total|buyout|each|for|with|and)\b|\()"
)


def under_label(folded: str, start: int, end: int, low: float, high: float) -> bool:
    """Do these characters, a number or a range, follow a label of pay that opens its line or its field, and does nothing count things?"""
    if not _LEAST <= low <= high <= _HIGHEST or _NEXT.match(folded, end) is None:
        return False
    return _label().search(folded, max(0, start - _REACH), start) is not None


@cache
def _label() -> re.Pattern[str]:
    """A label that names a unit ("day rate 600") needs no colon; one that only says "pay" does."""
    known = grammar()
    periods, kinds, nouns = ("|".join(map(re.escape, words)) for words in (known.periods, known.label_kinds, known.label_nouns))
    lead = r"(?:^|[\n•|;,.(>*–:]|\]|- |\d\) )[ *_#-]{0,4}"
    note = r"(?:[ ]?\([^()\n]{0,24}\))?[ *_]{0,3}"
    words = r"(?:is |of |from |up to |about |approx\.? |starting at |~[ ]?|between )?"
    unit = rf"(?:(?:{kinds}) )?(?:{periods}) (?:{nouns}){note}[:=–-]?"
    plain = rf"(?:(?:{kinds}) ){{0,2}}(?:{nouns}){note}[:=]"
    sure = rf"(?:{'|'.join(map(re.escape, known.plain_nouns))})(?: (?:of|von|de|di|do))?[ ]"
    return re.compile(rf"{lead}(?:{unit}|{plain}|{sure})[ *_]{{0,3}}\n?[ *_]{{0,3}}{words}$", re.MULTILINE)
