"""`callboard review`: findings one by one at the terminal, or judged by number from a script."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click
from sqlite_utils import Database

from crawler import review
from crawler.clock import now
from crawler.review import Finding

KEYS = {"a": review.ACCEPT, "r": review.REJECT}
CORRECTIONS = {"g": "granted", "l": "limited", "d": "denied", "n": "none"}
PROMPT = "a accept, r reject, g/l/d/n it is granted/limited/denied/not stated, s skip, q quit"


def run(
    db: Database, code: str | None, given: Mapping[str, tuple[int | None, str | None]], reviewer: str, *, listed: bool, export: bool
) -> None:
    """Judge what was given by number; else list, export, or ask one by one on a terminal."""
    for verdict, (number, correction) in given.items():
        review.judge(db, number or 0, verdict, reviewer, now(), correction)
        click.echo(f"finding {number}: {verdict}" + (f" to {correction}" if correction else ""))
    if export:
        for line in review.labelled(db):
            click.echo(line)
    elif not given:
        found = review.waiting(db, code)
        if listed or not sys.stdin.isatty():
            _list(found)
        else:
            _ask(db, found, reviewer)


def dismiss(db: Database, gig: str, reviewer: str) -> None:
    """Judge that a posting is no gig for this site, and say what follows."""
    n = review.dismiss(db, gig, reviewer, now())
    click.echo(f"gig {gig}: no longer counted from the next publication on ({n} wording{'' if n == 1 else 's'}); its page stays")


def _list(found: list[Finding]) -> None:
    for each in found:
        click.echo(f"{each.id}\t{each.code}\t{each.polarity}\t{_one_line(each)}")


def _ask(db: Database, found: list[Finding], reviewer: str) -> None:
    for each in found:
        click.echo(f"\n{each.title or 'a document'}\n{click.style(f'{each.code}: {each.polarity}', bold=True)}\n{_one_line(each)}")
        key = click.prompt(PROMPT, type=click.Choice([*KEYS, *CORRECTIONS, "s", "q"]), show_choices=False)
        if key == "q":
            return
        if key in KEYS:
            review.judge(db, each.id, KEYS[key], reviewer, now())
        elif key in CORRECTIONS:
            review.judge(db, each.id, review.CORRECT, reviewer, now(), CORRECTIONS[key])


def _one_line(each: Finding) -> str:
    return " ".join(f"{each.before}[{each.quote}]{each.after}".split())
