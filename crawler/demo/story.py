"""What the three nights should show, from `expected.toml`, for an end-to-end test to hold the whole machine to.

Every edit of a posting's words is also a `text_edited`; those are worked out here from the texts and not written down.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.demo import load
from crawler.demo.board import Board, Sheet
from crawler.records import EventKind, Outcome

FILE = Path(__file__).parent / "expected.toml"


@dataclass(frozen=True, slots=True)
class Expected:
    """One event that a night must show.

    native_id: the posting's id on its board (for pages, the last part of its address); code: the term, if one is meant; paper: the
    linked document that changed, if not the posting itself.
    """

    board: str
    slug: str
    native_id: str
    night: int
    kind: EventKind
    code: str | None
    why: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """A posting of which a night must show no event at all, and why one might think otherwise."""

    board: str
    slug: str
    native_id: str
    night: int
    why: str


@dataclass(frozen=True, slots=True)
class CrawlSeen:
    """How a board's crawl ends on a night, and how many postings a polite visitor finds there."""

    board: str
    night: int
    outcome: Outcome
    seen: int


@dataclass(frozen=True, slots=True)
class Story:
    """The three nights as they should be read."""

    events: tuple[Expected, ...]
    quiet: tuple[Quiet, ...]
    crawls: tuple[CrawlSeen, ...]


def story(path: Path = FILE) -> Story:
    """The expected events (with the edits worked out), the quiet postings, and every crawl's end."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    told = tuple(_expected(row) for row in raw["event"])
    quiet = tuple(Quiet(*_named(row), row["why"]) for row in raw["quiet"])
    crawls = tuple(_crawl(board, night) for board in load.boards() for night in (1, 2, 3))
    return Story(told + _edits(), quiet, crawls)


def _expected(row: dict[str, Any]) -> Expected:
    return Expected(*_named(row), EventKind(row["kind"]), row.get("code"), row["why"], row.get("paper"))


def _named(row: dict[str, Any]) -> tuple[str, str, str, int]:
    board, slug = row["posting"].split("/")
    night = int(row["night"])
    return board, slug, _native_id(board, slug, night, row.get("edition")), night


def _native_id(board: str, slug: str, night: int, edition: int | None) -> str:
    """The id a posting has on a night, or had when it last hung; or that of an earlier edition."""
    sample = next(one for one in _board(board).samples if one.slug == slug)
    hung = dict.fromkeys(sheet.native_id for sheet in sample.nights[:night] if sheet)
    return list(hung)[-1 if edition is None else edition - 1]


def _board(name: str) -> Board:
    return next(board for board in load.boards() if board.id == name)


def _edits() -> tuple[Expected, ...]:
    return tuple(edit for board in load.boards() for sample in board.samples for edit in _edits_of(board, sample.slug, sample.nights))


def _edits_of(board: Board, slug: str, nights: tuple[Sheet | None, ...]) -> list[Expected]:
    """Edits as a crawler can see them: against the last night on which the board showed the posting."""
    found, last = [], None
    for night, sheet in enumerate(nights, start=1):
        if sheet is None or sheet.status != 200 or sheet.members or night in board.trouble:
            continue
        if last and last.native_id == sheet.native_id and _words(last) != _words(sheet):
            why = "the words changed"
            found.append(Expected(board.id, slug, sheet.native_id, night, EventKind.TEXT_EDITED, None, why))
        last = sheet
    return found


def _words(sheet: Sheet) -> tuple[str, str, str, str]:
    return sheet.title, sheet.organization, sheet.location, sheet.body


def _crawl(board: Board, night: int) -> CrawlSeen:
    ends = {"down": Outcome.FAILED, "empty": Outcome.SUSPICIOUS}
    outcome = ends.get(board.trouble.get(night, ""), Outcome.COMPLETE)
    found = [] if outcome is Outcome.FAILED else board.sheets(night)
    seen = sum(1 for sheet in found if sheet.status == 200 and not sheet.members)
    return CrawlSeen(board.id, night, outcome, seen)
