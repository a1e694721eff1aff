"""What went wrong, could not be read, or cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis import inflation
from analysis.publication import Publication

AFTER = ("pay_offers",)

SELECT = """
select id, source_id, crawl_id, case when posting_id in (select posting_id from temp.scope) then posting_id end as posting_id, url, rule,
  redact(message) as message, severity, opened_at, last_at, times, closed_at
from store.issue where posting_id is null or posting_id in (select posting_id from temp.scope)
"""


UNDEFLATED = """
select currency, count(*) as n, max(day) as day from pay_offers
where current and real_base is null and currency is not null and unit is not 'percent' and coalesce(amount_min, amount_max) is not null
group by currency order by currency
"""


def fill(pub: Publication) -> None:
    """Issues of sources and crawls and of published gigs, and one for each currency whose offers are not in real terms."""
    pub.fill("issues", SELECT)
    pub.write("issues", list(_undeflated(pub)))


def _undeflated(pub: Publication) -> Iterator[dict[str, Any]]:
    for row in pub.rows(UNDEFLATED):
        why = inflation.missing(row["day"], row["currency"])
        message = f"Offers in {row['currency']} that are not in real terms: {row['n']}. The reason: {why}."
        yield {
            "rule": "pay-not-in-real-terms",
            "message": message,
            "severity": "info",
            "opened_at": pub.now,
            "last_at": pub.now,
            "times": 1,
        }
