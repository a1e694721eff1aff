"""How often our reading is right: measured on labelled texts, and where people checked published findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.accuracy import kept
from analysis.publication import Publication
from analysis.trends import share

AFTER = ("glossary",)

CHECKED = """
select kind, code, count(*) as n, sum(verdict = 'accept') as k, max(at) as at from store.review
where verdict in ('accept', 'reject', 'correct') group by kind, code
"""
MEASURED = {
    "known": "Measured on labelled texts that were at hand when the rules were written; on new texts expect more errors.",
    "blind": "Measured on invented texts by somebody who had not seen the rules; no rule was mended for them.",
    "elsewhere": "Measured on real texts of other origins, labelled by somebody who had not seen the rules; they stay with their owners.",
}
REVIEWED = "Checked by people against the quoted words."


def fill(pub: Publication) -> None:
    """The measured rows of `accuracy.toml`, then one for each kind of finding and term that people reviewed."""
    titles = {row["code"]: row["title"] for row in pub.rows("select code, title from glossary")}
    pub.write("accuracy", (*_measured(titles), *_reviewed(pub, titles)))


def _measured(titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in kept():
        named = row["measure"] == "term" and row["code"] in titles
        place = "" if row["texts"] == "known" else f"{row['texts']}/"
        made = {"id": f"{place}{row['measure']}/{row['code']}", "measure": row["measure"], "code": row["code"] if named else None}
        made |= {"what": titles[row["code"]] if named else row["code"].replace("_", " ")}
        made |= {name: row.get(name) for name in ("rows", "precision", "recall", "corpus")}
        yield {**made, "on_day": row["on"], "words": MEASURED[row["texts"]]}


def _reviewed(pub: Publication, titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in pub.rows(CHECKED):
        found = share(row["k"], row["n"])
        if found:
            made = {"id": f"review/{row['kind']}/{row['code'] or ''}", "measure": f"reviewed {row['kind']}", "rows": found.n}
            made |= {"code": row["code"] if row["code"] in titles else None, "what": titles.get(row["code"], row["code"] or row["kind"])}
            made |= {"precision": round(found.share, 4), "precision_low": round(found.low, 4), "precision_high": round(found.high, 4)}
            yield {**made, "on_day": row["at"][:10], "words": REVIEWED}
