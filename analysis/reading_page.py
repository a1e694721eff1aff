"""A reading for the terminal, and as JSON with the field names of the records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.promises import compare, parties_gap
from crawler.findings.term_files import catalogue
from crawler.records import Group, Party, Polarity, Reading, Relevance, Term

SYMBOLS = {Polarity.GRANTED: "● granted", Polarity.LIMITED: "◐ limited", Polarity.DENIED: "○ denied"}
SILENT = "– not stated"
FEW = 3
"""Quotes of one reading that are shown of many."""

ANSWERS = {True: "yes", False: "no", None: "the text cannot tell"}


def as_json(found: Reading) -> str:
    """The reading: pay, terms, relevance, parties, text_sha256, ruleset."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def show(text: str, found: Reading, day: str | None, whole: bool = False) -> None:
    """Print a reading: relevance, parties, pay, then the matrix of terms with their quotes; `whole`: every quote, else the most telling."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    console.print(escape(text.split("\n", 1)[0][:200]), style="bold")
    console.print(_relevance(found.relevance))
    for party in found.parties:
        console.print(escape(_party(party)))
    console.print(pay_table(found, day))
    for group in Group:
        console.print(matrix(group, [each for each in found.terms if each.group is group], whole))
    console.print("Findings of words in this text, not legal advice. Not stated is not no.", style="dim")
    console.print(f"text {found.text_sha256}, ruleset {found.ruleset[:12]}", style="dim")


def show_clash(text: str, found: Reading, read: Reading, as_json: bool) -> None:
    """Print each promise of a posting beside what its licence says of it, and who is named in the licence alone."""
    verdicts, gap = compare(found.terms, read.terms), parties_gap(text, read.parties)
    if as_json:
        rows = [asdict(each) | {"verdict": each.verdict.value} for each in verdicts]
        click.echo(json.dumps({"promise_against_grant": rows, "named_in_licence_only": gap}, ensure_ascii=False, indent=2))
        return
    table = Table("the posting promises", "the licence", "what it says", title="Promise and licence", title_justify="left")
    for each in verdicts:
        quotes = "\n".join(f"“{term.quote}”" for term in each.grants) or SILENT
        table.add_row(escape(f"“{each.promise.quote}”"), each.verdict.value, escape(f"{each.words}\n{quotes}"))
    console = Console(width=None if Console().is_terminal else 160)
    console.print(table)
    console.print(f"Named in the licence and not in the posting: {escape(', '.join(gap)) or 'nobody'}")


def pay_table(found: Reading, day: str | None) -> Table:
    """One row an offer: what the text says, the offer, the money that is certain, by the hour, in USD, against scale."""
    from analysis.pay_columns import columns

    table = Table(
        "what the text says", "offer", "guaranteed", "per hour", "per hour, USD", "against scale", title="Pay", title_justify="left"
    )
    for offer in found.pay:
        table.add_row(escape(offer.quote), *(escape(each) for each in columns(offer, day)))
    if not found.pay:
        table.add_row(SILENT, *[""] * 5)
    return table


def matrix(group: Group, terms: Sequence[Term], whole: bool = False) -> Table:
    """Every term of a group with its readings and their quotes; a term that the text does not mention is not stated."""
    table = Table(group.value, "reading", "quote", title_justify="left")
    for entry in (each for each in catalogue() if each.group is group):
        stated = [each for each in terms if each.code == entry.code]
        for polarity in dict.fromkeys(each.polarity for each in stated):
            table.add_row(entry.title, SYMBOLS[polarity], escape(_quotes([each for each in stated if each.polarity is polarity], whole)))
        if not stated:
            table.add_row(entry.title, SILENT, "", style="dim")
    return table


def _quotes(terms: Sequence[Term], whole: bool) -> str:
    """The quotes of one reading, a line each, in the order of the text; of many the longest few, unless all are asked for."""
    kept = terms if whole else sorted(sorted(terms, key=lambda term: -len(term.quote))[:FEW], key=lambda term: term.start)
    rest = len(terms) - len(kept)
    return "\n".join([f"“{term.quote}”" for term in kept] + [f"and {rest} more; --all shows them"] * bool(rest))


def _relevance(answer: Relevance) -> str:
    kinds = ", ".join(answer.modalities).replace("_", " ") or "none found"
    return f"AI training: {ANSWERS[answer.ai_training]}. For performers: {ANSWERS[answer.performers]}. What is captured: {kinds}."


def _party(party: Party) -> str:
    words = party.name or party.disclosure.value.replace("_", " ")
    return f"{party.role.replace('_', ' ').capitalize()}: {words}" + (f" (“{party.quote}”)" if party.quote else "")
