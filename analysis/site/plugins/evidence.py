"""Archived responses, served from the WARC file: `/-/evidence/<capture id>`, its inert `/view`, and its `/download`.

Configure with plugin "evidence": {"warc_dir": "data/warc", "database": "callboard", "allow_uncovered": {"id": "editor"}}, or name the WARC
folder in CALLBOARD_WARC. The digest is computed anew at every look. Contact details are covered for everybody but the actors of
"allow_uncovered", who may take away every byte as archived.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, actor_matches_allow

from analysis import evidence
from analysis.evidence import Evidence, Row
from analysis.hook import hookimpl

PERMISSION = "evidence-uncovered"
TEMPLATE = Path(__file__).with_suffix(".html")
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:1rem;max-width:50rem;color:#1a1a1a;background:#fff}pre{white-space:pre-wrap;
overflow-wrap:anywhere}img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left}"""
HEAD = f"<!DOCTYPE html><html lang=und><head><meta charset=utf-8><title>Archived response</title><style>{STYLE}</style></head>"
STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
QUIET = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
POLICY = "default-src 'none'; style-src 'sha256-{}'; img-src data:; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
LOCKED = QUIET | {"Content-Security-Policy": POLICY.format(STYLE_DIGEST), "X-Frame-Options": "SAMEORIGIN"}
HELD_BACK = "These bytes hold contact details of persons, or cannot be checked for them; ask the publisher for them."

ONE = "select * from captures where id = :id"
PICTURED = "select * from captures where role <> 'screenshot' and revisit_of is null and (id = :parent or parent = :parent)"
OTHERS = "select id, role from captures where id <> :id and (id = :parent or parent in (:id, :parent)) order by id"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The three pages of a capture."""
    return [
        (r"^/-/evidence/(?P<id>\d{1,15})$", banner),
        (r"^/-/evidence/(?P<id>\d{1,15})/view$", view),
        (r"^/-/evidence/(?P<id>\d{1,15})/download$", download),
    ]


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str) -> bool | None:
    """The "allow_uncovered" block of our configuration decides, in Datasette's own language for such blocks."""
    allow = _config(datasette).get("allow_uncovered") if action == PERMISSION else None
    return None if allow is None else bool(actor_matches_allow(actor, allow))


async def banner(datasette: Any, request: Any) -> Response:
    """What was captured, when and from where, its digest old and new, and the response itself in a locked frame."""
    found = await _look(datasette, request)
    row = found.row
    data = {
        "found": found,
        "when": _words(row["fetched_at"]),
        "original_when": _words(found.original["fetched_at"]),
        "here": datasette.urls.path(f"/-/evidence/{row['id']}"),
        "others": await _rows(datasette, OTHERS, {"id": row["id"], "parent": row["parent"]}),
        "evidence_of": lambda number: datasette.urls.path(f"/-/evidence/{number}"),
        "row_path": datasette.urls.row(_database(datasette), "captures", str(row["id"])),
    }
    template = datasette.jinja_env.from_string(TEMPLATE.read_text("utf-8"))
    page = await datasette.render_template(template, data, request=request, view_name="evidence")
    return Response.html(page, status=500 if found.problem else 200, headers=QUIET)


async def view(datasette: Any, request: Any) -> Response:
    """The inert response alone, under a policy that allows no script and no request."""
    found = await _look(datasette, request)
    words = found.problem or (found.shown.how if found.shown else "")
    content = found.shown.html if found.shown and found.shown.html is not None else f"<p>{escape(words)}</p>"
    return Response.html(f"{HEAD}<body>{content}</body></html>", status=500 if found.problem else 200, headers=LOCKED)


async def download(datasette: Any, request: Any) -> Response:
    """The archived bytes as an attachment; with contact details covered, or not at all, unless the asker may have them."""
    found = await _look(datasette, request)
    if found.body is None or found.shown is None:
        raise NotFound(found.problem or "no archived bytes")
    allowed = await datasette.permission_allowed(request.actor, PERMISSION, default=False)
    body = found.body if allowed else found.shown.download
    if body is None:
        raise NotFound(HELD_BACK)
    exact = allowed or found.shown.exact
    name = f"capture-{found.row['id']}{'' if exact else '-covered'}.txt"
    headers = {**LOCKED, "Content-Disposition": f'attachment; filename="{name}"', "X-Archived-SHA256": found.original["sha256"]}
    return Response(body, headers=headers, content_type="text/plain" if exact else "text/plain; charset=utf-8")


async def _look(datasette: Any, request: Any) -> Evidence:
    """Find the capture and read its evidence in a thread. NotFound if there is no such capture."""
    database = _database(datasette)
    needed = [("view-table", (database, "captures")), ("view-database", database), "view-instance"]
    await datasette.ensure_permissions(request.actor, needed)
    row = await _row(datasette, int(request.url_vars["id"]))
    if row is None:
        raise NotFound(f"no capture {request.url_vars['id']}")
    original = await _row(datasette, row["revisit_of"]) if row["revisit_of"] else row
    pictured = await _rows(datasette, PICTURED, {"parent": row["parent"]}) if row["role"] == "screenshot" else []
    return await asyncio.to_thread(evidence.read, _warc_dir(datasette), row, original, pictured)


async def _row(datasette: Any, number: int) -> Row | None:
    return next(iter(await _rows(datasette, ONE, {"id": number})), None)


async def _rows(datasette: Any, sql: str, values: dict[str, Any]) -> list[Row]:
    found = await datasette.get_database(_database(datasette)).execute(sql, values)
    return [dict(row) for row in found.rows]


def _config(datasette: Any) -> dict[str, Any]:
    return datasette.plugin_config("evidence") or {}


def _database(datasette: Any) -> str:
    return str(_config(datasette).get("database", "callboard"))


def _warc_dir(datasette: Any) -> Path | None:
    named = _config(datasette).get("warc_dir") or os.environ.get("CALLBOARD_WARC")
    return Path(named) if named else None


def _words(moment: str) -> str:
    """`2026-11-21T02:14:07Z` as "21 November 2026, 02:14:07 UTC"."""
    parsed = datetime.fromisoformat(moment)
    return f"{parsed.day} {parsed:%B %Y, %H:%M:%S} UTC"
