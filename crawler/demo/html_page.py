"""Plain HTML pages that several sample boards share."""

from __future__ import annotations

import html

from crawler.demo import markup
from crawler.demo.answer import Answer, page
from crawler.demo.board import Board, Sheet


def frame(board: Board, title: str, main: str, head: str = "", foot: str = "") -> str:
    """A whole page: the board's name above, its small print below."""
    name = html.escape(board.name)
    top = f'<header><a href="#">{name}</a><nav><a href="#">About</a> <a href="#">Sign in</a></nav></header>'
    small = f"<footer>{name}: an invented board of an example.{foot}</footer>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>{head}'
        f"</head><body>{top}<main>{main}</main>{small}</body></html>"
    )


def papers_at(base: str, board: Board) -> str:
    """Where the board's linked documents are served; a document's name follows."""
    return f"{base}/papers/{board.id}/"


def body_html(board: Board, sheet: Sheet, base: str, tag: str = "p") -> str:
    """A posting's text as HTML, links resolved."""
    return markup.to_html(markup.blocks(sheet.body), papers_at(base, board), tag)


def body_plain(board: Board, sheet: Sheet, base: str) -> str:
    """A posting's text as plain text, links resolved."""
    return markup.to_plain(markup.blocks(sheet.body), papers_at(base, board))


def posting(board: Board, sheet: Sheet, base: str) -> Answer:
    """The page a person sees behind an API's posting."""
    facts = html.escape(f"{sheet.organization}, {sheet.location}")
    main = f"<h1>{html.escape(sheet.title)}</h1><p>{facts}</p>{body_html(board, sheet, base)}"
    return page(frame(board, sheet.title, main), sheet.status)
