"""The story that the project exists for, read exactly: posting, agreement, promise against grant, parties gap, scale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.comparable import compare as to_dollars
from analysis.promises import compare, parties_gap
from analysis.scale import against
from crawler.findings.reading import read
from crawler.records import Disclosure, Reading

STORY = Path(__file__).parents[1].parent / "shared" / "yardstick"
pytestmark = pytest.mark.skipif(not STORY.is_dir(), reason="the yardstick story is not beside the project")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STORY / "expected.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def posting() -> Reading:
    return read((STORY / "posting.txt").read_text("utf-8"))


@pytest.fixture(scope="module")
def agreement() -> Reading:
    return read((STORY / "agreement.txt").read_text("utf-8"))


def stances(found: Reading) -> set[tuple[str, str]]:
    return {(term.code, term.polarity.value) for term in found.terms}


@pytest.mark.parametrize("which", ["posting", "agreement"])
def test_terms(expected: dict[str, Any], which: str, request: pytest.FixtureRequest) -> None:
    found = stances(request.getfixturevalue(which))
    assert {tuple(each) for each in expected[which]["terms"]} <= found
    assert not {tuple(each) for each in expected[which]["must_not"]} & found


def test_what_the_agreement_does_not_state(expected: dict[str, Any], agreement: Reading) -> None:
    assert not set(expected["agreement"]["not_stated"]) & {term.code for term in agreement.terms}


def test_pay(expected: dict[str, Any], posting: Reading) -> None:
    (want,), (offer,) = expected["posting"]["pay"], posting.pay
    assert {key: getattr(offer, key) for key in ("amount_min", "amount_max", "currency", "unit", "floor", "quote")} == {
        key: want[key] for key in ("amount_min", "amount_max", "currency", "unit", "floor", "quote")
    }
    assert offer.quantity is not None
    assert (offer.quantity.amount_min, offer.quantity.unit, offer.quantity.kind) == (2, "hour", "guarantee")


def test_relevance(expected: dict[str, Any], posting: Reading) -> None:
    want, found = expected["posting"]["relevance"], posting.relevance
    assert (found.ai_training, found.performers) == (want["ai_training"], want["performers"])
    assert set(found.modalities) == set(want["modalities"])


def test_parties(expected: dict[str, Any], posting: Reading, agreement: Reading) -> None:
    assert {each.name for each in agreement.parties} >= set(expected["agreement"]["parties"]["named"])
    assert not [each for each in posting.parties if each.role == "end_client" and each.disclosure is Disclosure.NAMED]


def test_promise_against_grant(expected: dict[str, Any], posting: Reading, agreement: Reading) -> None:
    found = compare(posting.terms, agreement.terms)
    for want in expected["promise_against_grant"]:
        rights = {
            right for each in found for right in each.rights if each.promise.code == want["promise"] and each.verdict == want["verdict"]
        }
        assert set(want["against"]) <= rights


def test_parties_gap(expected: dict[str, Any], agreement: Reading) -> None:
    text = (STORY / "posting.txt").read_text("utf-8")
    assert list(parties_gap(text, agreement.parties)) == expected["parties_gap"]["named_in_agreement_not_in_posting"]


def test_scale(expected: dict[str, Any], posting: Reading) -> None:
    day = "2023-09-01"
    found = against(posting.pay[0], to_dollars(posting.pay[0], day), day)
    assert found.ratio == expected["scale"]["floor_ratio"]
    assert "1.5 times" in found.words
