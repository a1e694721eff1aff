"""Cells of tables and queries as people read them: chips for readings, links for ids and paths, harmless words."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from analysis.hook import hookimpl
from analysis.page_marks import look
from analysis.site_words import CONTROLS
from analysis.standing import key_terms

READINGS = {"granted": "●", "limited": "◐", "denied": "○", "not stated": "–"}
LINKS = {
    "gig": "/callboard/postings/{}",
    "licence": "/callboard/documents/{}",
    "source": "/callboard/sources/{}",
    "group_id": "/callboard/gigs/{}",
    "version": "/callboard/versions/{}",
    "version_before": "/callboard/versions/{}",
    "version_after": "/callboard/versions/{}",
    "relisted_from": "/callboard/postings/{}",
}
PATHS = {"rows": "rows", "evidence": "archived", "page": "page"}
SUPPRESSED = Markup('<span class="small" title="too few gigs or posters stand behind this figure">suppressed</span>')
LONGEST = 300  # as Datasette cuts the other cells


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """What a cell shows; None leaves it to Datasette."""
    if value is None and "shown" in row.keys() and row["shown"] == 0:  # noqa: SIM118  (a row of SQLite is no mapping)
        return SUPPRESSED
    if not isinstance(value, str | int) or value == "":
        return None
    if isinstance(value, str) and value in READINGS and (column in key_terms() or column == "polarity"):
        return _chip(value, column)
    if column in PATHS and str(value).startswith("/"):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(str(value)), PATHS[column])
    if column in LINKS and table is None:
        return Markup('<a href="{}">{}</a>').format(datasette.urls.path(LINKS[column].format(value)), value)
    return _harmless(value)


def _chip(value: str, column: str) -> Markup:
    effect = "neutral" if column == "polarity" else "protects" if key_terms()[column] else "takes"
    return Markup('<span class="chip {}"><span aria-hidden="true">{}</span> {}</span>').format(look(value, effect), READINGS[value], value)


def _harmless(value: object) -> Markup | None:
    """Words with signs that turn the writing direction, without them."""
    shown = str(value)[:LONGEST]
    plain = shown.translate(CONTROLS)
    return Markup("<bdi>{}</bdi>").format(plain + "…" * (len(str(value)) > LONGEST)) if plain != shown else None
