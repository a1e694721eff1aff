"""How often our reading was right where people checked it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.publication import Publication
from analysis.trends import share

AFTER = ("glossary",)

CHECKED = """
select kind, code, count(*) as n, sum(verdict = 'right') as k from store.review where verdict in ('right', 'wrong') group by kind, code
"""


def fill(pub: Publication) -> None:
    """One row for each kind of finding and term that people checked."""
    known = {row["code"] for row in pub.rows("select code from glossary")}
    pub.write("accuracy", _rows(pub, known))


def _rows(pub: Publication, known: set[str]) -> Iterator[dict[str, Any]]:
    for row in pub.rows(CHECKED):
        found = share(row["k"], row["n"])
        if found:
            id = "/".join(part for part in (row["kind"], row["code"]) if part)
            yield {
                "id": id,
                "measure": row["kind"],
                "code": row["code"] if row["code"] in known else None,
                "checked": found.n,
                "right": found.k,
                "share": round(found.share, 4),
                "low": round(found.low, 4),
                "high": round(found.high, 4),
                "words": "Checked by people against the quoted text.",
            }
