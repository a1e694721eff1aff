"""The same gig across boards: ten gigs among two thousand others come out exactly, and openings stay apart."""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter

import cluster_sample
import pytest

from analysis import clusters
from analysis.likeness import SAME, Copy, alike, can_be_alike, told_apart

BASE = cluster_sample.gigs()[0][0]


def ids(found: list[clusters.Cluster]) -> list[set[str]]:
    return [{member.id for member in cluster.members} for cluster in found]


def test_ten_gigs_among_two_thousand_others() -> None:
    gigs = cluster_sample.gigs()
    postings = [*(copy for gig in gigs for copy in gig), *cluster_sample.others(2000)]
    random.Random(3).shuffle(postings)
    found = clusters.find(postings)
    assert ids(found) == [{copy.id for copy in gig} for gig in gigs if len(gig) > 1]
    roles = {member.id: member.role for cluster in found for member in cluster.members}
    assert {role for name, role in roles.items() if name.endswith("-a")} == {"original"}
    assert {role for name, role in roles.items() if name.endswith(("-b", "-c"))} == {"copy"}
    assert {role for name, role in roles.items() if name.endswith("-d")} == {"relist"}


def test_the_order_of_postings_does_not_matter() -> None:
    postings = [*(copy for gig in cluster_sample.gigs() for copy in gig), *cluster_sample.others(100)]
    assert clusters.find(postings) == clusters.find(postings[::-1])


def test_a_dropped_promise_and_a_changed_rate_are_shown() -> None:
    original, copy, *_ = cluster_sample.gigs()[0]
    shown = {(each.sentence, each.on) for each in clusters.differences([original, copy])}
    assert ("Your likeness is not used in advertising.", (original.id,)) in shown
    assert any("135 USD" in sentence and on == (copy.id,) for sentence, on in shown)
    assert not any("easy to direct" in sentence for sentence, _ in shown)


def test_copies_without_differences_have_none() -> None:
    assert clusters.differences([BASE, replace(BASE, id="b", source="board-b")]) == ()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": "Actors for a paid emotion study, French", "location": None}, None),
        ({"location": "Leeds"}, "place"),
        ({"location": "Remote"}, None),
        ({"location": "Los Angeles"}, "place"),
        ({"title": "Performers for a paid emotion study"}, None),
        ({"title": "Dancers for a paid emotion study"}, "title"),
        ({"title": "Actors for a paid emotion study - $150/hr"}, None),
        ({"posted_on": "2027-03-01"}, None),
    ],
)
def test_what_tells_apart(changed: dict[str, str | None], why: str | None) -> None:
    other = replace(BASE, id="other", source="board-b", **changed)  # type: ignore[arg-type]
    assert told_apart(BASE, other) == why
    assert bool(clusters.find([BASE, other])) is (why is None)


def test_one_language_each_is_one_opening_each() -> None:
    german, french = (
        replace(BASE, id=name, source=f"board-{name}", title=f"Voice data collection, {name} speakers") for name in ("German", "French")
    )
    assert told_apart(german, french) == "language"
    assert clusters.find([german, french]) == []


def test_parallel_openings_on_one_board_stay_apart_and_each_finds_its_copy() -> None:
    openings = [
        replace(BASE, id=f"{board}-{town}", source=board, location=None, text=BASE.text.replace("Burbank", town))
        for board in ("a", "b")
        for town in ("Leeds", "Truro", "York")
    ]
    assert ids(clusters.find(openings)) == [{f"a-{town}", f"b-{town}"} for town in ("Leeds", "Truro", "York")]


def test_initials_name_the_same_town() -> None:
    one, other = replace(BASE, location="Los Angeles, CA"), replace(BASE, id="b", source="b", location="LA")
    assert told_apart(one, other) is None


def test_the_employers_own_posting_is_the_original_even_when_seen_later() -> None:
    own = replace(BASE, id="own", source="own", lineage="employer", first_seen="2026-04-01", posted_on="2026-04-01")
    (cluster,) = clusters.find([BASE, own])
    assert [(member.id, member.role) for member in cluster.members] == [("own", "original"), (BASE.id, "copy")]
    assert cluster.least_alike == 1.0


def test_empty_texts_are_not_alike() -> None:
    one, other = (replace(BASE, id=name, source=name, text="") for name in "ab")
    assert alike(one, other) < SAME
    assert clusters.find([one, other]) == []


def test_nothing_and_one_posting() -> None:
    assert clusters.find([]) == []
    assert clusters.find([BASE]) == []


def test_a_crowded_template_stays_linear() -> None:
    crowd: list[Copy] = [
        replace(BASE, id=f"c{number}", title=f"Opening {number}", text=f"{BASE.text} Place number {number}.") for number in range(3000)
    ]
    start = perf_counter()
    assert clusters.find(crowd) == []
    assert perf_counter() - start < 30


def test_the_first_look_at_texts_drops_no_pair_that_is_the_same_gig() -> None:
    copies = [*(copy for gig in cluster_sample.gigs() for copy in gig), *cluster_sample.others(150)]
    stranger = replace(BASE, text=" ".join(f"word{number}" for number in range(60)))
    assert can_be_alike(stranger.triples, [copy.triples for copy in copies]) == []
    for place, one in enumerate(copies):
        others = copies[:place]
        kept = set(can_be_alike(one.triples, [other.triples for other in others])) if others else set()
        assert {place for place, other in enumerate(others) if alike(one, other) >= SAME} <= kept
