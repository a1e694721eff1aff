"""Open, uncertain, closed: every transition, and every way for a crawl to end, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crawler import lifecycle
from crawler.lifecycle import Standing, Tally
from crawler.records import EventKind, Expect, Outcome, State

SEEN = "2026-11-19T02:00:00Z"
OPEN = Standing(State.OPEN, SEEN, reason="last seen 19 November 2026 02:00 UTC")
ONCE = Standing(State.UNCERTAIN, SEEN, 1, "2026-11-20T02:00:00Z")
CLOSED = Standing(State.CLOSED, SEEN, 2, "2026-11-20T02:00:00Z", "2026-11-21T02:00:00Z", "closed")


@pytest.mark.parametrize("before", [OPEN, ONCE, CLOSED])
def test_seen_is_open_and_forgets_its_absences(before: Standing) -> None:
    after, event = lifecycle.seen(before, "2026-11-22T02:14:00Z")
    assert after == Standing(State.OPEN, "2026-11-22T02:14:00Z", reason="last seen 22 November 2026 02:14 UTC")
    assert event == (None if before is OPEN else EventKind.REOPENED)


@pytest.mark.parametrize(
    ("before", "at", "closes_on", "state", "missed", "event"),
    [
        (OPEN, "2026-11-20T02:00:00Z", None, State.UNCERTAIN, 1, None),
        (OPEN, "2027-11-20T02:00:00Z", None, State.UNCERTAIN, 1, None),  # one absence is one, however long after
        (ONCE, "2026-11-20T02:00:01Z", None, State.UNCERTAIN, 2, None),
        (ONCE, "2026-11-20T21:59:59Z", None, State.UNCERTAIN, 2, None),  # a second short of twenty hours
        (ONCE, "2026-11-20T22:00:00Z", None, State.CLOSED, 2, EventKind.CLOSED),
        (ONCE, "2026-11-21T02:00:00Z", None, State.CLOSED, 2, EventKind.CLOSED),
        (OPEN, "2026-11-20T02:00:00Z", "2026-11-19", State.CLOSED, 1, EventKind.CLOSED),
        (OPEN, "2026-11-20T02:00:00Z", "2026-11-20", State.UNCERTAIN, 1, None),  # its last day is not over
        (OPEN, "2026-11-20T02:00:00Z", "2026-12-24", State.UNCERTAIN, 1, None),
        (CLOSED, "2026-11-25T02:00:00Z", None, State.CLOSED, 2, None),
        (CLOSED, "2026-11-25T02:00:00Z", "2026-11-19", State.CLOSED, 2, None),
    ],
)
def test_absence(before: Standing, at: str, closes_on: str | None, state: State, missed: int, event: EventKind | None) -> None:
    after, told = lifecycle.missed(before, at, closes_on)
    assert (after.state, after.missed, told) == (state, missed, event)
    assert after.last_seen == SEEN


def test_three_absences_in_one_night_close_nothing_until_twenty_hours_are_over() -> None:
    standing = OPEN
    for hour in ("02", "03", "04", "20"):
        standing, event = lifecycle.missed(standing, f"2026-11-20T{hour}:00:00Z")
        assert (standing.state, event) == (State.UNCERTAIN, None)
    standing, event = lifecycle.missed(standing, "2026-11-20T22:00:00Z")
    assert (standing.state, event, standing.missed) == (State.CLOSED, EventKind.CLOSED, 5)


def test_absence_from_a_list_of_the_newest_closes_nothing() -> None:
    standing = OPEN
    for day in range(20, 30):
        standing, event = lifecycle.missed(standing, f"2026-11-{day}T02:00:00Z", whole=False)
        assert (standing.state, event) == (State.UNCERTAIN, None)
    assert standing.reason.endswith("absent from 10 complete crawls since, which show only the newest postings")
    after, event = lifecycle.missed(standing, "2026-12-01T02:00:00Z", "2026-11-30", whole=False)
    assert (after.state, event) == (State.CLOSED, EventKind.CLOSED)


@pytest.mark.parametrize(("before", "event"), [(OPEN, EventKind.CLOSED), (ONCE, EventKind.CLOSED), (CLOSED, None)])
def test_the_boards_own_word_closes_at_once(before: Standing, event: EventKind | None) -> None:
    after, told = lifecycle.gone(before, "2026-11-20T02:00:00Z", 410)
    assert (after.state, told) == (State.CLOSED, event)


WORDS = [
    (lifecycle.missed(OPEN, "2026-11-20T02:00:00Z")[0], "last seen 19 November 2026 02:00 UTC; absent from 1 complete crawl since"),
    (
        lifecycle.missed(ONCE, "2026-11-21T02:00:00Z")[0],
        "closed 21 November 2026 02:00 UTC: absent from 2 complete crawls since 19 November 2026 02:00 UTC; "
        "last seen 19 November 2026 02:00 UTC",
    ),
    (
        lifecycle.missed(OPEN, "2026-11-20T02:00:00Z", "2026-11-19")[0],
        "closed 20 November 2026 02:00 UTC: its stated closing date, 2026-11-19, has passed; last seen 19 November 2026 02:00 UTC",
    ),
    (
        lifecycle.gone(OPEN, "2026-11-20T02:00:00Z", 404)[0],
        "closed 20 November 2026 02:00 UTC: its own page answers 404; last seen 19 November 2026 02:00 UTC",
    ),
]


@pytest.mark.parametrize(("standing", "words"), WORDS, ids=[f"{standing.state.value}-{words[-9:]}" for standing, words in WORDS])
def test_every_state_has_printable_words(standing: Standing, words: str) -> None:
    assert standing.reason == words


@given(some.lists(some.sampled_from(["seen", "missed", "gone"]), max_size=12), some.integers(1, 60))
def test_events_alternate_and_a_closed_posting_only_reopens(steps: list[str], hours: int) -> None:
    standing, told = OPEN, []
    for number, step in enumerate(steps):
        day, hour = divmod(number * hours, 24)
        at = f"2026-{1 + day // 28:02}-{1 + day % 28:02}T{hour:02}:00:00Z"
        before = standing.state
        if step == "seen":
            standing, event = lifecycle.seen(standing, at)
        else:
            standing, event = lifecycle.missed(standing, at) if step == "missed" else lifecycle.gone(standing, at, 404)
        told += [event] if event else []
        assert (event is EventKind.CLOSED) == (before is not State.CLOSED and standing.state is State.CLOSED)
        assert "last seen" in standing.reason
    closings = [event for event in told if event is EventKind.CLOSED]
    assert len(closings) <= told.count(EventKind.REOPENED) + 1


def tally(**values: object) -> Tally:
    """A crawl that came to its end and saw ten postings on three pages, but for what is said."""
    return Tally(**({"finished": True, "pages": 3, "seen": 10} | values))  # type: ignore[arg-type]


EXPECT = Expect(min=4)
VERDICTS = [
    (tally(), [], Outcome.COMPLETE, None),
    (tally(), [10, 10, 10], Outcome.COMPLETE, None),
    (tally(seen=5), [10, 10, 10], Outcome.COMPLETE, None),  # exactly half is not fewer than half
    (tally(seen=4), [10, 10, 10], Outcome.SUSPICIOUS, "fall"),
    (tally(seen=4), [10, 8, 2], Outcome.COMPLETE, None),  # the median, not the mean
    (tally(seen=4), [2, 100, 2], Outcome.COMPLETE, None),
    (tally(seen=4), [8] * 7 + [100] * 20, Outcome.COMPLETE, None),  # trailing: what was long ago does not count
    (tally(seen=3), [], Outcome.SUSPICIOUS, "empty"),  # below what its file expects
    (tally(seen=0), [10], Outcome.SUSPICIOUS, "empty"),
    (tally(seen=50), [10], Outcome.COMPLETE, None),
    (tally(seen=0, listing_failures=("http_503",)), [10], Outcome.FAILED, "http_503"),
    (tally(seen=0, pages=0, listing_failures=("timeout",)), [], Outcome.FAILED, "timeout"),
    (tally(seen=0, pages=0), [], Outcome.FAILED, "nothing_asked"),
    (tally(listing_failures=("http_503",)), [10], Outcome.PARTIAL, "http_503"),  # the second page of the list
    (tally(posting_failures=("http_500",)), [10], Outcome.PARTIAL, "http_500"),
    (tally(listing_failures=("http_403",)), [10], Outcome.BLOCKED, "http_403"),
    (tally(seen=0, listing_failures=("http_429",)), [10], Outcome.BLOCKED, "http_429"),
    (tally(seen=0, listing_failures=("robots",)), [], Outcome.BLOCKED, "robots"),
    (tally(seen=0, posting_failures=("bot_wall", "bot_wall")), [10], Outcome.BLOCKED, "bot_wall"),
    (tally(posting_failures=("http_403",)), [10], Outcome.PARTIAL, "http_403"),
    (tally(shape_problems=("none of 10 postings has a title",)), [10], Outcome.SUSPICIOUS, "shape"),
    (tally(shape_problems=("none has a title",), posting_failures=("http_500",)), [10], Outcome.SUSPICIOUS, "shape"),
    (tally(finished=False), [10], Outcome.PARTIAL, "cut"),
    (tally(finished=False, pages=0, seen=0), [10], Outcome.PARTIAL, "cut"),
    (tally(cut="more than 5 pages"), [10], Outcome.PARTIAL, "cut"),
]


@pytest.mark.parametrize(("count", "history", "outcome", "failure"), VERDICTS, ids=range(len(VERDICTS)))
def test_how_a_crawl_ended(count: Tally, history: list[int], outcome: Outcome, failure: str | None) -> None:
    found = lifecycle.verdict(count, EXPECT, history)
    assert (found.outcome, found.failure) == (outcome, failure)
    assert found.reason


@pytest.mark.parametrize(("most", "outcome"), [(None, Outcome.SUSPICIOUS), (12, Outcome.COMPLETE), (40, Outcome.SUSPICIOUS)])
def test_a_person_may_say_that_a_board_has_shrunk_for_good(most: int | None, outcome: Outcome) -> None:
    assert lifecycle.verdict(tally(seen=7), Expect(4, most), [40] * 7).outcome is outcome


@given(
    some.booleans(),
    some.integers(0, 50),
    some.integers(0, 200),
    some.lists(some.sampled_from([*lifecycle.WORDS, "http_403", "http_404", "http_503"]), max_size=3),
    some.lists(some.integers(0, 100), max_size=9),
)
def test_no_crawl_with_a_failure_or_cut_short_is_complete(
    finished: bool, pages: int, seen: int, failures: list[str], history: list[int]
) -> None:
    found = lifecycle.verdict(Tally(finished, pages, seen, tuple(failures)), Expect(), history)
    assert found.outcome is not Outcome.RUNNING
    if failures or not finished or not pages:
        assert found.outcome is not Outcome.COMPLETE


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (tally(seen=1), "1 posting seen, at least 4 expected"),
        (tally(seen=4), "4 postings seen, 10 is usual"),
        (tally(posting_failures=("timeout",)), "1 page could not be read: no answer in time"),
        (tally(posting_failures=("timeout", "dns")), "2 pages could not be read: no answer in time"),
        (tally(seen=0, listing_failures=("login_wall",)), "the board refused us: a page to log in"),
        (tally(seen=0, listing_failures=("http_502",)), "no listing could be read: it answered 502"),
        (tally(finished=False), "stopped before the end"),
    ],
)
def test_the_reason_is_a_sentence(count: Tally, words: str) -> None:
    assert lifecycle.verdict(count, EXPECT, [10]).reason == words
