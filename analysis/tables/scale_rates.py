"""Union and market reference rates, with where each was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from analysis.reference_rates import rates

AFTER = ("pay_offers",)

COMPARED = "select scale_rate_id as id, count(*) as n from pay_offers where scale_ratio is not null and current group by scale_rate_id"
SAME = (
    "id",
    "body",
    "agreement",
    "place",
    "work",
    "amount",
    "currency",
    "unit",
    "hours",
    "certainty",
    "valid_from",
    "valid_to",
    "citation",
    "note",
)


def fill(pub: Publication) -> None:
    """Every rate that was read, also those without a figure."""
    compared = {row["id"]: row["n"] for row in pub.rows(COMPARED)}
    pub.write("scale_rates", _rows(compared))


def _rows(compared: dict[str, int]) -> Iterator[dict[str, Any]]:
    for rate in rates():
        yield {**{name: getattr(rate, name) for name in SAME}, "compared": compared.get(rate.id, 0)}
