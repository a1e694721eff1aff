"""Sources and their standing as a table for people or as JSON lines for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from crawler import rows
from crawler.health import Health
from crawler.records import Source


def sources(found: Sequence[Source], as_json: bool) -> None:
    """Print sources."""
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    table = Table("source", "kind", "lineage", "name", "crawled", box=None)
    for each in found:
        state = f"no: {each.refused}" if each.refused else "yes" if each.checked else "yes, not yet tried live"
        table.add_row(each.id, each.kind, each.lineage, each.name, state)
    _print(table)


def standings(found: Sequence[Health], as_json: bool) -> None:
    """Print how each source stands."""
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    table = Table("source", "last complete crawl", "last outcome", "seen", "usual", "at least", "open issues", "", box=None)
    for each in found:
        seen, usual = ("" if value is None else f"{value:g}" for value in (each.seen, each.usual))
        need = "needs a person" if each.needs_person else ""
        table.add_row(each.source, each.last_complete or "never", each.standing, seen, usual, str(each.expect_min), str(each.issues), need)
    _print(table)


def tips(found: Sequence[rows.Row]) -> None:
    """Print the documents that were handed in."""
    table = Table("document", "added", "gig or employer", "title", "origin", "published", "characters", box=None)
    for each in found:
        whose = each["posting_id"] or each["organization"] or ""
        shown = "yes" if each["publish"] else "no"
        table.add_row(str(each["id"]), each["added_at"], whose, each["title"] or "", each["origin"], shown, str(each["chars"]))
    _print(table)


def _print(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(table, markup=False, highlight=False)
