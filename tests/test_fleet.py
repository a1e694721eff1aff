"""Forty boards of all kinds for three nights over loopback: on the second, one each of every class of failure.

Nothing is wrongly closed, every class is named right, every broken source has one issue of its crawl, which closes itself when the board is
back. Twenty-six boards serve recorded answers, one of each kind that needs no browser; the others are invented.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from crawls import Crawls, Place, Row
from hostile import CHALLENGE, GOOD, LOGIN, drip, good, lever, lost_text
from loopback import HTML, Answer, Board, board, gig, jobs
from test_kind_crawl import SEEN, serve_boards_of_many, serve_details, serve_lists, serve_pages
from tls import self_signed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NIGHTS = ("2026-11-19T02:00:00Z", "2026-11-20T02:30:00Z", "2026-11-21T03:00:00Z")
LIMITS = {"timeout": "4", "per_host": "8", "page_limit": "200", "contact": "desk@callboard.example"}
FEED = "<rss version='2.0'><channel><title>Larkspur</title>{}</channel></rss>"
ITEM = (
    "<item><title>Reader {0}</title><link>https://larkspur.example/{0}</link><guid>r{0}</guid><description>Read aloud.</description></item>"
)
LEAVER = "leaver"


@dataclass(frozen=True)
class Broken:
    """A board that breaks on the second night.

    serve: puts the failure on the board below its path. away: the address that it has instead; "tls": one of an unknown certificate.
    """

    failure: str
    outcome: str
    kind: str = "greenhouse"
    serve: Callable[[Board, str], object] | None = None
    away: str = ""
    own_host: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The source's id."""
        return f"broken-{self.failure.replace('_', '-')}"


def list_answers(body: object, **options: object) -> Callable[[Board, str], object]:
    """The list answers this."""
    return lambda site, path: site.put(f"{path}/v1/boards/b/jobs", body, **options)


def feed_cut(site: Board, path: str) -> object:
    """The feed breaks off in its first element and is no XML any more."""
    return site.put(f"{path}/feed", "<!doctype html><p>We have <b>moved", mime="application/rss+xml")


BROKEN = (
    Broken("dns", "failed", away="http://larkspur.invalid"),
    Broken("tls", "failed", away="tls"),
    Broken("http_404", "failed", serve=list_answers("<p>no such page</p>", status=404, mime=HTML)),
    Broken(
        "robots", "blocked", serve=lambda site, _: site.put("/robots.txt", "User-agent: *\nDisallow: /\n", mime="text/plain"), own_host=True
    ),
    Broken("login_wall", "blocked", "jsonld", serve=lambda site, path: site.put(f"{path}/gigs", LOGIN, mime=HTML)),
    Broken("bot_wall", "blocked", "jsonld", serve=lambda site, path: site.put(f"{path}/gigs", CHALLENGE, mime=HTML)),
    Broken("empty", "suspicious", serve=list_answers({"jobs": []})),
    Broken("empty_body", "failed", serve=list_answers(b"")),
    Broken("shape", "suspicious", "lever", serve=lost_text, settings={"site": "s"}),
    Broken("json", "failed", serve=list_answers(b'{"jobs": [{"id": 1, "title": "Rea')),
    Broken("xml", "failed", "feed", serve=feed_cut),
    Broken("timeout", "failed", serve=list_answers(b"", raw=drip)),
    Broken("http_503", "failed", serve=list_answers("<p>maintenance</p>", status=503, mime=HTML)),
)


def start(site: Board, path: str, kind: str) -> None:
    """A healthy board of two postings below a path."""
    if kind == "feed":
        site.put(f"{path}/feed", FEED.format("".join(ITEM.format(number) for number in GOOD)), mime="application/rss+xml")
    elif kind == "lever":
        lever(site, path)
    else:
        good(site, path, kind == "jsonld")


def settings_of(each: Broken, here: str) -> dict[str, str]:
    """A broken board's settings at an address."""
    if each.kind == "jsonld":
        return {"listing": f"{here}/gigs", "link_selector": "a.gig"}
    if each.kind == "feed":
        return {"feed": f"{here}/feed"}
    return {"api": here} | (each.settings or {"board": "b"})


@dataclass(frozen=True)
class Fleet:
    """Forty boards after three nights. open_issues: after each night."""

    place: Place
    healthy: tuple[str, ...]
    open_issues: tuple[list[Row], ...]
    seconds: float

    def crawl(self, source: str, night: int) -> Row:
        """How a source's crawl ended on a night."""
        return self.place.rows("select * from crawl where source_id = ? order by id", source)[night - 1]


def serve(each: Broken, site: Board, place: Place, away: str | None) -> None:
    """Put a board and its source file as they are on a good night, or on the bad one, for which `away` is not None."""
    path = f"/{each.name}"
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow:\n", mime="text/plain")
    start(site, path, each.kind)
    if away is not None and each.serve:
        each.serve(site, path)
    base = away or site.url
    place.source(each.name, each.kind, site.url, settings_of(each, base + path), organization="Larkspur Voices")


