"""Guaranteed pay by how a gig stands on each key term: what would otherwise be the dearest of the saved queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from analysis.standing import key_terms
from analysis.trends import is_shown, spread

AFTER = ("postings", "glossary")


def fill(pub: Publication) -> None:
    """A row for each key term and each way of standing on it; figures of too few gigs or posters are left out."""
    codes = tuple(key_terms())
    columns = ", ".join(f'"{code}"' for code in codes)
    floors: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    posters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for floor, poster, *stated in pub.db.execute(f"select floor_usd, organization_id, {columns} from postings where floor_usd is not null"):
        for cell in zip(codes, stated, strict=True):
            floors[cell].append(floor)
            posters[cell] |= {poster} - {None}
    pub.write("pay_by_right", _rows(floors, posters))


def _rows(floors: dict[tuple[str, str], list[float]], posters: dict[tuple[str, str], set[str]]) -> Iterator[dict[str, Any]]:
    for (code, stated), values in sorted(floors.items()):
        employers = len(posters[code, stated])
        row: dict[str, Any] = {"code": code, "stated": stated, "n": len(values), "employers": employers}
        row["shown"] = int(is_shown(len(values), employers))
        found = spread(values) if row["shown"] else None
        if found:
            row |= {f"{name}_usd": round(getattr(found, name), 2) for name in ("p25", "median", "p75")}
        yield row
