"""What the tests of kinds share: pages and sources without a network, and the folder of recorded answers."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.records import Expect, Harvest, Page, Role, Source
from crawler.spiders._base import BoardSpider

PAYLOADS = Path(__file__).parents[1].parent / "shared" / "payloads"


def spider(kind: str) -> type[BoardSpider]:
    """The spider class of a kind, found by its file."""
    module = importlib.import_module(f"crawler.spiders.{kind}")
    (found,) = [one for one in vars(module).values() if isinstance(one, type) and getattr(one, "name", None) == kind]
    return found


def source(kind: str, organization: str | None = "Example Stage Works", **settings: str) -> Source:
    """An invented source of a kind."""
    return Source(
        id="example-source",
        kind=kind,
        name="Example",
        url="https://board.example/",
        organization=organization,
        lineage="employer",
        region=None,
        checked=False,
        refused=None,
        cron="0 3 * * *",
        expect=Expect(),
        terms_note=None,
        robots_note=None,
        settings=settings,
        invented=True,
    )


def page(body: object, url: str, role: Role, context: Mapping[str, str]) -> Page:
    """A captured page; what is neither bytes nor text becomes JSON."""
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return Page(url, role, raw, "", 200, "2026-11-22T02:00:00Z", None, context)


def read(
    kind: str,
    body: object,
    role: Role = Role.LISTING,
    settings: Mapping[str, str] | None = None,
    context: Mapping[str, str] | None = None,
    url: str = "https://board.example/gigs",
    **said: str,
) -> Harvest:
    """What a kind reads from a page. context and said: what the listing sent along."""
    return spider(kind).read(page(body, url, role, {**(context or {}), **said}), source(kind, **dict(settings or {})))


def recorded(folder: str, name: str) -> bytes:
    """The bytes of a recorded answer; skips the test where the recorded answers are not beside the project."""
    path = PAYLOADS / folder / name
    if not path.is_file():
        pytest.skip(f"no recorded answer {folder}/{name} beside the project")
    return path.read_bytes()


def filled(harvest: Harvest) -> dict[str, int]:
    """How many postings have each field filled."""
    fields = ("title", "url", "native_id", "organization", "location", "description", "posted_at", "closes_at", "structured_pay")
    return {field: count for field in fields if (count := sum(bool(getattr(one, field)) for one in harvest.postings))}


def rules(harvest: Harvest) -> list[str]:
    """The rule of each problem."""
    return [problem.rule for problem in harvest.problems]
