"""The review page of the private site: one finding at a time with the words around it, and four answers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from analysis.hook import hookimpl
from crawler import review, store
from crawler.clock import now
from crawler.errors import UserMistake

PAGE = "/-/review"
STORE_VARIABLE = "CALLBOARD_STORE"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page and the answers it sends."""
    return [(rf"^{PAGE}$", page)]


@hookimpl
def menu_links() -> list[dict[str, str]]:
    """A way to it from every page."""
    return [{"href": PAGE, "label": "Review findings"}]


async def page(request: Any, datasette: Any) -> Response:
    """The next finding that nobody has judged; after an answer, the one after it."""
    wrong = None
    if request.method == "POST":
        try:
            _answer(await request.post_vars())
            return Response.redirect(_here(request.args.get("code")))
        except UserMistake as mistake:
            wrong = str(mistake)
    db = store.open_store(_store())
    waiting = review.waiting(db, request.args.get("code") or None, limit=1)
    judged = store.first(db, "select count(*) as n from review")
    db.close()
    facts = {"finding": waiting[0] if waiting else None, "wrong": wrong, "code": request.args.get("code")}
    facts["judged"] = judged["n"] if judged else 0
    return Response.html(await datasette.render_template("review.html", facts, request=request), status=400 if wrong else 200)


def _answer(form: dict[str, str]) -> None:
    """Write one judgement. Raises UserMistake for an unknown finding or answer."""
    verdict, _, correction = form.get("verdict", "").partition(":")
    number = form.get("finding", "")
    if verdict not in (review.ACCEPT, review.REJECT, review.CORRECT) or not number.isdigit():
        raise UserMistake("choose one of the answers")
    db = store.open_store(_store())
    try:
        review.judge(db, int(number), verdict, form.get("reviewer") or "unnamed", now(), correction or None)
    finally:
        db.close()


def _here(code: str | None) -> str:
    return f"{PAGE}?code={code}" if code else PAGE


def _store() -> Path:
    return Path(os.environ[STORE_VARIABLE])
