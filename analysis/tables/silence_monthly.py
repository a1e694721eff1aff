"""Rights granted and things left unsaid, by month first seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from analysis.publication import Publication
from analysis.sample import Gig, Sampled, employers, path, sampled
from analysis.standing import NOT_STATED, Said, Stance, key_terms, stances
from analysis.trends import is_shown, share
from crawler.findings.term_files import catalogue

AFTER = ("postings", "terms", "pay_offers", "crawls", "glossary")
CUTS = ("all", "kind", "source")
Cell = tuple[str, str, str, str, str]

FOUND = "select posting_id, code, polarity, place from terms where current and posting_id is not null order by posting_id"


def fill(pub: Publication) -> None:
    """Key terms for every cut, every other term for all gigs together; small cells without figures."""
    protects = {row["code"]: row["effect"] == "protects" for row in pub.rows("select code, effect from glossary")}
    read = sampled(pub)
    said = _stances(pub, protects)
    silence = dict.fromkeys(protects, Stance())
    pub.write("silence_monthly", _rows(_cells(read), {gig.id: said.get(gig.id, silence) for gig in read.gigs}))


def _stances(pub: Publication, protects: Mapping[str, bool]) -> dict[str, dict[str, Stance]]:
    rows = pub.db.execute(FOUND)
    return {
        gig: stances([Said(row["code"], row["polarity"], row["place"]) for row in found], protects)
        for gig, found in groupby(rows, key=lambda row: row["posting_id"])
    }


def _cells(read: Sampled) -> dict[Cell, list[Gig]]:
    cells: defaultdict[Cell, list[Gig]] = defaultdict(list)
    for gig in read.gigs:
        for panel in read.panels(gig):
            for cut, value in gig.cuts:
                if cut in CUTS:
                    cells[(gig.month, cut, value, panel, "all")].append(gig)
                    if gig.licence:
                        cells[(gig.month, cut, value, panel, "read")].append(gig)
    return cells


def _rows(cells: Mapping[Cell, list[Gig]], said: Mapping[str, Mapping[str, Stance]]) -> Iterator[dict[str, Any]]:
    every = [term.code for term in catalogue()]
    for (month, cut, value, panel, licence), gigs in sorted(cells.items()):
        row: dict[str, Any] = {"month": month, "cut": cut, "value": value, "panel": panel, "licence": licence, "n": len(gigs)}
        row |= {"employers": employers(gigs), "sources": len({gig.source for gig in gigs})}
        row["shown"] = int(is_shown(row["n"], row["employers"]))
        read = {"licences_read__gt": "0"} if licence == "read" else {}
        for code in every if cut == "all" else key_terms():
            shares = _shares(Counter(said[gig.id][code].polarity for gig in gigs), len(gigs)) if row["shown"] else {}
            asked = {code: NOT_STATED} if code in key_terms() else {}
            yield {**row, "code": code, **shares, "rows": path(month, cut, value, **read, **asked)}


def _shares(counted: Counter[str], n: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, polarity in (("granted", "granted"), ("silent", NOT_STATED)):
        interval = share(counted[polarity], n)
        if interval:
            found |= {column: interval.share, f"{column}_low": interval.low, f"{column}_high": interval.high}
    found |= {"limited": counted["limited"] / n, "denied": counted["denied"] / n}
    return {name: round(each, 4) for name, each in found.items()}
