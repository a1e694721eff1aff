"""The terms engine: quotes and offsets, clauses, polarity, direction, and the two stories it must read exactly."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.findings.clauses import LONGEST, clauses
from crawler.findings.terms import find, plain
from crawler.records import Term

SHARED = Path(__file__).parents[1].parent / "shared"
STORY = Path(__file__).parent / "stories" / "terms"


def codes(text: str) -> set[tuple[str, str]]:
    return {(term.code, term.polarity.value) for term in find(text)}


def said(text: str, code: str) -> set[str]:
    return {term.polarity.value for term in find(text) if term.code == code}


def pairs(rows: list[list[str]]) -> set[tuple[str, str]]:
    return {(code, polarity) for code, polarity in rows}


def test_a_quote_is_the_text_at_its_offsets_and_the_rows_are_in_order() -> None:
    text = "Usage: all media,\nworldwide, in perp.  “Full buyout” – no residuals."
    found = find(text)
    assert [text[term.start : term.end] for term in found] == [term.quote for term in found]
    assert [term.start for term in found] == sorted(term.start for term in found)
    assert codes(text) >= {("all_media", "granted"), ("worldwide", "granted"), ("perpetual", "granted"), ("buyout", "granted")}


def test_a_row_names_its_rule_and_group() -> None:
    (term,) = (row for row in find("You grant us a perpetual licence to the clips.") if row.code == "perpetual")
    assert isinstance(term, Term)
    assert (term.rule, term.group.value, term.quote) == ("perpetual/1", "rights", "perpetual")


def test_a_code_stands_once_with_each_polarity_in_a_clause() -> None:
    text = "You grant us a perpetual licence, a licence in perpetuity, for ever, of your voice."
    assert len([term for term in find(text) if term.code == "perpetual"]) == 1


def test_the_same_term_in_two_clauses_is_two_rows() -> None:
    text = "You grant us a perpetual licence of your voice. You grant us a perpetual licence of your face."
    assert len([term for term in find(text) if term.code == "perpetual"]) == 2


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "<<<>>>", "\ud83c", "İ" * 50, "####", "- \n- \n- "])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert find(text) == []


def test_the_plain_view_has_the_length_of_the_text() -> None:
    text = "İstanbul – “naïve” <b>café</b> \u00a0 ﬁlm ẞ"
    assert len(plain(text)) == len(text)


SEGMENTS = {
    "one. Two! Three?": ["one.", "Two!", "Three?"],
    "Brightlark Inc. of the U.S. pays 5 hrs. of work. Next.": ["Brightlark Inc. of the U.S. pays 5 hrs. of work.", "Next."],
    "1. Ownership. You keep it.": ["1. Ownership.", "You keep it."],
    "- first item\n- second item": ["- first item", "- second item"],
    "[ ] I consent\n[x] I agree": ["[ ] I consent", "[x] I agree"],
    "(a) one thing;\n(b) another": ["(a) one thing;", "(b) another"],
    "## Heading\nBody text.": ["## Heading", "Body text."],
    "a paragraph\n\nanother": ["a paragraph", "another"],
    "Rate: 50 USD\nUsage: one year": ["Rate: 50 USD", "Usage: one year"],
    "a hard-wrapped line of a long contract that goes on to\nthe next line and ends there.": [
        "a hard-wrapped line of a long contract that goes on to\nthe next line and ends there."
    ],
}


@pytest.mark.parametrize("text", SEGMENTS)
def test_a_text_is_cut_into_clauses(text: str) -> None:
    assert [text[clause.start : clause.end] for clause in clauses(text)] == SEGMENTS[text]


def test_a_list_item_knows_the_line_that_introduces_it() -> None:
    text = "You agree not to:\n- sell the recordings\n- train a model\n\nOther words."
    assert [clause.lead for clause in clauses(text)] == ["", "You agree not to:", "You agree not to:", ""]


def test_a_list_may_be_introduced_without_a_colon() -> None:
    text = "Your data will be\n- kept anonymously\n- used for research only"
    assert [clause.lead for clause in clauses(text)] == ["", "Your data will be", "Your data will be"]


def test_a_run_on_is_cut_at_a_stated_length() -> None:
    assert all(clause.end - clause.start <= LONGEST for clause in clauses("word " * 5000))


def test_a_negation_in_the_introducing_line_reaches_the_items() -> None:
    text = "The client may not:\n\n- use the recordings to train AI models\n- sublicense the recordings"
    assert codes(text) >= {("ai_training", "denied"), ("sublicensable", "denied")}


POLARITIES = [
    ("ai_training", "We will use the recordings to train AI models.", "granted"),
    ("ai_training", "We will not use the recordings to train AI models.", "denied"),
    ("ai_training", "We will not use the recordings to train AI models without your consent.", "limited"),
    ("ai_training", "The recordings are used only with your written consent to train AI models.", "limited"),
    ("ai_training", "We do not sell the recordings, but we may use them to train AI models.", "granted"),
    ("ai_training", "Including without limitation to train AI models on your recordings.", "granted"),
    ("exclusive", "You grant us a non-exclusive licence.", "denied"),
    ("worldwide", "You grant us a worldwide licence (with no payment due) to your clips.", "granted"),
    ("derivative_works", "The studio may edit the footage (but not the sound).", "granted"),
    ("synthetic_performance", "No voice clone of the performer.", "denied"),
    ("sublicensable", "Sublicensing of the recordings is not permitted.", "denied"),
]


@pytest.mark.parametrize(("code", "text", "polarity"), POLARITIES)
def test_cues_turn_a_finding(code: str, text: str, polarity: str) -> None:
    assert said(text, code) == {polarity}


OTHER_DIRECTION = [
    "We grant you a limited, non-exclusive, non-transferable licence to use the Service.",
    "You are granted a worldwide, royalty-free licence to use the software.",
    "Each Contributor hereby grants to You a perpetual, irrevocable copyright licence in Source or Object form.",
    "You grant us a perpetual, irrevocable, worldwide licence to use any feedback you send.",
    "Some jurisdictions do not allow a waiver of moral rights.",
    "You should always ask whether the buyout is perpetual.",
    "The voice actor shall not create synthetic voice models.",
    "Previous AI training work (bonus, not required)",
]


@pytest.mark.parametrize("text", OTHER_DIRECTION)
def test_what_does_not_flow_from_the_performer_is_no_term(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("part", ["posting", "agreement"])
def test_the_invented_story_is_read_exactly(part: str) -> None:
    """An invented story with the traps of the yardstick: a promise of research, then a licence that takes everything but one thing."""
    expected = json.loads((STORY / "expected.json").read_text(encoding="utf-8"))[part]
    assert codes((STORY / f"{part}.txt").read_text(encoding="utf-8")) == pairs(expected["terms"])


@pytest.mark.parametrize("part", ["posting", "agreement"])
def test_the_yardstick_is_read(part: str) -> None:
    folder = SHARED / "yardstick"
    if not folder.exists():
        pytest.skip("the yardstick is not on this machine")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[part]
    found = codes((folder / f"{part}.txt").read_text(encoding="utf-8"))
    assert pairs(expected["terms"]) <= found
    assert not pairs(expected["must_not"]) & found
    assert not {code for code, _ in found} & set(expected.get("not_stated", ()))


PASSAGES = tomllib.loads((STORY / "wordings.toml").read_text(encoding="utf-8"))["passages"]
SIGNS = {"+": "granted", "~": "limited", "-": "denied"}
# Codes that the labelling rules do not know; the passages say nothing of them.
UNLABELLED = {
    *("any_purpose", "non_compete", "indemnity", "warranty_of_rights", "open_licence", "survival", "content_limits", "data_security"),
    *("implied_consent", "approval_right", "opt_out", "credit", "venue_arbitration"),
}


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"][:50] for passage in PASSAGES])
def test_a_passage_is_read_whole(passage: dict[str, Any]) -> None:
    expected = {(term[:-1], SIGNS[term[-1]]) for term in passage["terms"]}
    assert {pair for pair in codes(passage["text"]) if pair[0] not in UNLABELLED} == expected


def _seconds(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


HOSTILE = {
    "one letter": "a" * 1_000_000,
    "blanks": " " * 1_000_000,
    "line ends": "\n" * 1_000_000,
    "open brackets": "(" * 1_000_000,
    "open tags": "<a " * 330_000,
    "no stop": "voice, likeness, image, " * 42_000,
    "negations": "not " * 250_000,
    "stops": ". A" * 333_000,
    "items": "- a\n" * 250_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_hostile_text_is_read_in_seconds(name: str) -> None:
    assert _seconds(HOSTILE[name]) < 6


def test_time_grows_with_length_and_no_faster() -> None:
    words = ("you", "grant", "no", "perpetual", "voice", "licence", "and", "we", "never", "train", "models", "without", "likeness", ";")
    text = " ".join(f"{words[(7 * n * n + n) % len(words)]}{f' {n}. So' if n % 40 == 0 else ''}" for n in range(64_000))
    _seconds("warm " + text[:50_000])
    small, large = _seconds(text[: len(text) // 8]), _seconds(text)
    assert large < 24 * max(small, 0.02)
