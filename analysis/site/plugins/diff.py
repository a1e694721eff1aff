"""What differs between two versions, word by word: `/callboard/diff/<a>..<b>`, versions by their permanent numbers."""

from __future__ import annotations

import json
from typing import Any

from datasette import NotFound, Response

from analysis.difference import cut, excerpts, pieces
from analysis.hook import hookimpl

DATABASE = "callboard"
MOST = 150_000  # characters of a difference on the page; the texts themselves are a link away
VERSION = "select v.*, x.text, c.evidence from versions v join texts x on x.sha256 = v.text_sha256 "
VERSION += "left join captures c on c.id = v.capture_id where v.id = ?"
KEPT = """select v.value as row, x.text, c.evidence from kept_pages k, json_each(k.rows) v
join texts x on x.sha256 = json_extract(v.value, '$.text_sha256') left join captures c on c.id = json_extract(v.value, '$.capture_id')
where k.name = 'versions' and json_extract(v.value, '$.id') = ?"""


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page, and the address that the form on a gig's page asks for."""
    return [(r"^/callboard/diff/(?P<a>\d{1,15})\.\.(?P<b>\d{1,15})$", differ), (r"^/callboard/diff$", chosen)]


async def chosen(datasette: Any, request: Any) -> Response:
    """From the form's two fields to the page's address."""
    a, b = request.args.get("a") or "", request.args.get("b") or ""
    if not (a.isdecimal() and b.isdecimal()):
        raise NotFound("choose two versions")
    return Response.redirect(datasette.urls.path(f"/callboard/diff/{int(a)}..{int(b)}"))


async def differ(datasette: Any, request: Any) -> Response:
    """Both versions as one text, with what was removed and what was added."""
    await datasette.ensure_permissions(
        request.actor, [("view-table", (DATABASE, "versions")), ("view-database", DATABASE), "view-instance"]
    )
    before, after = [await _version(datasette, request.url_vars[name]) for name in ("a", "b")]
    found = pieces(before["text"], after["text"])
    data = {
        "before": before,
        "after": after,
        "whole": cut(found, MOST),
        "changes": cut(excerpts(found), MOST),
        "same": before["text"] == after["text"],
    }
    return Response.html(await datasette.render_template("diff.html", data, request=request, view_name="diff"))


async def _version(datasette: Any, number: str) -> dict[str, Any]:
    """A version; one of a gig that is no longer counted as well."""
    db = datasette.get_database(DATABASE)
    for row in (await db.execute(VERSION, [int(number)])).rows:
        return dict(row)
    for row in (await db.execute(KEPT, [int(number)])).rows:
        return {**json.loads(row["row"]), "text": row["text"], "evidence": row["evidence"]}
    raise NotFound(f"no version {number}")
