"""Ashby-shaped: `posting-api/job-board/{board}?includeCompensation=true`, one answer, pay in tiers."""

from __future__ import annotations

from typing import Any

from crawler.demo import html_page
from crawler.demo.answer import Answer, Question, data, missing
from crawler.demo.board import Board, Sheet, Wage

EMPLOYMENT = {
    "Full-time": "FullTime",
    "Part-time": "PartTime",
    "Contract": "Contract",
    "Temporary": "Temporary",
}
INTERVALS = {
    "hour": "1 HOUR",
    "day": "1 DAY",
    "week": "1 WEEK",
    "month": "1 MONTH",
    "year": "1 YEAR",
    "project": "NONE",
}


def answer(board: Board, question: Question) -> Answer:
    """`posting-api/job-board/{board}`, or `{board}/{id}` for the page people see."""
    if question.parts[0] == "posting-api":
        paid = question.get("includeCompensation", "false") == "true"
        return data(
            {
                "jobs": [job(board, sheet, question, paid) for sheet in board.sheets(question.night)],
                "apiVersion": "1",
            }
        )
    sheet = board.sheet(question.parts[-1], question.night)
    return html_page.posting(board, sheet, question.base) if sheet else missing()


def job(board: Board, sheet: Sheet, question: Question, paid: bool) -> dict[str, Any]:
    """One job with the keys of a recorded answer."""
    url = f"{question.base}/ashby/{board.id}/{sheet.native_id}"
    found = {
        "id": sheet.native_id,
        "title": sheet.title,
        "department": sheet.department,
        "team": sheet.department,
        "employmentType": EMPLOYMENT[sheet.employment],
        "location": sheet.location,
        "shouldDisplayCompensationOnJobPostings": sheet.wage is not None,
        "secondaryLocations": [],
        "publishedAt": f"{sheet.posted}T08:30:00.000+00:00",
        "isListed": True,
        "isRemote": sheet.remote,
        "workplaceType": "Remote" if sheet.remote else "OnSite",
        "address": {"postalAddress": {"addressCountry": sheet.country}},
        "jobUrl": url,
        "applyUrl": f"{url}/application",
        "descriptionHtml": html_page.body_html(board, sheet, question.base),
        "descriptionPlain": html_page.body_plain(board, sheet, question.base),
    }
    return found | {"compensation": _compensation(sheet)} if paid else found


def _compensation(sheet: Sheet) -> dict[str, Any]:
    if sheet.wage is None:
        empty: dict[str, Any] = {"compensationTierSummary": None, "scrapeableCompensationSalarySummary": None}
        return empty | {"compensationTiers": [], "summaryComponents": []}
    part, words = _component(sheet.wage), _summary(sheet.wage)
    tier = {
        "id": f"{sheet.native_id[:8]}-0001",
        "tierSummary": words,
        "title": sheet.wage.title,
        "additionalInformation": None,
        "components": [part | {"id": f"{sheet.native_id[:8]}-0002", "summary": words}],
    }
    return {
        "compensationTierSummary": words,
        "scrapeableCompensationSalarySummary": words,
        "compensationTiers": [tier],
        "summaryComponents": [part],
    }


def _component(wage: Wage) -> dict[str, Any]:
    return {
        "compensationType": "Salary",
        "interval": INTERVALS[wage.interval],
        "currencyCode": wage.currency,
        "minValue": wage.min,
        "maxValue": wage.max,
    }


def _summary(wage: Wage) -> str:
    bounds = [f"{wage.currency} {bound:g}" for bound in (wage.min, wage.max) if bound is not None]
    return " - ".join(dict.fromkeys(bounds)) + f" per {wage.interval}"
