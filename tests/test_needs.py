"""What words an expression cannot lack, and the screen that is made of them."""

from __future__ import annotations

import pytest

from crawler.findings.gates import each_word
from crawler.findings.needs import Needs
from crawler.findings.screen import Screen

NAMES = {"whose": "my|your|the \\w+'s", "sum": "(?:a )?fee|payments?"}
GROUPS: dict[str, list[set[str]]] = {
    " in perpetuity ": [{"in"}, {"perpetuity"}],
    " in(?: \\w+){0,2} perpetuity ": [{"perpetuity"}],
    " royalt(?:y|ies) ": [{"royalty", "royalties"}],
    " buy~out ": [{"buy", "buyout"}, {"out", "buyout"}],
    " licen[cs]e\\w* ": [{"licence", "licence*", "license", "license*"}],
    " \\w+n't ": [{"t"}],
    " {sum} ... per hour ": [{"a", "fee", "payment", "payments"}, {"fee", "payment", "payments"}, {"per"}, {"hour"}],
    " (?:1[3-5]|21)\\+ ": [{"13", "14", "15", "21"}],
    "record(?:ed)?\\b": [],  # it may be the end of another word
    "\\brecord": [{"record*"}],
    "(?i)\\bRecord\\b": [{"record"}],
    " (?:\\w+ )?(?:very )* ": [],
    " (?:no|not any) (?:right|claim)s? ": [{"no", "not"}, {"no", "any"}, {"right", "rights", "claim", "claims"}],
}


@pytest.mark.parametrize("expression", GROUPS)
def test_the_words_that_an_expression_cannot_lack(expression: str) -> None:
    assert {frozenset(group) for group in GROUPS[expression]} <= set(Needs(NAMES).of(expression))
    assert GROUPS[expression] or not Needs(NAMES).of(expression)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Needs(NAMES).of(" {colour} ")


EXPRESSIONS = ["in perpetuity", "{whose} voice", "train\\w* ... models?", "\\d+ ?%"]
STRETCHES = {
    "All rights, in perpetuity.": [0, 3],
    "Your voice trains our model.": [1, 2, 3],
    "The actor's voice": [1, 3],
    "perpetuity in": [0, 3],
    "A rehearsal room.": [3],
    "": [3],
}


@pytest.mark.parametrize("stretch", STRETCHES)
def test_the_screen_lets_through_what_has_the_words(stretch: str) -> None:
    """An expression without any certain word passes always."""
    needs = Needs(NAMES)
    screen = Screen(needs.of(f" {expression} ") for expression in EXPRESSIONS)
    assert [list(screen.possible(each_word(stretch.encode()))) for _ in range(2)] == [STRETCHES[stretch]] * 2
