"""Lever-shaped: `v0/postings/{site}?mode=json&skip=&limit=`, a bare list, bulleted sections kept apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.demo import html_page, markup
from crawler.demo.answer import Answer, Question, data, missing
from crawler.demo.board import Board, Sheet, Wage
from crawler.demo.markup import Section

INTERVALS = {
    "hour": "per-hour-wage",
    "day": "per-day-wage",
    "week": "per-week-salary",
    "month": "per-month-salary",
    "year": "per-year-salary",
    "project": "one-time",
}


def answer(board: Board, question: Question) -> Answer:
    """`v0/postings/{site}[/{id}]`, or `{site}/{id}` for the page people see."""
    if question.parts[0] != "v0":
        sheet = board.sheet(question.parts[-1], question.night)
        return html_page.posting(board, sheet, question.base) if sheet else missing()
    rest = question.parts[3:]
    if not rest:
        return _listing(board, question)
    sheet = board.sheet(rest[0], question.night)
    return data(posting(board, sheet, question)) if sheet else data({"ok": False, "error": "Document not found"}, 404)


def _listing(board: Board, question: Question) -> Answer:
    skip, limit = int(question.get("skip", "0")), int(question.get("limit", "100"))
    sheets = board.sheets(question.night)[skip : skip + limit]
    return data([posting(board, sheet, question) for sheet in sheets])


def posting(board: Board, sheet: Sheet, question: Question) -> dict[str, Any]:
    """One posting with the keys of a recorded answer."""
    url = f"{question.base}/lever/{board.id}/{sheet.native_id}"
    found = {
        "categories": _categories(sheet),
        "createdAt": int(datetime.fromisoformat(sheet.posted).replace(tzinfo=UTC).timestamp() * 1000),
        "id": sheet.native_id,
        "text": sheet.title,
        "country": sheet.country,
        "workplaceType": "remote" if sheet.remote else "on-site",
        "hostedUrl": url,
        "applyUrl": f"{url}/apply",
    }
    return found | _texts(board, sheet, question.base) | (_salary(sheet.wage) if sheet.wage else {})


def _categories(sheet: Sheet) -> dict[str, Any]:
    return {
        "commitment": sheet.employment,
        "department": sheet.department,
        "location": sheet.location,
        "team": sheet.department,
        "allLocations": [sheet.location],
    }


def _texts(board: Board, sheet: Sheet, base: str) -> dict[str, Any]:
    """Opening: the board's intro; body: the first section; bullets: lists; what is left: `additional`."""
    papers = html_page.papers_at(base, board)
    opening, body, rest = markup.blocks(board.intro), *_parted(sheet)
    lists = [section for section in rest if _is_list(section)]
    after = tuple(block for section in rest if not _is_list(section) for block in _with_heading(section))
    parts = {"opening": opening, "descriptionBody": body, "description": opening + body, "additional": after}
    texts = {name: markup.to_html(found, papers, "div") for name, found in parts.items()}
    plain = {f"{name}Plain": markup.to_plain(found, papers) for name, found in parts.items()}
    return texts | plain | {"lists": [{"text": one.heading, "content": _items(one, papers)} for one in lists]}


def _parted(sheet: Sheet) -> tuple[tuple[markup.Block, ...], tuple[Section, ...]]:
    first, *rest = markup.sections(sheet.body)
    return first.blocks, tuple(rest)


def _is_list(section: Section) -> bool:
    return all(block.kind == "ul" for block in section.blocks)


def _with_heading(section: Section) -> tuple[markup.Block, ...]:
    return (markup.Block("h", (section.heading,)), *section.blocks)


def _items(section: Section, papers: str) -> str:
    return "".join(f"<li>{markup.inline(line, papers)}</li>" for block in section.blocks for line in block.lines)


def _salary(wage: Wage) -> dict[str, Any]:
    return {
        "salaryRange": {
            "interval": INTERVALS[wage.interval],
            "currency": wage.currency,
            "min": wage.min,
            "max": wage.max,
        },
        "salaryDescription": f"<div>{wage.title}</div>",
        "salaryDescriptionPlain": wage.title,
    }
