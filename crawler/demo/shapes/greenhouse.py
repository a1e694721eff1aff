"""Greenhouse-shaped: `v1/boards/{board}/jobs`, all postings in one answer, the text entity-escaped HTML."""

from __future__ import annotations

import html
import zlib
from typing import Any

from crawler.demo import html_page, markup
from crawler.demo.answer import Answer, Question, data, missing
from crawler.demo.board import Board, Sheet, Wage

BOARD_PART = 2


def answer(board: Board, question: Question) -> Answer:
    """`v1/boards/{board}/jobs[/{id}]`, or `{board}/jobs/{id}` for the page people see."""
    if question.parts[0] != "v1":
        sheet = board.sheet(question.parts[-1], question.night)
        return html_page.posting(board, sheet, question.base) if sheet else missing()
    rest = question.parts[BOARD_PART + 1 :]
    if rest == ("jobs",):
        return _listing(board, question)
    sheet = board.sheet(rest[1], question.night) if len(rest) > 1 else None
    return _single(board, sheet, question) if sheet else data({"status": 404, "error": "Job not found"}, 404)


def _listing(board: Board, question: Question) -> Answer:
    jobs = [job(board, sheet, question.base) for sheet in board.sheets(question.night)]
    if question.get("content", "false") != "true":
        jobs = [{key: value for key, value in one.items() if key != "content"} for one in jobs]
    return data({"jobs": jobs, "meta": {"total": len(jobs)}})


def _single(board: Board, sheet: Sheet, question: Question) -> Answer:
    """A job's own address. Only here is pay, and only when asked for."""
    found = job(board, sheet, question.base)
    if sheet.wage and question.get("pay_transparency", "false") == "true":
        return data(found | {"pay_input_ranges": [_range(sheet.wage)]})
    return data(found)


def job(board: Board, sheet: Sheet, base: str) -> dict[str, Any]:
    """One job with the keys of a recorded answer."""
    number = int(sheet.native_id)
    return {
        "absolute_url": f"{base}/greenhouse/{board.id}/jobs/{sheet.native_id}",
        "data_compliance": [_compliance()],
        "internal_job_id": number - 2_000_000_000,
        "location": {"name": sheet.location},
        "metadata": None,
        "id": number,
        "updated_at": _stamp(sheet.updated),
        "requisition_id": f"{board.id[:3].upper()}-{number % 1000}",
        "title": sheet.title,
        "company_name": board.organization,
        "first_published": _stamp(sheet.posted),
        "language": "en",
        "application_deadline": _stamp(sheet.closes) if sheet.closes else None,
        "content": html.escape(_content(board, sheet, base)),
        "departments": [_group(sheet.department) | {"parent_id": None}],
        "offices": [_group(sheet.location) | {"location": None, "parent_id": None}],
        "ai_disclaimer": None,
        "include_ai_disclaimer": None,
        "ai_opt_out_request_url": None,
    }


def _content(board: Board, sheet: Sheet, base: str) -> str:
    intro = markup.to_html(markup.blocks(board.intro), html_page.papers_at(base, board))
    return f'<div class="content-intro">{intro}</div>{html_page.body_html(board, sheet, base)}'


def _range(wage: Wage) -> dict[str, Any]:
    """Greenhouse gives cents and a title; the unit is only in the title."""
    return {
        "min_cents": None if wage.min is None else round(wage.min * 100),
        "max_cents": None if wage.max is None else round(wage.max * 100),
        "currency_type": wage.currency,
        "title": wage.title,
        "blurb": "",
    }


def _compliance() -> dict[str, Any]:
    return {
        "type": "gdpr",
        "requires_consent": False,
        "requires_processing_consent": False,
        "requires_retention_consent": False,
        "retention_period": None,
        "demographic_data_consent_applies": False,
    }


def _group(name: str) -> dict[str, Any]:
    return {"id": zlib.crc32(name.encode("utf-8")), "name": name, "child_ids": []}


def _stamp(moment: str) -> str:
    """Greenhouse writes local time with an offset."""
    return f"{moment}T09:00:00-05:00" if len(moment) == len("2026-11-19") else moment.replace("Z", "+00:00")
