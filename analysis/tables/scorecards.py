"""How each gig's words stand against each criterion of each standard, where they speak of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from analysis.publication import Publication
from analysis.standards import Standing, score
from crawler.records import Group, Polarity, Term

AFTER = ("terms",)

FOUND = """
select posting_id, code, polarity from terms where current and place != 'unverified' and posting_id is not null
group by posting_id, code, polarity order by posting_id
"""


def fill(pub: Publication) -> None:
    """Posting and licences together, in force. A criterion that no word decides has no row: it is not stated."""
    pub.write("scorecards", _rows(pub))


def _rows(pub: Publication) -> Iterator[dict[str, Any]]:
    for gig, rows in groupby(pub.db.execute(FOUND), key=lambda row: row["posting_id"]):
        for result in standings(frozenset((row["code"], row["polarity"]) for row in rows)):
            yield {"posting_id": gig, **result}


@cache
def standings(said: frozenset[tuple[str, str]]) -> tuple[dict[str, str], ...]:
    """The criteria that a set of (code, polarity) speaks of; many gigs say the same, so each set is held up once."""
    terms = [Term(code, Polarity(polarity), "", 0, 0, "", Group.RIGHTS) for code, polarity in sorted(said)]
    return tuple(
        {
            "criterion_id": f"{each.standard}/{each.criterion}",
            "standard": each.standard,
            "verdict": each.standing.value,
            "words": each.words,
        }
        for each in score(terms)
        if each.standing is not Standing.NOT_STATED
    )
