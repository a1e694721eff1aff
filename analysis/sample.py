"""The gigs as trends count them: those whose first day is known, with what each is cut by. Pure but for its reading."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from analysis.publication import Publication
from analysis.trends import panel

MONTHS = 36

GIGS = """
select p.id, p.first_month, p.organization_id, p.source_id, p.kind, p.country, p.modalities, p.pay_unit, p.licences_read, p.floor_usd,
  (p.hourly_usd_low + p.hourly_usd_high) / 2 as hourly_usd,
  (o.hourly_real_low + o.hourly_real_high) / 2 as hourly_real, p.scale_ratio,
  p.days_listed
from postings p left join pay_offers o on o.posting_id = p.id and o.headline = 1
where not p.backlog
"""

COMPLETE = "select source_id, substr(finished_at, 1, 7) as month from crawls where outcome = 'complete' group by 1, 2"
PARAMETERS = {"kind": "kind", "source": "source_id", "country": "country", "unit": "pay_unit", "modality": "modalities__arraycontains"}


@dataclass(frozen=True, slots=True)
class Gig:
    """One gig: month first seen, poster, and the (cut, value) pairs it falls under."""

    id: str
    month: str
    employer: str | None
    source: str
    cuts: tuple[tuple[str, str], ...]
    licence: bool
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Sampled:
    """The gigs of the window and the sources seen through all of it."""

    gigs: tuple[Gig, ...]
    panel: frozenset[str]

    def panels(self, gig: Gig) -> Iterator[str]:
        """The panels that a gig belongs to."""
        yield "all"
        if gig.source in self.panel:
            yield "panel"


def sampled(pub: Publication) -> Sampled:
    """Read the gigs of the last 36 months whose first day is known."""
    rows = pub.rows(GIGS)
    months = sorted({row["first_month"] for row in rows})[-MONTHS:]
    gigs = tuple(_gig(dict(row)) for row in rows if months and row["first_month"] >= months[0])
    complete: defaultdict[str, set[str]] = defaultdict(set)
    for row in pub.rows(COMPLETE):
        complete[row["source_id"]].add(row["month"])
    return Sampled(gigs, panel(complete, months))


def _gig(row: dict[str, str | int | float | None]) -> Gig:
    measures = {name: float(value) for name in MEASURES if (value := row[name]) is not None}
    cuts = [("all", "all")]
    for cut, column in (("kind", "kind"), ("source", "source_id"), ("country", "country"), ("unit", "pay_unit")):
        if row[column] is not None:
            cuts.append((cut, str(row[column])))
    cuts += [("modality", each) for each in json.loads(str(row["modalities"]))]
    employer = None if row["organization_id"] is None else str(row["organization_id"])
    return Gig(str(row["id"]), str(row["first_month"]), employer, str(row["source_id"]), tuple(cuts), bool(row["licences_read"]), measures)


MEASURES = ("floor_usd", "hourly_usd", "hourly_real", "scale_ratio", "days_listed")


def employers(gigs: Iterable[Gig]) -> int:
    """How many different posters; gigs without a named one count as one."""
    return len({gig.employer for gig in gigs})


def path(month: str, cut: str, value: str, **more: str) -> str:
    """The path of the gigs behind a cell."""
    asked = {"first_month": month, "backlog": "0"}
    if cut in PARAMETERS:
        asked[PARAMETERS[cut]] = value
    return "/callboard/postings?" + urlencode(asked | more)
