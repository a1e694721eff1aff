"""Which board answers a path, and with what. Pure; `server` puts it behind a port."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from crawler.demo import paper
from crawler.demo.answer import Answer, Question, missing, page
from crawler.demo.board import Board

CRAWL_DELAY = "0.01"
MAINTENANCE = "<!doctype html><title>Back soon</title><h1>503</h1><p>The board is down for maintenance.</p>"
Shape = Callable[[Board, Question], Answer]


def answer(boards: tuple[Board, ...], target: str, night: int, base: str) -> Answer:
    """The answer to `GET target` on a night. base: the server's own address, without a slash at its end."""
    split = urlsplit(target)
    parts = tuple(part for part in split.path.split("/") if part)
    if parts == ("robots.txt",):
        return robots(boards, base)
    board = next((board for board in boards if board.id in parts[:4]), None)
    if board is None:
        return missing()
    if board.trouble.get(night) == "down":
        return page(MAINTENANCE, status=503)
    if parts[0] == "papers":
        found = next((one for one in board.papers if one.slug == parts[-1]), None)
        return paper.answer(board, found, night) if found else missing()
    question = Question(parts[1:], tuple(parse_qsl(split.query)), night, base)
    return shape(board.kind)(board, question) if parts[0] in (board.kind, board.id) else missing()


def shape(kind: str) -> Shape:
    """The module in `shapes/` that has a kind's name."""
    return cast(Shape, importlib.import_module(f"crawler.demo.shapes.{kind}").answer)


def robots(boards: tuple[Board, ...], base: str) -> Answer:
    """One robots.txt for the port: members' pages are closed, and a delay is asked for."""
    closed = [f"Disallow: /{board.id}/members/" for board in boards if board.kind == "jsonld"]
    maps = [f"Sitemap: {base}/{board.id}/sitemap.xml" for board in boards if board.kind == "jsonld"]
    lines = ["User-agent: *", *closed, f"Crawl-delay: {CRAWL_DELAY}", "", *maps, ""]
    return page("\n".join(lines), mime="text/plain; charset=utf-8")
