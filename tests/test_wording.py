"""The shorthand of wordings as google-re2: what stands at a border of words, and what ends with punctuation."""

from __future__ import annotations

import pytest
import re2

from crawler.findings.wording import regex


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("royalty~free", "a royalty free licence", "royalty free"),
        ("royalty~free", "a royaltyfree licence", "royaltyfree"),
        ("free", "freedom", None),
        ("advertising(?:,| and)", "for advertising, trade and art", "advertising,"),
        ("advertising(?:,| and)", "for advertising and art", "advertising and"),
        ("rights:", "rights: all", "rights:"),
        ("grant ... licence", "grant us a perpetual licence", "grant us a perpetual licence"),
        ("grant ... licence", "grant nothing; a licence", None),
    ],
)
def test_a_wording_is_found(wording: str, text: str, found: str | None) -> None:
    match = re2.search(regex(wording, {}, 40), text)
    assert (match.group() if match else None) == found
