"""Published checklists and laws, criterion by criterion, with how many gigs stand how."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from analysis.standards import standards

AFTER = ("scorecards", "versions")

COUNTS = "select criterion_id, verdict, count(*) as n from scorecards group by criterion_id, verdict"


def fill(pub: Publication) -> None:
    """Every criterion of every standard; gigs without a row on a scorecard do not state it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in pub.rows(COUNTS):
        counts[row["criterion_id"]][row["verdict"]] = row["n"]
    gigs = pub.rows("select count(distinct posting_id) as n from versions")[0]["n"]
    pub.write("standards", _rows(counts, gigs))


def _rows(counts: defaultdict[str, Counter[str]], gigs: int) -> Iterator[dict[str, Any]]:
    for standard in standards():
        about: dict[str, Any] = {"standard": standard.id, "standard_title": standard.title, "kind": standard.kind}
        about |= {"citation": standard.citation, "note": standard.note}
        for criterion in standard.criteria:
            id = f"{standard.id}/{criterion.id}"
            stated = {verdict: counts[id][verdict] for verdict in ("met", "partly", "not_met", "stated")}
            row = {"id": id, **about, "criterion": criterion.criterion, "asks": criterion.asks, "undecided": criterion.undecided}
            yield {**row, **stated, "not_stated": gigs - sum(stated.values())}
