"""Standards: the examples beside the criteria, codes that exist, and the yardstick agreement."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from analysis import standards
from analysis.standards import Standing, score
from crawler.errors import ConfigError
from crawler.findings import terms
from crawler.findings.term_files import catalogue
from crawler.records import Group, Polarity, Term

SHARED = Path(__file__).parents[1].parent / "shared"
ALL = standards.standards()
EXAMPLES = [(standard, example) for standard in ALL for example in standard.examples]


def term(code: str, polarity: str = "granted", start: int = 0) -> Term:
    return Term(code, Polarity(polarity), f"words of {code}", start, start + 9 + len(code), "test", Group.RIGHTS)


@pytest.mark.parametrize(("standard", "example"), EXAMPLES, ids=[f"{standard.id}: {example['terms']}" for standard, example in EXAMPLES])
def test_examples(standard: standards.Standard, example: Mapping[str, Any]) -> None:
    rows = [row for row in score([term(*each) for each in example["terms"]]) if row.standard == standard.id]
    got = {row.criterion: row.standing for row in rows}
    assert {name: got[name] for name in example["verdicts"]} == example["verdicts"]


def test_criteria_ask_for_codes_that_exist() -> None:
    codes = {each.code for each in catalogue()}
    asked = {code for standard in ALL for criterion in standard.criteria for code in criterion.codes}
    assert asked <= codes


def test_every_standard_is_whole() -> None:
    for standard in ALL:
        assert standard.citation and len(standard.examples) >= 2
        names = [criterion.id for criterion in standard.criteria]
        assert len(names) == len(set(names))
        assert all(criterion.asks and criterion.criterion.endswith((".", ")")) for criterion in standard.criteria)


def test_laws_state_facts_and_judge_nothing() -> None:
    everything = [term(each.code) for each in catalogue()]
    kinds = {standard.id: standard.kind for standard in ALL}
    found = {row.standing for row in score(everything) if kinds[row.standard] == "facts"}
    assert found == {Standing.STATED, Standing.NOT_STATED}


def test_silence_is_not_stated_everywhere() -> None:
    rows = score([])
    assert {row.standing for row in rows} == {Standing.NOT_STATED}
    assert len(rows) == sum(len(standard.criteria) for standard in ALL)


def test_terms_are_shown_in_the_order_of_the_text() -> None:
    rows = score([term("perpetual", start=50), term("fixed_term", "limited", start=10)])
    row = next(row for row in rows if (row.standard, row.criterion) == ("equity_vision", "time_limited"))
    assert [each.code for each in row.terms] == ["fixed_term", "perpetual"]
    assert row.standing is Standing.PARTLY
    assert row.words == "By its words the text meets it with limits, or says both: fixed_term limited, perpetual granted."


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('title = "x"\nkind = "grade"\ncitation = "x"\n', "kind"),
        ('titel = "x"\nkind = "facts"\ncitation = "x"\n', "titel"),
        ('title = "x"\nkind = "facts"\ncitation = "x"\n[[criterion]]\nid = "a"\ncriterion = "b"\n', "decides by nothing"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "x.toml").write_text(toml)
    with pytest.raises(ConfigError, match=says):
        standards.standards(tmp_path)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared yardstick is not here")
def test_yardstick_agreement() -> None:
    text = (SHARED / "yardstick/agreement.txt").read_text(encoding="utf-8")
    got = {(row.standard, row.criterion): row for row in score(terms.find(text))}
    assert got["equity_vision", "time_limited"].standing is Standing.NOT_MET
    assert got["equity_vision", "personal"].standing is Standing.NOT_MET
    assert got["nava_contract", "payment_for_use"].standing is Standing.NOT_STATED
    assert got["gdpr", "withdrawal"].standing is Standing.NOT_STATED
    assert got["illinois_bipa", "biometric"].standing is Standing.STATED
    assert all(text[term.start : term.end] == term.quote for row in got.values() for term in row.terms)
