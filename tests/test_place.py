"""Place: the examples kept beside the data, remote or on the spot, and what is not a place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from crawler.findings import place

SHARED = Path(__file__).parents[1].parent / "shared"
EXAMPLES = tomllib.loads(place.DATA.read_text(encoding="utf-8"))["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["words"]))
def test_examples(example: dict[str, Any]) -> None:
    got = place.read(example["words"])
    assert got.country == example.get("country")
    assert got.raw == example["words"]
    for field in ("region", "remote"):
        if field in example:
            assert getattr(got, field) == example[field]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Fully remote, flexible hours", True),
        ("Record from your own home", True),
        ("In person at our studio in Leeds", False),
        ("On-site or remote, you choose", None),
        ("This is not a remote job", False),
        ("Voice actors wanted", None),
        ("Télétravail possible", True),
    ],
)
def test_remote(words: str, wanted: bool | None) -> None:
    assert place.remote(words) is wanted


def test_the_text_speaks_where_the_location_line_is_silent() -> None:
    assert place.read("Leeds", "You come to our studio in person.").remote is False
    assert place.read("Remote, Leeds", "You come to our studio in person.").remote is True


@pytest.mark.parametrize(
    "text",
    [
        "We may ask you to read lines in French and German to our team, and your accent should be neutral.",
        "If you have a chad haircut, or an oil lamp, you may still apply to us in the usual way, thank you.",
    ],
)
def test_ordinary_words_name_no_country(text: str) -> None:
    assert place.country(text) is None


def test_time_grows_with_length_only() -> None:
    place.country("x")
    start = perf_counter()
    assert place.country("Atlanta, Georgia; " * 3000) == "US"
    assert perf_counter() - start < 5


@pytest.mark.skipif(not SHARED.exists(), reason="the shared yardstick is not here")
def test_yardstick() -> None:
    text = (SHARED / "yardstick/posting.txt").read_text(encoding="utf-8")
    assert place.country(text) == "US"
