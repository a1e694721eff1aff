"""Every offer of pay as stated: from the words of postings and licences, and from the boards' own fields, with what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from analysis.comparable import compare
from analysis.exchange import Rate
from analysis.headline import headline
from analysis.inertness import inert
from analysis.pay_words import pay_words
from analysis.publication import Publication
from analysis.scale import against
from crawler import rows

AFTER = ("texts",)

DAY = """case when w.document_id is not null then substr(d.added_at, 1, 10)
  when v.number = 1 and v.posted_on <= v.seen_from then v.posted_on else substr(v.seen_from, 1, 10) end as day"""

STATED = f"""
select w.posting_id, w.version_id, w.document_id, w.place, w.current, w.ruleset, y.*, {DAY},
  substr(x.text, y.start + 1, y.end - y.start) as covered
from temp.words w join store.pay y on y.reading_id = w.reading_id join texts x on x.sha256 = w.text_sha256
left join store.version v on v.id = w.version_id left join store.document d on d.id = w.document_id
union all
select w.posting_id, w.version_id, null, w.place, w.current, null, y.*, {DAY}, redact(y.quote)
from temp.words w join store.pay y on y.version_id = w.version_id
left join store.version v on v.id = w.version_id left join store.document d on d.id = w.document_id
"""

ORDER = "select * from ({stated}) order by posting_id, version_id, document_id, origin = 'structured', start, id"

SAME: tuple[str, ...] = (
    *("posting_id", "version_id", "document_id", "place", "current", "origin", "amount_min", "amount_max", "currency", "unit"),
    *("qualifiers", "quantity_min", "quantity_max", "quantity_unit", "quantity_kind", "floor", "start", "end", "rule", "ruleset"),
)


def fill(pub: Publication) -> None:
    """Offers of the newest reading of every published text and the boards' own pay fields; one of each gig's is its headline."""
    pub.write("pay_offers", _rows(pub.db.execute(ORDER.format(stated=STATED))))


def _rows(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for gig, offers in groupby(found, key=lambda row: row["posting_id"]):
        made = [_offer(row) for row in offers]
        first = headline([row for row in made if row["current"]]) if gig else None
        yield from ({**row, "headline": 1 if row is first else None} for row in made)


def _offer(row: Any) -> dict[str, Any]:
    made = {name: row[name] for name in SAME}
    made["quote"] = inert(row["covered"])
    made["pay_words"] = pay_words(row["amount_min"], row["amount_max"], row["currency"], row["unit"], row["qualifiers"])
    return made | _figures(row)


def _figures(row: Any) -> dict[str, Any]:
    """What the offer comes to in dollars, by the hour, in real terms and against scale on the day it was made."""
    offer = rows.pay(row)
    figures = compare(offer, row["day"])
    beside = against(offer, figures, row["day"])
    made: dict[str, Any] = {"floor_usd": figures.usd_floor, "comparison_words": figures.words, "scale_words": beside.words}
    made |= _ends("usd", (figures.usd_low, figures.usd_high)) | _rate(figures.rate)
    made |= _ends("hourly_usd", (figures.hourly_usd_low, figures.hourly_usd_high))
    made |= _ends("hourly_real", (figures.hourly_real_low, figures.hourly_real_high))
    made |= _ends("real", (figures.real_low, figures.real_high))
    made |= {"real_base": figures.own.base if figures.own else None}
    made |= {"base_month": figures.prices.base if figures.prices else None, "day": row["day"]}
    return made | {"scale_rate_id": beside.rate.id if beside.rate else None, "scale_ratio": beside.ratio}


def _rate(rate: Rate | None) -> dict[str, Any]:
    """The exchange rate that was used, with the day it was published and by whom; a sum in US dollars has no day."""
    if rate is None:
        return {}
    return {"usd_rate": rate.usd, "usd_rate_day": rate.day, "usd_rate_source": rate.source}


def _ends(name: str, ends: Sequence[float | None]) -> dict[str, float | None]:
    return {f"{name}_low": ends[0], f"{name}_high": ends[1]}
