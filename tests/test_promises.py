"""Promise against grant: the examples beside each rule, the yardstick exactly, and the parties gap."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis import promises
from analysis.promises import Stand, compare, parties_gap
from crawler.errors import ConfigError
from crawler.findings import parties, terms
from crawler.findings.term_files import catalogue
from crawler.records import Disclosure, Group, Party, Polarity, Term

SHARED = Path(__file__).parents[1].parent / "shared"
RULES = promises.rules()
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


def term(code: str, polarity: str = "granted") -> Term:
    return Term(code, Polarity(polarity), f"words of {code}", 0, 9 + len(code), "test", Group.RIGHTS)


def party(name: str | None, disclosure: Disclosure = Disclosure.NAMED) -> Party:
    return Party("collecting_company", name, disclosure, name, 0, 1, "test")


@pytest.mark.parametrize(
    ("rule", "example"),
    EXAMPLES,
    ids=[f"{rule.promise} {'/'.join(sorted(rule.stated))}: {example['contract']}" for rule, example in EXAMPLES],
)
def test_examples(rule: promises.PromiseRule, example: Mapping[str, Any]) -> None:
    for polarity in rule.stated:
        rows = compare([term(rule.promise, polarity)], [term(*each) for each in example["contract"]])
        assert [(row.verdict, list(row.rights)) for row in rows] == [(Stand(example["verdict"]), example["against"])]


def test_every_rule_speaks_of_codes_that_exist_and_shows_every_verdict_it_can_give() -> None:
    codes = {each.code for each in catalogue()}
    for rule in RULES:
        assert {rule.promise, *rule.restated, *rule.opposed} <= codes, rule.promise
        shown = {example["verdict"] for example in rule.examples}
        assert shown == set(Stand), (rule.promise, rule.stated)


def test_no_promise_has_two_rules() -> None:
    stated = [(rule.promise, polarity) for rule in RULES for polarity in rule.stated]
    assert len(stated) == len(set(stated))


def test_every_promise_code_has_a_rule() -> None:
    promised = {each.code for each in catalogue() if each.group is Group.PROMISES}
    assert promised <= {rule.promise for rule in RULES}


def test_one_contract_may_support_and_contradict() -> None:
    rows = compare([term("research_only")], [term("research_only"), term("commercial_use"), term("perpetual")])
    assert [(row.verdict, row.rights) for row in rows] == [
        (Stand.CONTRADICTS, ("commercial_use",)),
        (Stand.SUPPORTS, ("research_only",)),
    ]
    assert rows[0].words == "Promised: the recordings are for research only. The contract takes commercial use."
    assert rows[0].promise.quote == "words of research_only"
    assert rows[0].grants[0].quote == "words of commercial_use"


def test_rights_that_a_posting_takes_are_no_promises() -> None:
    assert compare([term("perpetual"), term("worldwide")], [term("commercial_use")]) == []


def test_a_promise_made_twice_is_one_row() -> None:
    assert len(compare([term("withdrawal"), term("withdrawal")], [term("irrevocable")])) == 1


def test_the_most_telling_words_of_a_contract_stand_for_it() -> None:
    heading, clause = term("commercial_use"), term("commercial_use")
    clause = replace(clause, quote="may be used for any commercial purpose", start=400, end=438)
    rows = compare([term("research_only")], [heading, clause])
    assert [grant.quote for grant in rows[0].grants] == ["may be used for any commercial purpose"]


@pytest.mark.parametrize(
    ("posting", "names", "gap"),
    [
        ("Actors for a study in a rented studio.", ["Realeyes", "Meta"], ("Realeyes", "Meta")),
        ("Larkmoor Audio seeks actors.", ["Larkmoor Audio Ltd", "Aldergate"], ("Aldergate",)),
        ("LARKMOOR AUDIO seeks actors.", ["Larkmoor Audio Ltd"], ()),
        ("Facebook seeks people.", ["Meta Platforms, Inc."], ()),
        ("The metal studio", ["Meta"], ("Meta",)),
        ("x", ["Aldergate GmbH", "Aldergate"], ("Aldergate GmbH",)),
        ("x", [], ()),
    ],
)
def test_parties_gap(posting: str, names: list[str], gap: tuple[str, ...]) -> None:
    assert parties_gap(posting, [party(name) for name in names]) == gap


def test_a_described_party_is_no_gap() -> None:
    assert parties_gap("x", [party(None, Disclosure.UNDISCLOSED)]) == ()


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('promise = "research_only"\nsays = "x"\nopposd = {}\n')
    with pytest.raises(ConfigError, match="opposd"):
        promises.rules(tmp_path)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared yardstick is not here")
def test_yardstick() -> None:
    posting, agreement = ((SHARED / f"yardstick/{name}.txt").read_text(encoding="utf-8") for name in ("posting", "agreement"))
    wanted = json.loads((SHARED / "yardstick/expected.json").read_text(encoding="utf-8"))
    rows = compare(terms.find(posting), terms.find(agreement))
    got = {row.promise.code: (set(row.rights), row.verdict) for row in rows if row.verdict is not Stand.SILENT}
    assert got == {each["promise"]: (set(each["against"]), Stand(each["verdict"])) for each in wanted["promise_against_grant"]}
    for row in rows:
        assert posting[row.promise.start : row.promise.end] == row.promise.quote
        assert all(agreement[grant.start : grant.end] == grant.quote for grant in row.grants)
    gap = parties_gap(posting, parties.find(agreement))
    assert list(gap) == wanted["parties_gap"]["named_in_agreement_not_in_posting"]
