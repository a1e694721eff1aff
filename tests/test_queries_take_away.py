"""Saved queries say the truth: figures agree with the statistics of the trends, suppressed cells are empty, examples answer."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

import pytest
from published import opened, rows

from analysis.canned import Canned, queries
from analysis.site_words import site
from analysis.trends import FEWEST_EMPLOYERS, FEWEST_GIGS, spread

QUERIES = {query.name: query for query in queries()}


def ask(name: str, **asked: str) -> list[sqlite3.Row]:
    query = QUERIES[name]
    with opened() as db:
        return db.execute(query.sql, {each: asked.get(each, "") for each in query.parameters}).fetchall()


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_parameter_has_an_example_and_may_be_left_out(query: Canned) -> None:
    assert set(query.example) == set(query.parameters)
    found = rows(f"/callboard/{query.name}.json?_shape=array")
    assert isinstance(found, list)


@pytest.mark.parametrize("code", site()["key_terms"])
def test_pay_against_rights_agrees_with_the_statistics(code: str) -> None:
    stood: defaultdict[str, list[Any]] = defaultdict(list)
    with opened() as db:
        for row in db.execute(f"select {code} as stated, floor_usd, organization_id from postings where floor_usd is not null"):
            stood[row["stated"]].append(row)
    found = {row["stated"]: row for row in ask("pay_against_rights", code=code)}
    assert found.keys() == stood.keys()
    for stated, gigs in stood.items():
        row, true = found[stated], spread(gig["floor_usd"] for gig in gigs)
        employers = len({gig["organization_id"] for gig in gigs})
        assert true and (row["n"], row["employers"]) == (true.n, employers)
        shown = true.n >= FEWEST_GIGS and employers >= FEWEST_EMPLOYERS
        figures = (row["p25_usd"], row["median_usd"], row["p75_usd"])
        assert figures == (pytest.approx((true.p25, true.median, true.p75), abs=0.006) if shown else (None,) * 3)


def test_pay_by_unit_never_joins_units_or_currencies() -> None:
    found = ask("pay_by_unit")
    assert len({(row["unit"], row["currency"]) for row in found}) == len(found) > 2
    assert all(row["least"] <= row["median"] <= row["most"] for row in found if row["shown"])
    assert all(row["median"] is None for row in found if not row["shown"])


def test_how_sums_are_meant_agrees_with_the_offers() -> None:
    found = {row["qualifier"]: row for row in ask("pay_by_qualifier")}
    counted: defaultdict[str, set[str]] = defaultdict(set)
    with opened() as db:
        for row in db.execute("select posting_id, qualifiers from pay_offers where current = 1 and place <> 'unverified'"):
            for each in json.loads(row["qualifiers"]):
                counted[each].add(row["posting_id"])
    assert {name: row["gigs"] for name, row in found.items()} == {name: len(gigs) for name, gigs in counted.items()} != {}
    assert all(row["meaning"] for row in found.values())
    for name, gigs in counted.items():
        listed = ask("offers_by_qualifier", qualifier=name)
        assert {row["gig"] for row in listed} == gigs and [row["day"] for row in listed] == sorted(
            (row["day"] for row in listed), reverse=True
        )


def test_offers_are_narrowed_down_by_unit_and_currency() -> None:
    every = ask("offers_by_qualifier", qualifier="up_to")
    for row in every:
        some = ask("offers_by_qualifier", qualifier="up_to", unit=row["unit"] or "", currency=row["currency"] or "")
        assert row["offer"] in {each["offer"] for each in some}
        assert all(row["unit"] in (None, each["unit"]) and row["currency"] in (None, each["currency"]) for each in some)


@pytest.mark.parametrize(
    ("name", "figure"), [("silence_by_platform", "silent_on_withdrawal"), ("pay_and_scale_by_modality", "median_pay_usd")]
)
def test_suppressed_cells_are_empty(name: str, figure: str) -> None:
    found = ask(name)
    assert found
    assert all(row[figure] is None for row in found if not row["shown"])


def test_employers_are_counted_whole() -> None:
    with opened() as db:
        gigs = db.execute("select count(*) from postings where perpetual = 'granted' and organization_id is not null").fetchone()[0]
    assert sum(row["for_ever"] for row in ask("rights_for_ever_by_employer")) == gigs > 0
    assert all(row["gigs"] >= 8 for row in ask("rights_for_ever_by_employer", at_least="8"))


def test_a_copy_that_leaves_a_right_unsaid_has_no_such_term() -> None:
    found = ask("rights_dropped_on_a_copy")
    assert found
    with opened() as db:
        for row in found:
            sql = "select count(*) from terms where posting_id = ? and code = ? and current = 1"
            assert db.execute(sql, (row["silent_copy"], row["code"])).fetchone()[0] == 0
            assert db.execute(sql, (row["gig"], row["code"])).fetchone()[0] > 0


def test_silence_is_not_no() -> None:
    for row in ask("nothing_said_at_all", takes="ai_training"):
        assert row["ai_training"] == "granted"
    named = {row["gig"] for row in ask("nothing_said_at_all")}
    with opened() as db:
        denied = {
            row["id"] for row in db.execute("select id from postings where 'denied' in (withdrawal, deletion_right, retention_period)")
        }
    assert named and not named & denied


def test_companies_of_the_licence_only_are_not_in_the_posting() -> None:
    found = ask("named_in_the_licence_only")
    assert found
    assert {row["name"] for row in found} == {"Meridian Avatars (invented)"}
    assert all(row["organization"] != row["name"] for row in found)


COUNTED = {
    "pay_left_unsaid": (
        {"state": "open"},
        "select source_id, count(*), sum(pay_words is null), sum(floor_usd is not null) from postings where state = 'open' group by 1",
        ("source", "gigs", "no_pay", "certain"),
    ),
    "new_by_month_and_kind": (
        {},
        "select first_month, coalesce(kind, 'not told'), count(*) from postings where backlog = 0 group by 1, 2",
        ("month", "kind", "gigs"),
    ),
    "rights_for_ever_by_employer": (
        {"at_least": "1"},
        "select organization_id, count(*), sum(perpetual = 'granted'), sum(perpetual = 'granted' and licences_read > 0), "
        "sum(irrevocable = 'granted'), sum(perpetual = 'not stated') from postings where organization_id is not null group by 1 "
        "having sum(perpetual = 'granted')",
        ("organization", "gigs", "for_ever", "for_ever_licence_read", "irrevocable", "not_stated"),
    ),
    "promises_contradicted_by_employer": (
        {"promise": "no_commercial_use"},
        "select p.organization_id, count(distinct p.id), count(*) from promises r join postings p on p.id = r.posting_id "
        "where r.verdict = 'contradicts' and r.promise = 'no_commercial_use' group by 1",
        ("organization", "gigs", "pairs"),
    ),
    "named_in_the_licence_only": (
        {},
        "select y.posting_id, y.name from parties y join postings p on p.id = y.posting_id where y.current and y.place = 'licence' "
        "and y.name != p.organization and y.name not in (select coalesce(o.name, '') from parties o where o.posting_id = y.posting_id "
        "and o.current and o.place = 'posting')",
        ("gig", "name"),
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_in_advance_is_what_the_gigs_say(name: str) -> None:
    asked, sql, columns = COUNTED[name]
    with opened() as db:
        true = sorted(map(tuple, db.execute(sql)))
    assert sorted(tuple(row[column] for column in columns) for row in ask(name, **asked)) == true
    assert true


def test_a_state_left_open_means_all_of_them() -> None:
    with opened() as db:
        gigs = db.execute("select count(*) from postings").fetchone()[0]
    assert sum(row["gigs"] for row in ask("pay_left_unsaid")) == gigs
