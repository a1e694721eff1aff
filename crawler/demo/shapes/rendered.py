"""A board that exists only after JavaScript ran: pages are shells, a small script fills them from JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from crawler.demo import html_page
from crawler.demo.answer import Answer, Question, data, missing, page
from crawler.demo.board import Board, Sheet

SCRIPT = """
const make = (tag, fields) => Object.assign(document.createElement(tag), fields);
const part = (tag, name, text) => make(tag, {className: name, textContent: text});
const card = gig => {
  const box = part('article', 'gig', '');
  box.dataset.id = gig.id;
  const title = part('h2', 'gig-title', '');
  title.append(Object.assign(part('a', 'gig-link', gig.title), {href: gig.url}));
  box.append(title, part('p', 'gig-company', gig.company), part('p', 'gig-location', gig.location));
  box.append(part('p', 'gig-pay', gig.pay), part('p', 'gig-date', gig.date));
  if (gig.body) { const body = part('div', 'gig-body', ''); body.innerHTML = gig.body; box.append(body); }
  return box;
};
const show = feed => document.querySelector('main').replaceChildren(...feed.gigs.map(card));
fetch(FEED).then(got => got.json()).then(show);
"""


def answer(board: Board, question: Question) -> Answer:
    """`{board}/` and `{board}/gigs/{slug}` are shells; `{board}/feed[/{slug}]` is the JSON behind them."""
    match question.parts:
        case () | ("gigs",):
            return _shell(board, question, "feed")
        case ("feed",):
            return data({"gigs": [gig(board, sheet, question) for sheet in board.sheets(question.night)]})
        case ("gigs", native_id) if board.sheet(native_id, question.night):
            return _shell(board, question, f"feed/{native_id}")
        case ("feed", native_id):
            sheet = board.sheet(native_id, question.night)
            return data({"gigs": [_whole(board, sheet, question)]}) if sheet else missing()
    return missing()


def _shell(board: Board, question: Question, feed: str) -> Answer:
    script = SCRIPT.replace("FEED", f"'{question.base}/{board.id}/{feed}'")
    return page(html_page.frame(board, board.name, "<p>Loading</p>", foot=f"<script>{script}</script>"))


def gig(board: Board, sheet: Sheet, question: Question) -> dict[str, Any]:
    """One posting as the listing's JSON has it, without its text."""
    return {
        "id": sheet.native_id,
        "url": f"{question.base}/{board.id}/gigs/{sheet.native_id}",
        "title": sheet.title,
        "company": sheet.organization,
        "location": sheet.location,
        "pay": sheet.pay or "",
        "date": f"{date.fromisoformat(sheet.posted):%d %B %Y}",
    }


def _whole(board: Board, sheet: Sheet, question: Question) -> dict[str, Any]:
    return gig(board, sheet, question) | {"body": html_page.body_html(board, sheet, question.base)}
