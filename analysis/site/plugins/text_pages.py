"""The page of a version and of a licence: the words with their quotes marked, what they state, and where they are archived."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from analysis.citation import Cited, formats
from analysis.hook import hookimpl
from analysis.matrix import GROUPS, lines
from analysis.page_marks import anchor, marks
from analysis.site_address import origin

DATABASE = "callboard"

ROWS = {
    "versions": "select v.*, x.text, x.chars, c.fetched_at, c.evidence, c.url as page_url, c.sha256 as page_sha256, c.size "
    "from versions v join texts x on x.sha256 = v.text_sha256 left join captures c on c.id = v.capture_id where v.id = :id",
    "documents": "select d.*, x.text, x.chars, c.fetched_at, c.evidence, c.url as page_url, c.sha256 as page_sha256, c.size "
    "from documents d join texts x on x.sha256 = d.text_sha256 left join captures c on c.id = d.capture_id where d.id = :id",
}
KEYS = {"versions": "version_id", "documents": "document_id"}
TERMS = "select t.*, g.title, g.effect from terms t join glossary g on g.code = t.code where t.{key} = :id order by t.start"
GLOSSARY = "select * from glossary order by title"
BESIDE = {
    "versions": "select id, number, seen_from, seen_to from versions where posting_id = :posting order by number",
    "documents": "select id, title, state from postings where id = :posting",
}


@hookimpl
def extra_template_vars(datasette: Any, request: Any, view_name: str, table: str | None) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """Give the row page of a version or document its words and findings."""
    if view_name != "row" or table not in ROWS:
        return None

    async def found() -> dict[str, Any]:
        return await page(datasette, request, str(table), request.url_vars["pks"])

    return found


async def page(datasette: Any, request: Any, table: str, number: str) -> dict[str, Any]:
    """The row with its text marked, its matrix, and the versions or gig beside it."""
    db = datasette.get_database(DATABASE)

    async def ask(sql: str, **values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in (await db.execute(sql, values)).rows]

    row = next(iter(await ask(ROWS[table], id=number)), None)
    if row is None:
        return {}
    key = KEYS[table]
    terms = await ask(TERMS.format(key=key), id=number)
    pay = await ask(f"select * from pay_offers where {key} = :id", id=number)
    parties = await ask(f"select * from parties where {key} = :id", id=number)
    shown = {"row": row, "marked": marks(row["text"], [*terms, *pay, *parties]), "pay": pay, "parties": parties}
    shown |= {"terms": lines(terms, await ask(GLOSSARY)), "beside": await ask(BESIDE[table], posting=row["posting_id"])}
    return {"words": shown, "groups": GROUPS, "anchor": anchor, "citations": _citations(datasette, request, table, row)}


def _citations(datasette: Any, request: Any, table: str, row: dict[str, Any]) -> dict[str, str]:
    """A version or licence, which never changes, as a citation."""
    url = origin(datasette, request) + datasette.urls.path(f"/{DATABASE}/{table}/{row['id']}")
    begun = row["seen_from"] if table == "versions" else row["added_at"]
    what = "version" if table == "versions" else "licence"
    return formats(
        Cited(str(row["id"]), row["title"], row["organization"], begun[:10], url, row["fetched_at"] or begun, row["text_sha256"], what)
    )