@pytest.fixture(scope="module")
def fleet(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The fleet after its three nights."""
    place = Place(tmp_path_factory.mktemp("fleet"))
    with board() as site, board() as alone, self_signed(place.folder) as unknown:
        kinds = serve_lists(site) | serve_boards_of_many(site) | serve_details(site) | serve_pages(site)
        healthy = [
            place.source(f"kind-{kind.replace('_', '-')}", kind, site.url, keys, organization="Example") for kind, keys in kinds.items()
        ]
        sites = {each.name: alone if each.own_host else site for each in BROKEN}
        place.source(LEAVER, "greenhouse", site.url, {"board": "b", "api": f"{site.url}/{LEAVER}"})
        everyone, issues, begin = [*healthy, *sites, LEAVER], [], time.monotonic()
        for night, now in enumerate(NIGHTS, 1):
            for each in BROKEN:
                away = (unknown if each.away == "tls" else each.away) if night == 2 else None
                serve(each, sites[each.name], place, away)
            site.put(f"/{LEAVER}/v1/boards/b/jobs", jobs(1, 2, 3) if night == 1 else {"jobs": [gig(1), gig(3)]})
            crawls.crawl_many(place, everyone, now, **LIMITS)
            issues.append(place.rows("select * from issue where closed_at is null"))
        yield Fleet(place, tuple(healthy), tuple(issues), time.monotonic() - begin)


def named(each: Broken) -> str:
    return each.failure


def test_there_are_forty_boards_of_every_kind(fleet: Fleet) -> None:
    assert len(fleet.healthy) + len(BROKEN) + 1 == 40
    assert len(fleet.place.rows("select id from crawl")) == 120
    print(f"forty boards, three nights: {fleet.seconds:.0f} s")


def test_every_first_and_third_night_is_complete_and_so_is_every_healthy_second(fleet: Fleet) -> None:
    rows = fleet.place.rows("select id, source_id, outcome, failure, reason from crawl order by id")
    bad = {each.name for each in BROKEN}
    seconds = {fleet.crawl(name, 2)["id"] for name in bad}
    assert [row for row in rows if row["outcome"] != "complete" and row["id"] not in seconds] == []


@pytest.mark.parametrize("each", BROKEN, ids=named)
def test_every_class_of_failure_is_named_right(fleet: Fleet, each: Broken) -> None:
    ended = fleet.crawl(each.name, 2)
    assert (ended["outcome"], ended["failure"]) == (each.outcome, each.failure), ended["reason"]
    assert ended["reason"]


@pytest.mark.parametrize("each", BROKEN, ids=named)
def test_a_broken_source_has_one_issue_of_its_crawl_that_closes_itself(fleet: Fleet, each: Broken) -> None:
    after = [[one for one in issues if one["source_id"] == each.name] for issues in fleet.open_issues]
    assert [one["rule"] for one in after[1] if one["rule"].startswith("crawl.")] == [f"crawl.{each.failure}"]
    assert after[0] == [] and after[2] == []
    closed = fleet.place.rows("select closed_at from issue where source_id = ? and rule like 'crawl.%'", each.name)
    assert [one["closed_at"][:10] for one in closed] == ["2026-11-21"]


def test_nothing_is_wrongly_closed_doubted_edited_or_opened_again(fleet: Fleet) -> None:
    states = fleet.place.rows("select source_id, state, missed from posting where source_id != ?", LEAVER)
    assert {(one["state"], one["missed"]) for one in states} == {("open", 0)}
    assert len(states) == sum(SEEN.values()) + len(GOOD) * len(BROKEN)
    assert fleet.place.rows("select e.* from event e join posting p on p.id = e.posting_id where p.source_id != ?", LEAVER) == []


def test_what_is_really_gone_is_closed(fleet: Fleet) -> None:
    states = Counter(one["state"] for one in fleet.place.rows("select state from posting where source_id = ?", LEAVER))
    assert states == {"open": 2, "closed": 1}
    assert [one["kind"] for one in fleet.place.rows("select kind from event")] == ["closed"]


def test_no_healthy_source_has_an_issue_of_its_crawl(fleet: Fleet) -> None:
    assert [
        one for issues in fleet.open_issues for one in issues if one["source_id"] in fleet.healthy and one["rule"].startswith("crawl.")
    ] == []


def test_status_needs_nobody_when_all_are_back(fleet: Fleet, crawls: Crawls) -> None:
    needing = [line for line in crawls.run(fleet.place, "status", "--now", NIGHTS[-1])[1].splitlines() if line.endswith("needs a person")]
    assert needing == []
    status, said = crawls.run(fleet.place, "verify")
    assert (status, said.splitlines()[-1]) == (0, "clean"), said
