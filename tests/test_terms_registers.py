"""Terms in many registers: passages written blind, before the rules were looked at, and read whole since."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.findings.terms import find

TABLE = Path(__file__).parent / "stories" / "terms" / "registers.toml"
PASSAGES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["passages"]
SIGNS = {"granted": "+", "limited": "~", "denied": "-"}
# Codes that the labelling rules do not know; the passages say nothing of them.
UNLABELLED = {
    *("any_purpose", "non_compete", "indemnity", "warranty_of_rights", "open_licence", "survival", "content_limits", "data_security"),
    *("implied_consent", "approval_right", "opt_out", "credit", "venue_arbitration"),
}


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"][:50] for passage in PASSAGES])
def test_a_passage_is_read_whole(passage: dict[str, Any]) -> None:
    found = {term.code + SIGNS[term.polarity.value] for term in find(passage["text"]) if term.code not in UNLABELLED}
    assert found == set(passage["terms"])


def test_the_table_holds_terms_and_look_alikes() -> None:
    assert sum(1 for passage in PASSAGES if passage["terms"]) > 100
    assert sum(1 for passage in PASSAGES if not passage["terms"]) > 50
