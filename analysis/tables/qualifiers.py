"""How sums are meant: every qualifier of pay with its meaning, and how many gigs carry it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from crawler.findings.pay_qualifiers import qualifiers

AFTER = ("offer_qualifiers", "postings")

COUNTED = """
select q.qualifier, count(distinct q.offer_id) as offers, count(distinct q.posting_id) as gigs,
  count(distinct p.id) filter (where p.state = 'open') as open, count(distinct coalesce(p.organization_id, '')) as employers
from offer_qualifiers q join postings p on p.id = q.posting_id group by q.qualifier
"""

SPOKEN = "select count(distinct posting_id) from pay_offers where current = 1 and place <> 'unverified' and posting_id is not null"

NOBODY = {"offers": 0, "gigs": 0, "open": 0, "employers": 0}


def fill(pub: Publication) -> None:
    """Every qualifier that is looked for, also those that no gig carries."""
    pub.write("qualifiers", _rows({row["qualifier"]: dict(row) for row in pub.rows(COUNTED)}, pub.rows(SPOKEN)[0][0]))


def _rows(counted: dict[str, dict[str, Any]], spoken: int) -> Iterator[dict[str, Any]]:
    for each in qualifiers().values():
        row = counted.get(each.id, {}) or NOBODY
        shown = row["gigs"] >= 5 and row["employers"] >= 3
        share = round(row["gigs"] / spoken, 3) if shown else None
        numbers = {name: row[name] for name in NOBODY}
        yield {"id": each.id, "label": each.id.replace("_", " "), "meaning": each.meaning, **numbers, "shown": int(shown), "share": share}
