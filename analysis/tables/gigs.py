"""The same gig on several boards, and how its copies differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from analysis.clusters import Cluster, differences, find
from analysis.cores import mapped
from analysis.likeness import Copy
from analysis.organization import organization_id
from analysis.publication import Publication, as_json
from analysis.shingles import Cut, cut

AFTER = ("versions", "texts", "pay_offers", "terms")
MOST_DIFFERENCES = 40  # sentences shown; more are another text

COPIES = """
select p.id, p.source_id as source, v.title, x.text, substr(p.first_seen, 1, 10) as first_seen, substr(p.last_seen, 1, 10) as last_seen,
  v.organization, v.location, v.posted_on, s.lineage
from temp.scope o join store.posting p on p.id = o.posting_id join versions v on v.id = p.version_id
join texts x on x.sha256 = v.text_sha256 left join store.source s on s.id = p.source_id
"""
FIELDS = ("id", "source", "title", "first_seen", "last_seen", "organization", "location", "posted_on")
TEXTS = """
select p.id, x.text from store.posting p join versions v on v.id = p.version_id join texts x on x.sha256 = v.text_sha256
where p.id in ({marks})
"""
PAY = "select posting_id, amount_min, amount_max, currency, unit from pay_offers where current and version_id is not null order by id"
TERMS = "select distinct posting_id, code || ' ' || polarity as stance from terms where current and version_id is not null"


def fill(pub: Publication) -> None:
    """Groups of gigs whose words are alike; temp.member says which gig is in which."""
    pub.db.execute("create temp table member (posting_id text primary key, gig_id text, role text, likeness real)")
    copies = _copies(pub)
    stances: defaultdict[str, set[str]] = defaultdict(set)
    for row in pub.db.execute(TERMS):
        stances[row["posting_id"]].add(row["stance"])
    found = find(list(copies.values()))
    pub.write("gigs", (_row(pub, _texts(pub, [copies[member.id] for member in cluster.members]), stances, cluster) for cluster in found))
    members = ((member.id, cluster.id, member.role, member.likeness) for cluster in found for member in cluster.members)
    pub.db.executemany("insert into temp.member values (?, ?, ?, ?)", members)


def _copies(pub: Publication) -> dict[str, Copy]:
    """Every gig as clustering sees it, without its text: only texts of copies are read again."""
    offers: defaultdict[str, list[Any]] = defaultdict(list)
    for row in pub.db.execute(PAY):
        offers[row["posting_id"]].append((row["amount_min"], row["amount_max"], row["currency"], row["unit"]))
    made = mapped(cut, pub.db.execute(COPIES), lambda row: str(row["text"]))
    return {row["id"]: _copy(row, offers[row["id"]], found) for row, found in made}


def _copy(row: Any, pay: Sequence[Any], found: Cut) -> Copy:
    fields = {name: row[name] for name in FIELDS}
    return Copy(**fields, text="", lineage=row["lineage"] or "board", pay=tuple(pay), ready=found)


def _texts(pub: Publication, copies: Sequence[Copy]) -> list[Copy]:
    found = {row["id"]: row["text"] for row in pub.rows(TEXTS.format(marks=", ".join("?" * len(copies))), [copy.id for copy in copies])}
    return [replace(copy, text=found[copy.id]) for copy in copies]


def _row(pub: Publication, copies: Sequence[Copy], stances: dict[str, set[str]], cluster: Cluster) -> dict[str, Any]:
    ids = [copy.id for copy in copies]
    open_now = pub.rows(f"select count(*) from store.posting where state = 'open' and id in ({', '.join('?' * len(ids))})", ids)[0][0]
    row: dict[str, Any] = {"id": cluster.id, "title": copies[0].title, "postings": len(copies), "open": open_now}
    row |= {"sources": len({copy.source for copy in copies}), "organizations": len({organization_id(copy.organization) for copy in copies})}
    row |= {"first_seen": min(copy.first_seen for copy in copies), "last_seen": max(copy.last_seen for copy in copies)}
    row |= {"least_alike": cluster.least_alike, "pay_differs": int(len({frozenset(copy.pay) for copy in copies}) > 1)}
    row["terms_differ"] = int(len({frozenset(stances[copy.id]) for copy in copies}) > 1)
    row["differences"] = as_json(_differences(copies))
    return row


def _differences(copies: Sequence[Copy]) -> Iterator[dict[str, Any]]:
    for each in differences(copies)[:MOST_DIFFERENCES]:
        yield {"sentence": each.sentence, "on": list(each.on), "missing_on": list(each.missing_on)}
