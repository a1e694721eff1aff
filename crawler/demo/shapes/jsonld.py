"""A paginated HTML board: listing pages, a sitemap, and posting pages that carry schema.org JSON-LD."""

from __future__ import annotations

import html
import json
from typing import Any

from crawler.demo import html_page
from crawler.demo.answer import Answer, Question, missing, page
from crawler.demo.board import Board, Sheet, Wage

UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR", "project": "PROJECT"}
EMPLOYMENT = {
    "Full-time": "FULL_TIME",
    "Part-time": "PART_TIME",
    "Contract": "CONTRACTOR",
    "Temporary": "TEMPORARY",
}
GONE = "This notice has been taken down."


def answer(board: Board, question: Question) -> Answer:
    """`{board}/gigs?page=`, `{board}/gigs/{slug}`, `{board}/sitemap.xml`, `{board}/about`."""
    match question.parts:
        case () | ("gigs",):
            return _listing(board, question)
        case ("sitemap.xml",):
            return _sitemap(board, question)
        case ("about",):
            return page(html_page.frame(board, "About this board", "<h1>About</h1><p>Notices are invented.</p>"))
        case ("gigs" | "members", native_id):
            sheet = board.sheet(native_id, question.night)
            return _posting(board, sheet, question) if sheet else missing()
    return missing()


def address(board: Board, sheet: Sheet, base: str) -> str:
    """Where a posting's page is; members' notices lie where robots.txt forbids to go."""
    return f"{base}/{board.id}/{'members' if sheet.members else 'gigs'}/{sheet.native_id}"


def _listing(board: Board, question: Question) -> Answer:
    number = int(question.get("page", "1"))
    sheets = [sheet for sheet in board.sheets(question.night) if sheet.status == 200]
    shown = sheets[(number - 1) * board.per_page : number * board.per_page]
    rows = "".join(_row(board, sheet, question.base) for sheet in shown)
    here = f"{question.base}/{board.id}/gigs"
    more = number * board.per_page < len(sheets)
    older = f'<a class="next" rel="next" href="{here}?page={number + 1}">Older notices</a>' if more else ""
    return page(
        html_page.frame(
            board,
            f"Notices, page {number}",
            f"<h1>Notices</h1><ul>{rows}</ul>{older}",
            foot=_foot(board, question),
        )
    )


def _row(board: Board, sheet: Sheet, base: str) -> str:
    link = f'<a class="gig-link" href="{address(board, sheet, base)}">{html.escape(sheet.title)}</a>'
    who = f"<span>{html.escape(sheet.organization)}</span>"
    return f'<li class="notice">{link} {who} <time>{sheet.posted}</time></li>'


def _foot(board: Board, question: Question) -> str:
    """Furniture that is different each night and means nothing."""
    return f" Read {1200 + 37 * question.night} times." if board.furniture else ""


def _sitemap(board: Board, question: Question) -> Answer:
    entries = "".join(
        f"<url><loc>{address(board, sheet, question.base)}</loc><lastmod>{sheet.updated}</lastmod></url>"
        for sheet in board.sheets(question.night)
        if not sheet.members
    )
    about = f"<url><loc>{question.base}/{board.id}/about</loc></url>"
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{space}">{about}{entries}</urlset>'
    return page(text, mime="application/xml")


def _posting(board: Board, sheet: Sheet, question: Question) -> Answer:
    if sheet.status != 200:
        return page(html_page.frame(board, GONE, f"<p>{GONE}</p>"), sheet.status)
    text = html_page.body_html(board, sheet, question.base)
    facts = f"<p>{html.escape(sheet.organization)} | {html.escape(sheet.location)} | {sheet.pay or ''}</p>"
    main = f"<article><h1>{html.escape(sheet.title)}</h1>{facts}{text}</article>"
    script = f'<script type="application/ld+json">{_script(board, sheet, question.base)}</script>'
    return page(html_page.frame(board, sheet.title, main, head=script, foot=_foot(board, question)))


def _script(board: Board, sheet: Sheet, base: str) -> str:
    """The JSON-LD of a page; the flaw `raw_newline` puts line breaks into a string, as boards really send."""
    found = job_posting(board, sheet, base)
    whole = {"@context": "https://schema.org", "@graph": [_site(board, base), found]} if board.furniture else found
    text = json.dumps(whole, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return text.replace("<\\/p>", "<\\/p>\n") if sheet.flaw == "raw_newline" else text


def _site(board: Board, base: str) -> dict[str, Any]:
    return {"@type": "WebSite", "name": board.name, "url": f"{base}/{board.id}/"}


def job_posting(board: Board, sheet: Sheet, base: str) -> dict[str, Any]:
    """schema.org JobPosting of one sheet."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": sheet.title,
        "description": html_page.body_html(board, sheet, base),
        "datePosted": sheet.posted,
        "employmentType": EMPLOYMENT[sheet.employment],
        "hiringOrganization": {"@type": "Organization", "name": sheet.organization},
        "identifier": {"@type": "PropertyValue", "name": board.name, "value": sheet.native_id},
        "url": address(board, sheet, base),
    }
    return found | _place(sheet) | _optional(sheet)


def _place(sheet: Sheet) -> dict[str, Any]:
    spot = {"@type": "PostalAddress", "addressLocality": sheet.location, "addressCountry": sheet.country}
    place = {"jobLocation": {"@type": "Place", "address": spot}}
    return place | {"jobLocationType": "TELECOMMUTE"} if sheet.remote else place


def _optional(sheet: Sheet) -> dict[str, Any]:
    closes = {"validThrough": f"{sheet.closes}T23:59:59Z"} if sheet.closes else {}
    return closes | ({"baseSalary": _salary(sheet.wage)} if sheet.wage else {})


def _salary(wage: Wage) -> dict[str, Any]:
    if wage.min == wage.max:
        amounts = {"value": wage.min}
    else:
        bounds = {"minValue": wage.min, "maxValue": wage.max}
        amounts = {name: bound for name, bound in bounds.items() if bound is not None}
    value = {"@type": "QuantitativeValue", **amounts, "unitText": UNITS[wage.interval]}
    return {"@type": "MonetaryAmount", "currency": wage.currency, "value": value}
