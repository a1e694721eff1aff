"""Pay by month first seen, cut by one thing at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from analysis.sample import Gig, employers, path, sampled
from analysis.trends import is_shown, spread

AFTER = ("postings", "pay_offers", "crawls")
COLUMN = {"hourly_usd": "hourly_usd_low", "hourly_real": "hourly_usd_low"}  # the column of gigs that is there when the measure is


def fill(pub: Publication) -> None:
    """One row for each month, cut, value, panel and measure that any gig has; small cells without figures."""
    read = sampled(pub)
    cells: defaultdict[tuple[str, str, str, str, str], list[Gig]] = defaultdict(list)
    for gig in read.gigs:
        for panel in read.panels(gig):
            for cut, value in gig.cuts:
                for measure in gig.measures:
                    cells[(gig.month, cut, value, panel, measure)].append(gig)
    pub.write("trend_monthly", _rows(cells))


def _rows(cells: dict[tuple[str, str, str, str, str], list[Gig]]) -> Iterator[dict[str, Any]]:
    for (month, cut, value, panel, measure), gigs in sorted(cells.items()):
        row: dict[str, Any] = {"month": month, "cut": cut, "value": value, "panel": panel, "measure": measure, "n": len(gigs)}
        row |= {"employers": employers(gigs), "sources": len({gig.source for gig in gigs})}
        row["rows"] = path(month, cut, value, **{f"{COLUMN.get(measure, measure)}__notblank": "1"})
        row["shown"] = int(is_shown(row["n"], row["employers"]))
        found = spread(gig.measures[measure] for gig in gigs) if row["shown"] else None
        if found:
            row |= {name: round(getattr(found, name), 4) for name in ("p25", "median", "p75", "low", "high")}
        yield row
