"""Employers, platforms, collecting companies and named clients."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from analysis.publication import Publication

AFTER = ("postings", "parties", "sources", "documents")
SMALLEST = 5  # as few as trends show

NAMES = """
select organization_id as id, organization as name from postings where organization_id is not null
union all select organization_id, organization from sources where organization_id is not null
union all select organization_id, organization from documents where organization_id is not null
union all select organization_id, name from parties where organization_id is not null
"""

POSTED = """
select organization_id as id, count(*) as postings, sum(state = 'open') as open,
  sum(end_client_disclosure = 'undisclosed') as client_undisclosed,
  sum(perpetual = 'granted') as perpetual, sum(perpetual = 'granted' and licences_read > 0) as perpetual_licence_read,
  sum(irrevocable = 'granted') as irrevocable, sum(perpetual in ('limited', 'denied')) as perpetual_limited_or_denied,
  sum(perpetual = 'not stated') as perpetual_not_stated, sum(withdrawal != 'not stated') as withdrawal_stated, sum(edits) as edits,
  sum(promises_removed) as promises_removed, min(first_seen) as first_seen, max(last_seen) as last_seen
from postings where organization_id is not null group by organization_id
"""

OTHER = {
    "platform_of": "select s.organization_id as id, sum(s.postings) as n from sources s where s.organization_id is not null group by 1",
    "named_collecting": "select organization_id as id, count(distinct posting_id) as n from parties "
    "where current and role = 'collecting_company' and organization_id is not null group by 1",
    "named_client": "select organization_id as id, count(distinct posting_id) as n from parties "
    "where current and role = 'end_client' and organization_id is not null group by 1",
}


def fill(pub: Publication) -> None:
    """Every organization in any role, with its own counts."""
    rows: dict[str, dict[str, Any]] = {id: {"id": id, "name": name} for id, name in _names(pub.rows(NAMES)).items()}
    for row in rows.values():
        row |= dict.fromkeys(("postings", "open", "client_undisclosed", "edits", "promises_removed", *OTHER), 0)
        row["invented"] = int("(invented)" in row["name"])
    for posted in pub.rows(POSTED):
        rows[posted["id"]] |= dict(posted)
    for column, sql in OTHER.items():
        for counted in pub.rows(sql):
            rows[counted["id"]][column] = counted["n"]
    _floors(pub, rows)
    pub.write("organizations", rows.values())


def _names(pairs: Iterable[Any]) -> dict[str, str]:
    """The spelling most often met for each id."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        spellings[pair["id"]][pair["name"]] += 1
    return {id: names.most_common(1)[0][0] for id, names in spellings.items()}


def _floors(pub: Publication, rows: dict[str, dict[str, Any]]) -> None:
    floors: defaultdict[str, list[float]] = defaultdict(list)
    for each in pub.rows("select organization_id, floor_usd from postings where floor_usd is not null and organization_id is not null"):
        floors[each["organization_id"]].append(each["floor_usd"])
    for row in rows.values():
        found = floors.get(row["id"], [])
        row |= {"n_floor": len(found), "median_floor_usd": round(median(found), 2) if len(found) >= SMALLEST else None}
