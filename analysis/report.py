"""A month's report as one printable HTML file with charts inside, or as a folder of CSV files with the same figures."""

from __future__ import annotations

import re
import sqlite3
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import csv_file
from analysis.atom import shorten
from analysis.charting import alone
from analysis.publication_file import published_at
from analysis.report_charts import drawn
from analysis.report_figures import figures
from analysis.report_tables import Column, Filled, Row, filled
from analysis.site_words import site
from analysis.trends import FEWEST_EMPLOYERS, FEWEST_GIGS
from crawler.errors import UserMistake
from crawler.lines import one_line

HERE = Path(__file__).parent
STYLE = HERE / "site" / "static" / "site.css"
TEXT = frozenset({"words", "quote", "day", "gig"})
UNPRINTED = frozenset({"shown", "unit"})
FIGURES = frozenset({"number", "share", "unit"})
METHODS = "select title, words from methods where value is null and words like '%. %' order by position"


@dataclass(frozen=True, slots=True)
class Report:
    """A month, YYYY-MM, with its tables; published: when the publication was made; methods: rows of that table."""

    month: str
    published: str
    parts: tuple[Filled, ...]
    methods: tuple[Row, ...]


def gather(db: sqlite3.Connection, month: str, root: str = "") -> Report:
    """Everything that the report of a month says. root: the site's address for links. Raises UserMistake for a month without crawls."""
    _check(db, month)
    parts = (figures(db, month), *drawn(db, month, root), *filled(db, month))
    return Report(month, published_at(db), parts, tuple(map(dict, db.execute(METHODS))))


def html(report: Report, root: str = "", corrections: str = "") -> str:
    """The report as one file that asks for nothing else: style and charts are inside, scripts are forbidden."""
    words = site()
    known: dict[str, Any] = {"title": f"{words['title']}: {_month(report.month)}", "about": words["description"], "root": root}
    known |= {"published": report.published, "over": report.month < report.published[:7], "parts": report.parts}
    known |= {"methods": report.methods, "cell": partial(cell, root=root), "text": TEXT, "unprinted": UNPRINTED}
    known |= {"month": report.month, "alone": _file}
    known |= {"licence": words["license"], "licence_url": words["license_url"], "corrections": corrections}
    known |= {"style": Markup(STYLE.read_text("utf-8")), "fewest": (FEWEST_GIGS, FEWEST_EMPLOYERS)}
    made = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return made.get_template("report.html").render(known)


def csv_files(report: Report, folder: Path) -> tuple[Path, ...]:
    """Each table as `<name>.csv` in a folder, made if need be. Suppressed figures are empty and `shown` is 0."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for part in report.parts:
        names = [column.name for column in part.section.columns]
        made.append(folder / f"{part.section.name}.csv")
        csv_file.write(made[-1], names, ([row.get(name) for name in names] for row in part.rows))
    return tuple(made)


def cell(row: Row, column: Column, root: str = "") -> Markup | str:
    """A cell as printed: words of strangers escaped and in one line, a figure that is held back as suppressed, a gig as a link to root."""
    value = row.get(column.name)
    if column.kind in FIGURES and value is None:
        held = not row.get("shown", 1) and column.name not in ("before", "panel")
        return ("suppressed" if row.get("n") else "none") if held else "–"
    if value is None:
        return ""
    if column.kind == "mark":
        return "yes" if value else ""
    if column.kind == "gig":
        return Markup('<a href="{}/callboard/postings/{}">{}</a>').format(root, value, value) if root else str(value)
    if column.kind in TEXT:
        said = escape(one_line(str(value)[:10] if column.kind == "day" else shorten(str(value))))
        return Markup("<q><bdi>{}</bdi></q>").format(said) if column.kind == "quote" else Markup("<bdi>{}</bdi>").format(said)
    return _number(float(value), str(row.get("unit", "")) if column.kind == "unit" else column.kind)


def _file(picture: str) -> str:
    """A chart as the base64 of a file to take away; no script is needed for it."""
    return b64encode(alone(picture).encode()).decode()


def _number(value: float, kind: str) -> str:
    if kind == "share":
        return f"{value:.0%}".replace("%", " %")
    if kind in ("whole", "gigs", "promises"):
        return f"{value:,.0f}".replace(",", "\u202f")
    shown = f"{value:,.2f}".replace(",", "\u202f")
    return shown if kind == "number" else f"{shown} {'×' if kind == 'times scale' else kind}"


def _check(db: sqlite3.Connection, month: str) -> None:
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", month):
        raise UserMistake(f"month {month!r}: write year and month, as in 2026-10")
    first, last = db.execute("select substr(min(finished_at), 1, 7), substr(max(finished_at), 1, 7) from crawls").fetchone()
    if first is None:
        raise UserMistake("nothing was crawled yet; run `callboard crawl` and `callboard publish`")
    if not first <= month <= last:
        raise UserMistake(f"month {month}: the publication holds {first} to {last}; choose one of these")


def _month(month: str) -> str:
    return f"{datetime.fromisoformat(month + '-01'):%B %Y}"
