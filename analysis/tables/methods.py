"""How the figures come about, and the state of this publication."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.covering import rules
from analysis.publication import Publication
from crawler import __version__

AFTER = ("postings", "seen_daily", "crawls")
METHODS = Path(__file__).parents[1] / "methods.toml"

COUNTS = {
    "gigs": ("Gigs published", "select count(*) from postings"),
    "relevant": ("Of these, relevant by their words", "select count(*) from postings where relevance = 'relevant'"),
    "unclear": ("Of these, unclear", "select count(*) from postings where relevance = 'unclear'"),
    "seen": ("Postings ever seen, published or not", "select count(*) from store.posting"),
    "texts": ("Texts read", "select count(*) from store.text"),
    "captures": ("Responses archived", "select count(*) from store.capture"),
    "crawls": ("Crawls", "select count(*) from crawls"),
}


def fill(pub: Publication) -> None:
    """The words of `methods.toml`, then what was counted, then the rules in force."""
    pub.write("methods", ({**row, "position": place} for place, row in enumerate(_rows(pub), 1)))


def _rows(pub: Publication) -> Iterator[dict[str, Any]]:
    for id, row in tomllib.loads(METHODS.read_text("utf-8")).items():
        yield {"id": id, **row}
    yield {"id": "published_at", "title": "Published", "words": f"{pub.now} (UTC), by Callboard {__version__}"}
    newest = pub.rows("select ruleset from store.reading order by id desc limit 1")
    yield {"id": "ruleset", "title": "Rules in force", "words": newest[0]["ruleset"] if newest else "none"}
    yield {"id": "covering", "title": "Rules of blacking out", "words": rules()}
    for id, (title, sql) in COUNTS.items():
        n = pub.rows(sql)[0][0]
        yield {"id": id, "title": title, "words": str(n), "value": n}
