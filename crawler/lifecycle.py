"""Open, uncertain or closed: decided from crawl outcomes alone, and never by a crawl that was not complete and healthy.

A posting is open when seen; uncertain after one complete crawl without it; closed after two complete crawls without it at least 20
hours apart, at once where the board itself says it is gone (and that kind's word counts), or when its stated closing date has passed
and a complete crawl did not see it. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from crawler.clock import hours_between
from crawler.records import EventKind, Expect, Outcome, State

HOURS_APART = 20
HISTORY = 7  # complete crawls that the trailing median looks back on
WORDS = {
    "archive": "the archive could not be written",
    "bot_wall": "a page that keeps robots out",
    "browser": "the browser could not show it",
    "connection_lost": "the connection was lost",
    "cut_off": "the answer broke off",
    "dns": "its host is not known",
    "empty_body": "the answer was empty",
    "gzip": "the answer is a damaged gzip file",
    "json": "the answer is not JSON",
    "login_wall": "a page to log in",
    "no_contact": "no contact is configured",
    "private_address": "it lies in a private network",
    "redirects": "redirected without end",
    "refused": "the connection was refused",
    "robots": "robots.txt forbids it",
    "robots_unread": "robots.txt could not be read",
    "timeout": "no answer in time",
    "tls": "the encrypted connection failed",
    "too_large": "the answer is larger than max_body",
    "unreachable": "the host cannot be reached",
    "unreadable": "a document without text",
    "xml": "the answer is not XML",
}
BLOCKING = frozenset({"http_403", "http_429", "bot_wall", "login_wall", "robots"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What a crawl counted. listing_failures and posting_failures: failure classes, one for each page that never came.

    whole: the listing shows everything that is open, and not only the newest.
    """

    finished: bool
    pages: int
    seen: int
    listing_failures: tuple[str, ...] = ()
    posting_failures: tuple[str, ...] = ()
    shape_problems: tuple[str, ...] = ()
    cut: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a crawl ended, in a word, in a sentence, and by which class of failure."""

    outcome: Outcome
    reason: str
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a posting stands. missed counts complete crawls since it was last seen; missed_since is the first of them."""

    state: State
    last_seen: str
    missed: int = 0
    missed_since: str | None = None
    closed_at: str | None = None
    reason: str = ""


def verdict(tally: Tally, expect: Expect, history: Sequence[int]) -> Verdict:
    """The outcome of a crawl. history: postings seen by earlier complete crawls, newest first."""
    failures = tally.listing_failures + tally.posting_failures
    blocked = next((each for each in failures if each in BLOCKING), None)
    if blocked and (tally.listing_failures or not tally.seen):
        return Verdict(Outcome.BLOCKED, f"the board refused us: {said(blocked)}", blocked)
    if tally.listing_failures and not tally.seen:
        first = tally.listing_failures[0]
        return Verdict(Outcome.FAILED, f"no listing could be read: {said(first)}", first)
    if not tally.pages and tally.finished and not failures:
        return Verdict(Outcome.FAILED, "no page was asked for", "nothing_asked")
    if tally.shape_problems:
        return Verdict(Outcome.SUSPICIOUS, tally.shape_problems[0], "shape")
    if failures:
        pages = "1 page" if len(failures) == 1 else f"{len(failures)} pages"
        return Verdict(Outcome.PARTIAL, f"{pages} could not be read: {said(failures[0])}", failures[0])
    if tally.cut or not tally.finished:
        return Verdict(Outcome.PARTIAL, tally.cut or "stopped before the end", "cut")
    return _healthy(tally, expect, history)


def said(failure: str) -> str:
    """A class of failure in words: `http_503` is "it answered 503"; one without words of its own is its own name."""
    status = failure.removeprefix("http_")
    return f"it answered {status}" if status != failure else WORDS.get(failure, failure.replace("_", " "))


def _healthy(tally: Tally, expect: Expect, history: Sequence[int]) -> Verdict:
    """A board that has shrunk for good would stay suspicious; whoever looked says so with `expect_max` in its source file."""
    usual = median(history[:HISTORY]) if history else 0
    usual = usual if expect.max is None else min(usual, expect.max)
    count = f"{tally.seen} posting{'' if tally.seen == 1 else 's'} seen"
    if tally.seen < expect.min:
        return Verdict(Outcome.SUSPICIOUS, f"{count}, at least {expect.min} expected", "empty")
    if tally.seen < usual / 2:
        return Verdict(Outcome.SUSPICIOUS, f"{count}, {usual:g} is usual", "empty" if not tally.seen else "fall")
    return Verdict(Outcome.COMPLETE, count)


def seen(before: Standing, at: str) -> tuple[Standing, EventKind | None]:
    """A posting was seen: it is open, and reopened if it had been missed."""
    event = None if before.state is State.OPEN else EventKind.REOPENED
    return Standing(State.OPEN, at, reason=f"last seen {words(at)}"), event


def missed(before: Standing, at: str, closes_on: str | None = None, whole: bool = True) -> tuple[Standing, EventKind | None]:
    """A complete crawl at `at` did not see a posting. closes_on: its stated closing date, ISO, if any.

    whole: the listing shows everything that is open. Where it shows only the newest, absence makes a posting uncertain and no more.
    """
    if before.state is State.CLOSED:
        return before, None
    since = before.missed_since or at
    after = replace(before, missed=before.missed + 1, missed_since=since)
    if closes_on and closes_on < at[:10]:
        return closed(after, at, f"its stated closing date, {closes_on}, has passed")
    if whole and after.missed >= 2 and hours_between(since, at) >= HOURS_APART:
        return closed(after, at, f"absent from {after.missed} complete crawls since {words(before.last_seen)}")
    crawls = "complete crawl" if after.missed == 1 else "complete crawls"
    reason = f"last seen {words(before.last_seen)}; absent from {after.missed} {crawls} since"
    reason += "" if whole else ", which show only the newest postings"
    return replace(after, state=State.UNCERTAIN, reason=reason), None


def closed(before: Standing, at: str, why: str) -> tuple[Standing, EventKind | None]:
    """Close a posting for a stated reason."""
    if before.state is State.CLOSED:
        return before, None
    reason = f"closed {words(at)}: {why}; last seen {words(before.last_seen)}"
    return replace(before, state=State.CLOSED, closed_at=at, reason=reason), EventKind.CLOSED


def gone(before: Standing, at: str, status: int) -> tuple[Standing, EventKind | None]:
    """The posting's own page answered 404 or 410 on a board where that is the board's word."""
    return closed(before, at, f"its own page answers {status}")


def words(at: str) -> str:
    """`2026-03-12T14:02:00Z` as `12 March 2026 14:02 UTC`."""
    from crawler.clock import moment

    when = moment(at)
    return f"{when.day} {when:%B %Y %H:%M} UTC"
