"""The sample boards as sources: what `crawler/sources/<id>.toml` would say, with the address of the running server in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.demo import load
from crawler.demo.board import Board

CRON = "0 2 * * *"
SELECTORS = {
    "wait_for": ".gig",
    "item_selector": ".gig",
    "link_selector": ".gig-link",
    "title_selector": ".gig-title",
    "company_selector": ".gig-company",
    "location_selector": ".gig-location",
    "body_selector": ".gig-body",
    "pay_selector": ".gig-pay",
    "date_selector": ".gig-date",
}


def sources(base_url: str, boards: tuple[Board, ...] | None = None) -> list[dict[str, Any]]:
    """One source a board, with the keys of a source TOML. base_url: the running server's address, no slash at its end."""
    return [_source(board, base_url) for board in (boards if boards is not None else load.boards())]


def _source(board: Board, base_url: str) -> dict[str, Any]:
    known = {
        "id": board.id,
        "kind": board.kind,
        "name": board.name,
        "url": f"{base_url}/{board.id}/",
        "organization": board.organization,
        "lineage": board.lineage,
        "region": board.region,
        "cron": CRON,
        "checked": True,
        "invented": True,
        "authoritative_gone": board.authoritative_gone,
        "expect_min": board.expect_min,
        "settings": settings(board, base_url) | dict(board.settings),
    }
    return {key: value for key, value in known.items() if value is not None}


def settings(board: Board, base_url: str) -> dict[str, str]:
    """What the kind's spider reads: the endpoint's base and the board, or the addresses and selectors of a site."""
    here = f"{base_url}/{board.id}"
    if board.kind == "jsonld":
        links = {"link_selector": ".gig-link", "link_pattern": "/gigs/"}
        return {"listing": f"{here}/gigs", "sitemap": f"{here}/sitemap.xml"} | links
    if board.kind == "rendered":
        return {"listing": f"{here}/gigs"} | SELECTORS
    return {"api": f"{base_url}/{board.kind}", "site" if board.kind == "lever" else "board": board.id}


def toml(source: dict[str, Any]) -> str:
    """A source as the text of its TOML file."""
    flat = [f"{key} = {_value(value)}" for key, value in source.items() if not isinstance(value, dict)]
    tables = [
        "\n".join([f"\n[{key}]", *(f"{name} = {_value(inner)}" for name, inner in value.items())])
        for key, value in source.items()
        if isinstance(value, dict)
    ]
    return "\n".join(flat + tables) + "\n"


def write(base_url: str, folder: Path) -> tuple[Path, ...]:
    """One file a board in a folder, for the crawl to load. Gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for source in sources(base_url):
        path = folder / f"{source['id']}.toml"
        path.write_text(toml(source), encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def _value(value: object) -> str:
    """A string, number or truth value; JSON's way of writing them is TOML's too."""
    return json.dumps(value, ensure_ascii=False)
