"""Which board an address is, and which names a company's board may have. Pure; the hosts are `discovering.toml`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cleanco import basename

from crawler.records import Expect, Source

DATA = Path(__file__).parent / "discovering.toml"
NOTE = "draft of `sources discover`: its terms have not been read yet"
ROBOTS = "robots.txt not read yet; obeyed on every crawl"
_LINK = re.compile(r"""https?:(?:\\?/){2}[^\s"'<>\\]+(?:\\?/[^\s"'<>\\]+)*""")


@dataclass(frozen=True, slots=True)
class Board:
    """A board that may be there. far: it lies in the host's other region."""

    kind: str
    name: str
    far: bool = False
    company: str | None = field(default=None, compare=False)


@cache
def hosts() -> Mapping[str, Mapping[str, Any]]:
    """Every host of `discovering.toml` by its kind of source."""
    return tomllib.loads(DATA.read_text("utf-8"))


def board_of(url: str) -> Board | None:
    """The board that an address belongs to, or None."""
    address = re.sub(r"^https?://", "", url.strip(), flags=re.IGNORECASE)
    for kind, host in hosts().items():
        for pattern in host["patterns"]:
            found = re.search(pattern, address)
            if found and found["name"].lower() not in host.get("not", ()):
                return Board(kind, unquote(found["name"]), bool(found.groupdict().get("far")))
    return None


def boards_in(html: str) -> list[Board]:
    """The boards that a page links to or embeds, each once, in order."""
    links = (found.replace("\\/", "/") for found in _LINK.findall(html.replace("&amp;", "&")))
    return list(dict.fromkeys(board for link in links if (board := board_of(link))))


def names(company: str) -> list[str]:
    """The names that a company's board usually has: its words run together, and with hyphens; the legal form is left out."""
    words = re.findall(r"[a-z0-9]+", (basename(company) or company).lower())
    return list(dict.fromkeys(["".join(words), "-".join(words)])) if words else []


def site_name(url: str) -> str:
    """The name that a company's own site suggests: `https://www.fernhill.co.uk/jobs` is fernhill."""
    parts = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("careers.").removeprefix("jobs.").split(".")
    return parts[0]


def source(board: Board, api: str | None = None) -> Source:
    """The board as a source that nobody has tried. api: where every endpoint is, for tests."""
    host = hosts()[board.kind]
    value = str(host.get("value", "{name}")).format(name=board.name)
    settings = {host["setting"]: value}
    if board.far and "api_far" in host:
        settings["api"] = host["api_far"].format(name=board.name)
    if api:
        settings |= (
            {host["setting"]: f"{api}/{board.kind}/{board.name}"} if "value" in host else {"api": f"{api}/{board.kind}/{board.name}"}
        )
    url = f"{api}/{board.kind}/{board.name}/" if api else host["url"].format(name=board.name)
    slug = re.sub(r"[^a-z0-9]+", "-", board.name.lower()).strip("-") or "board"
    title = f"{board.company or board.name} ({board.kind.title()})"
    notes = (NOTE, ROBOTS, settings)
    return Source(
        f"{board.kind}-{slug}", board.kind, title, url, board.company, "employer", None, False, None, "0 3 * * *", Expect(1), *notes
    )


def draft(found: Source, postings: int) -> str:
    """A source as the text of its file, unchecked. postings: how many were seen."""
    keys: dict[str, object] = {"id": found.id, "kind": found.kind, "name": found.name, "url": found.url, "organization": found.organization}
    keys |= {"lineage": found.lineage, "checked": False, "expect_min": min(1, postings), "expect_max": max(50, 5 * postings)}
    keys |= {"terms_note": found.terms_note, "robots_note": found.robots_note}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if value is not None]
    lines += ["", "[settings]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in found.settings.items())]
    return "\n".join(lines) + "\n"
