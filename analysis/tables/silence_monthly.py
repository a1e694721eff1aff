"""Rights granted and things left unsaid, by month first seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from analysis.publication import Publication
from analysis.sample import Gig, Sampled, path, sampled
from analysis.standing import NOT_STATED, Said, key_terms, stated
from analysis.trends import is_shown, share

AFTER = ("postings", "terms", "pay_offers", "crawls", "glossary")
CUTS = ("all", "kind", "source")
Cell = tuple[str, str, str, str, str]

FOUND = """
select posting_id, code, polarity, place from terms
where current and place != 'unverified' and posting_id is not null order by posting_id
"""


@dataclass(slots=True)
class Counted:
    """One cell while it is counted: gigs, posters, sources, and for each stated code how often in which polarity."""

    gigs: int = 0
    employers: set[str | None] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    stated: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def fill(pub: Publication) -> None:
    """Key terms for every cut, every other term for all gigs together; small cells without figures."""
    protects = {row["code"]: row["effect"] == "protects" for row in pub.rows("select code, effect from glossary")}
    pub.write("silence_monthly", _rows(_cells(sampled(pub), _stated(pub, protects)), list(protects)))


def _stated(pub: Publication, protects: Mapping[str, bool]) -> dict[str, dict[str, str]]:
    """For each gig the codes that it states, with polarity."""
    rows = pub.db.execute(FOUND)
    said: dict[str, dict[str, str]] = {}
    for gig, found in groupby(rows, key=lambda row: row["posting_id"]):
        stances = stated((Said(row["code"], row["polarity"], row["place"]) for row in found), protects)
        said[gig] = {code: stance.polarity for code, stance in stances}
    return said


def _cells(read: Sampled, said: Mapping[str, Mapping[str, str]]) -> dict[Cell, Counted]:
    cells: defaultdict[Cell, Counted] = defaultdict(Counted)
    for gig in read.gigs:
        for cell in _of(gig, read):
            counted = cells[cell]
            counted.gigs += 1
            counted.employers.add(gig.employer)
            counted.sources.add(gig.source)
            for code, polarity in said.get(gig.id, {}).items():
                counted.stated[code][polarity] += 1
    return cells


def _of(gig: Gig, read: Sampled) -> Iterator[Cell]:
    for panel in read.panels(gig):
        for cut, value in gig.cuts:
            if cut in CUTS:
                yield (gig.month, cut, value, panel, "all")
                if gig.licence:
                    yield (gig.month, cut, value, panel, "read")


def _rows(cells: Mapping[Cell, Counted], every: Sequence[str]) -> Iterator[dict[str, Any]]:
    for (month, cut, value, panel, licence), counted in sorted(cells.items(), key=lambda item: item[0]):
        row: dict[str, Any] = {"month": month, "cut": cut, "value": value, "panel": panel, "licence": licence, "n": counted.gigs}
        row |= {"employers": len(counted.employers), "sources": len(counted.sources)}
        row["shown"] = int(is_shown(row["n"], row["employers"]))
        read = {"licences_read__gt": "0"} if licence == "read" else {}
        for code in every if cut == "all" else key_terms():
            shares = _shares(counted.stated[code], counted.gigs) if row["shown"] else {}
            asked = {code: NOT_STATED} if code in key_terms() else {}
            yield {**row, "code": code, **shares, "rows": path(month, cut, value, **read, **asked)}


def _shares(counted: Counter[str], n: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, k in (("granted", counted["granted"]), ("silent", n - counted.total())):
        interval = share(k, n)
        if interval:
            found |= {column: interval.share, f"{column}_low": interval.low, f"{column}_high": interval.high}
    found |= {"limited": counted["limited"] / n, "denied": counted["denied"] / n}
    return {name: round(each, 4) for name, each in found.items()}
