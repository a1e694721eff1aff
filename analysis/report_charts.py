"""The charts of a report: every chart of the site up to a month, each with its table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from analysis.chart_files import ChartFile, charts
from analysis.charting import Chart, Point, svg
from analysis.report_tables import Column, Filled, Row, Section

BLIND = """select distinct t.month from trend_monthly t join blind_intervals b on t.month between substr(b.from_at, 1, 7)
and substr(coalesce(b.to_at, :month || '-31'), 1, 7) where b.days >= 3 and t.month <= :month"""


def drawn(db: sqlite3.Connection, month: str, root: str = "") -> Iterator[Filled]:
    """Charts with their rows up to a month, YYYY-MM. root: the site's address, to which points lead; without one they lead nowhere."""
    blind = frozenset(row[0] for row in db.execute(BLIND, {"month": month}))
    for chosen in charts():
        rows = _rows(db, chosen, month, "all")
        panel = {row["month"]: row[chosen.columns[0]] for row in _rows(db, chosen, month, "panel")}
        points = tuple(_point(chosen, row, root) for row in rows)
        beside = tuple(panel.get(row["month"]) for row in rows)
        told = tuple(dict(row) | {"panel": panel.get(row["month"]), "blind": int(row["month"] in blind)} for row in rows)
        if not any(row["shown"] for row in rows):
            yield Filled(_section(chosen), told)
            continue
        picture = svg(Chart(chosen.title, chosen.unit, points, beside, blind, chosen.reference, chosen.is_share))
        yield Filled(_section(chosen), told, picture)


def _section(chosen: ChartFile) -> Section:
    kind = "share" if chosen.is_share else "number"
    labels = ("Value", "95 % from", "to", "Lower quartile", "Upper quartile")
    figures = [Column(name, label, kind) for name, label in zip(chosen.columns, labels, strict=False)]
    columns = (Column("month", "Month"), Column("n", "n", "whole"), Column("employers", "Posters", "whole"), *figures)
    columns += (Column("panel", "Like for like", kind), Column("blind", "A source blind", "mark"), Column("shown", "Shown", "whole"))
    return Section(f"chart_{chosen.name}", chosen.title, chosen.says, columns, "")


def _rows(db: sqlite3.Connection, chosen: ChartFile, month: str, panel: str) -> list[Row]:
    asked = {**chosen.where, "cut": "all", "panel": panel}
    where = " and ".join(f'"{name}" = :{name}' for name in asked)
    sql = f'select * from "{chosen.table}" where {where} and month <= :until order by month'
    return [dict(row) for row in db.execute(sql, asked | {"until": month})]


def _point(chosen: ChartFile, row: Row, root: str) -> Point:
    values = {name: row[column] for name, column in zip(("value", "low", "high", "p25", "p75"), chosen.columns, strict=False)}
    return Point(row["month"], n=row["n"], href=root + row["rows"] if root else "", **values)
