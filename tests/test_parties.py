"""Parties: every rule's own examples, contracts and postings invented for the purpose, and the yardstick."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from crawler.findings import parties
from crawler.records import Disclosure

SHARED = Path(__file__).parents[1].parent / "shared"
RULES = parties.rules().rules
POSTINGS = tomllib.loads((Path(__file__).parent / "parties.toml").read_text(encoding="utf-8"))["posting"]

CONTRACT = """VOICE RECORDING AGREEMENT

This agreement is made between Larkmoor Audio Ltd, a company registered in England (the "Company"), and Jane Roe (the "Performer").
1. The Performer grants to the Company all rights in the recordings.
2. Larkmoor Audio is the sole owner of the recordings.
3. Rights of Aldergate and Aldergate parties. Aldergate may use the recordings for research.
4. Tidewell AI will not use the recordings in advertising. You may use a copy in your own reel."""


@pytest.mark.parametrize(
    ("rule", "text", "quote"),
    [pytest.param(rule, text, quote, id=f"{rule.id}: {text}") for rule in RULES for text, quote in rule.hit],
)
def test_rule_hits(rule: parties.Rule, text: str, quote: str) -> None:
    quotes = {party.quote for party in parties.find(text) if party.rule == rule.id}
    assert quote in quotes if quote else quotes


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.miss],
)
def test_rule_misses(rule: parties.Rule, text: str) -> None:
    assert [party for party in parties.find(text) if party.rule == rule.id] == []


def test_contract_names_companies_and_never_the_performer() -> None:
    named = [(party.role, party.name) for party in parties.find(CONTRACT)]
    assert named == [
        ("collecting_company", "Larkmoor Audio Ltd"),
        ("end_client", "Aldergate"),
        ("end_client", "Tidewell AI"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Quillmark partners with frontier AI labs. Apply via the Harrow app.",
            [
                ("collecting_company", "Quillmark"),
                ("end_client", "frontier AI labs"),
                ("platform", "Harrow"),
            ],
        ),
        (
            "On behalf of a leading AI company we are looking for actors.",
            [("end_client", "a leading AI company")],
        ),
        (
            "Our client, one of the world's largest technology firms, needs voices.",
            [("end_client", "Our client")],
        ),
        ("We are a leading voice studio in Hamburg looking for narrators.", []),
        ("We are looking for actors. You will be paid by bank transfer.", []),
        ("End client: Aldergate GmbH", [("end_client", "Aldergate GmbH")]),
    ],
)
def test_postings(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(party.role, party.quote) for party in parties.find(text)] == wanted


@pytest.mark.parametrize("posting", POSTINGS, ids=lambda posting: str(posting["text"][:60]))
def test_who_is_behind_it(posting: dict[str, Any]) -> None:
    found = parties.find(posting["text"])
    told = parties.disclosure(found)
    names = [party.name for party in found if party.role == "end_client" and party.name]
    assert posting["client"] == (names[0] if told is Disclosure.NAMED else told.value)
    for role, key in (("collecting_company", "collector"), ("platform", "platform")):
        assert key not in posting or [party.name for party in found if party.role == role] == [posting[key]]


def test_quotes_are_verbatim_and_a_description_is_a_value() -> None:
    text = "Größe „egal“: for a major tech company.\n" + CONTRACT
    found = parties.find(text)
    assert all(text[party.start : party.end] == party.quote for party in found)
    assert {party.name for party in found if party.disclosure is Disclosure.UNDISCLOSED} == {None}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Voices for a leading AI lab.", Disclosure.UNDISCLOSED),
        ("End client: Aldergate", Disclosure.NAMED),
        ("Voices wanted.", Disclosure.NOT_STATED),
    ],
)
def test_disclosure_of_the_end_client(text: str, wanted: Disclosure) -> None:
    assert parties.disclosure(parties.find(text)) is wanted


@pytest.mark.skipif(not SHARED.exists(), reason="the shared yardstick is not here")
def test_yardstick() -> None:
    wanted = json.loads((SHARED / "yardstick/expected.json").read_text(encoding="utf-8"))
    agreement = parties.find((SHARED / "yardstick/agreement.txt").read_text(encoding="utf-8"))
    posting = parties.find((SHARED / "yardstick/posting.txt").read_text(encoding="utf-8"))
    assert [party.name for party in agreement] == wanted["agreement"]["parties"]["named"]
    assert parties.disclosure(posting) in (Disclosure.UNDISCLOSED, Disclosure.NOT_STATED)


@pytest.mark.parametrize("unit", ["Aldergate may use ", "between Aldergate Aldergate, ", "a leading AI company "])
def test_time_grows_with_length_only(unit: str) -> None:
    parties.find(unit)
    start = perf_counter()
    found = parties.find(unit * (1_000_000 // len(unit)))
    assert perf_counter() - start < 5
    assert len(found) < 10


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Record all three lines for ONE character. One of them is read twice.", []),
        ("Voice will only be used for the game. Your voice is yours.", []),
        ("Licences granted to Section 9 of this Agreement.", []),
        ("Anywhere in North America and remotely. (We have ten years of it.)", []),
        ('Brightlark (the "Company") hires you.', ["Brightlark"]),
        ("Tidewell is looking for singers. Write to jobs@tidewell.example.", ["Tidewell"]),
        ("Hollow is looking for singers. At Hollow we like a hollow sound.", ["Hollow"]),
        ("Quick is looking for singers who are quick.", []),
        ("5.01 Investor shall own all rights.", []),
        ("Brightlark Audio is looking for singers. You grant Brightlark all rights.", ["Brightlark Audio"]),
    ],
)
def test_an_ordinary_word_or_a_reference_is_no_party(text: str, names: list[str]) -> None:
    assert [party.name for party in parties.find(text) if party.name] == names
