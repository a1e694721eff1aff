"""Where a search hit: the words around it, with the words that were searched marked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from datasette.utils import escape_fts
from markupsafe import Markup, escape

from analysis.hook import hookimpl
from analysis.site_words import CONTROLS

DATABASE = "callboard"
Snippets = Callable[..., Awaitable[dict[int, Markup]]]
BEGIN, END = "\x02", "\x03"
SNIPPET = """
select rowid as number, snippet(search_fts, -1, char(2), char(3), '…', 28) as words from search_fts
where search_fts match :asked and rowid in ({numbers})
"""


@hookimpl
def extra_template_vars(datasette: Any, view_name: str, table: str | None) -> dict[str, Snippets] | None:
    """`snippets(search, numbers)` for the table of gigs."""
    if view_name != "table" or table != "postings":
        return None

    async def snippets(search: str, numbers: Sequence[int]) -> dict[int, Markup]:
        wanted = [int(number) for number in numbers]
        if not search or not wanted:
            return {}
        sql = SNIPPET.format(numbers=", ".join(map(str, wanted)))
        found = await datasette.get_database(DATABASE).execute(sql, {"asked": escape_fts(search)})
        return {row["number"]: marked(row["words"]) for row in found.rows}

    return {"snippets": snippets}


def marked(words: str) -> Markup:
    """The words, escaped, with what was searched for in <mark>."""
    plain = str(escape(words.translate(CONTROLS)))
    return Markup("<bdi>" + plain.replace(BEGIN, "<mark>").replace(END, "</mark>") + "</bdi>")
