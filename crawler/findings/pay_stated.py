"""A currency that a text states once for all its sums: "All rates in GBP", "Salary (in euros): 38k to 45k"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.findings.pay_marks import Mark, marks
from crawler.findings.pay_sums import Sum

_FIELD = re.compile(r"[,(] ?([a-z]{3}|euros?|pounds|dollars|us dollars)\)?[. ]*(?:$|\n)", re.MULTILINE)  # "lead 1,000/week, USD."
_SAID = re.compile(
    r"\b(?:amounts?|figures?|sums?|rates?|fees?|prices?|tasks|jobs|priced|quoted|salar(?:y|ies)|wages?|pay|payments?|paid|compensation|budgets?|range|currency|"
    r"honorare?|gagen?|cachets?|tarifs?|montants?|stawki|kwoty|importes?|tarifas|valores|compensi|cifre)\b[^\n.;:\d]{0,24}?"
    r"(?:\(|\bin |\ben |\bem |\bw |: ?)(?:in |en |em |all in )?(?:the )?([^\W\d_]{2,12})(?: ([^\W\d_]{4,9}))?"
)


def with_currency(folded: str, found: Sequence[Sum]) -> Sequence[Sum]:
    """The sums, those without a mark of their own with the one that the text states for all; as they are where it states none."""
    if all(one.mark for one in found):
        return found
    mark = _stated(folded)
    return found if mark is None else [one if one.mark else replace(one, mark=mark, inherited=True) for one in found]


def _stated(folded: str) -> Mark | None:
    for match in _SAID.finditer(folded):
        mark = marks().get(f"{match[1]} {match[2]}") or marks().get(match[1])
        if mark and len(mark.codes) == 1 and not mark.shy and not mark.cents:
            return mark
    field = _FIELD.search(folded)
    mark = marks().get(field[1]) if field else None
    return mark if mark and len(mark.codes) == 1 and not mark.shy else None
