"""What the sample server answers: status, type and bytes. The same question on the same night, the same bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: path parts after the first, query, night, and the server's own address (`base`)."""

    parts: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    night: int
    base: str

    def get(self, name: str, default: str) -> str:
        """A query value, the first one of that name."""
        return next((value for key, value in self.query if key == name), default)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before its validators (ETag, Last-Modified) are added."""

    status: int
    mime: str
    body: bytes


def page(text: str, status: int = 200, mime: str = HTML) -> Answer:
    """An HTML (or other text) answer."""
    return Answer(status, mime, text.encode("utf-8"))


def data(value: Any, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, JSON, json.dumps(value, ensure_ascii=False).encode("utf-8"))


def missing() -> Answer:
    """Nothing there."""
    return page("<!doctype html><title>Not found</title><p>There is no such page.</p>", status=404)
