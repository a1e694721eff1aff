"""The sample boards: every posting renders in its board's shape, the nights differ as the story says, and nobody real is in them."""

from __future__ import annotations

import html
import importlib
import json
import re
import subprocess
import tomllib
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pypdfium2
import pytest
from protego import Protego

from crawler import browser, catalog
from crawler.demo import load, markup, sources, story
from crawler.demo.board import Board, Sample, Sheet
from crawler.demo.clock import NIGHTS, instant
from crawler.demo.server import SampleSite, serve
from crawler.errors import ConfigError
from crawler.records import EventKind, Outcome, Page, Problem

if TYPE_CHECKING:
    from crawler.spiders._base import BoardSpider

SHARED = Path(__file__).parents[1].parent / "shared"
BOARDS = load.boards()
EVERY = [(board, sample) for board in BOARDS for sample in board.samples]
KINDS = {"greenhouse", "lever", "ashby", "jsonld", "rendered"}
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=5000",
    "--dump-dom",
)
WORDS = {EventKind.PAY_CHANGED, EventKind.TEXT_EDITED, EventKind.PROMISE_REMOVED, EventKind.TERM_REMOVED, EventKind.TERM_ADDED}
MAYBE = {"salaryRange", "salaryDescription", "salaryDescriptionPlain", "compensation", "shouldDisplayCompensationOnJobPostings"}


def named(pair: tuple[Board, Sample]) -> str:
    return f"{pair[0].id}/{pair[1].slug}"


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serve() as running:
        yield running


def get(site: SampleSite, path: str, night: int = 1, headers: dict[str, str] | None = None) -> tuple[int, Any, bytes]:
    site.night = night
    url = path if path.startswith("http") else site.base_url + path
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as got:
            return got.status, got.headers, got.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def listing(site: SampleSite, board: Board, night: int) -> list[dict[str, Any]]:
    """What a board's own list says on a night, whatever its kind."""
    if board.kind == "greenhouse":
        return list(json.loads(get(site, f"/greenhouse/v1/boards/{board.id}/jobs?content=true", night)[2])["jobs"])
    if board.kind == "lever":
        return list(json.loads(get(site, f"/lever/v0/postings/{board.id}?mode=json", night)[2]))
    if board.kind == "ashby":
        path = f"/ashby/posting-api/job-board/{board.id}?includeCompensation=true"
        return list(json.loads(get(site, path, night)[2])["jobs"])
    if board.kind == "rendered":
        return list(json.loads(get(site, f"/{board.id}/feed", night)[2])["gigs"])
    found = re.findall(r"<loc>([^<]+/gigs/[^<]+)</loc>", get(site, f"/{board.id}/sitemap.xml", night)[2].decode())
    return [{"url": url} for url in found]


def json_ld(page: str, strict: bool = True) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found, "no JSON-LD on the page"
    loaded = json.loads(found[1], strict=strict)
    return next((one for one in loaded.get("@graph", [loaded]) if one["@type"] == "JobPosting"), {})


def shown_text(site: SampleSite, board: Board, sheet: Sheet, night: int) -> tuple[str, str]:
    """Title and description HTML of one posting as its board gives them on a night."""
    if board.kind == "greenhouse":
        job = json.loads(get(site, f"/greenhouse/v1/boards/{board.id}/jobs/{sheet.native_id}", night)[2])
        return job["title"], html.unescape(job["content"])
    if board.kind == "lever":
        job = json.loads(get(site, f"/lever/v0/postings/{board.id}/{sheet.native_id}", night)[2])
        lists = "".join(f"<h3>{one['text']}</h3>{one['content']}" for one in job["lists"])
        return job["text"], job["description"] + lists + job["additional"]
    if board.kind == "ashby":
        job = next(one for one in listing(site, board, night) if one["id"] == sheet.native_id)
        return job["title"], job["descriptionHtml"]
    if board.kind == "rendered":
        gig = json.loads(get(site, f"/{board.id}/feed/{sheet.native_id}", night)[2])["gigs"][0]
        return gig["title"], gig["body"]
    page = get(site, f"/{board.id}/{'members' if sheet.members else 'gigs'}/{sheet.native_id}", night)[2].decode()
    found = json_ld(page, strict=sheet.flaw is None)
    return found["title"], found["description"]


@pytest.mark.parametrize("pair", EVERY, ids=map(named, EVERY))
def test_the_markup_loses_no_word(pair: tuple[Board, Sample]) -> None:
    for sheet in pair[1].nights:
        body = sheet.body if sheet else ""
        kept = " ".join(line for block in markup.blocks(body) for line in block.lines)
        assert sorted(kept.split()) == sorted(word for word in body.split() if word not in ("##", "-"))


def test_there_are_five_kinds_and_at_least_sixty_postings() -> None:
    assert {board.kind for board in BOARDS} == KINDS
    assert len(EVERY) >= 60


@pytest.mark.parametrize("pair", EVERY, ids=map(named, EVERY))
def test_every_company_is_marked_as_invented(pair: tuple[Board, Sample]) -> None:
    board, sample = pair
    names = [board.name, *(sheet.organization for sheet in sample.nights if sheet)]
    assert [name for name in names if not name.endswith(" (invented)")] == []


@pytest.mark.parametrize("pair", EVERY, ids=map(named, EVERY))
def test_every_posting_renders_in_its_boards_shape_on_every_night(pair: tuple[Board, Sample], site: SampleSite) -> None:
    board, sample = pair
    for night, sheet in enumerate(sample.nights, start=1):
        if sheet is None or sheet.status != 200 or night in board.trouble:
            continue
        title, text = shown_text(site, board, sheet, night)
        assert title == sheet.title
        for block in markup.blocks(sheet.body):
            for line in block.lines:
                assert markup.inline(line, f"{site.base_url}/papers/{board.id}/") in text


@pytest.mark.parametrize("pair", EVERY, ids=map(named, EVERY))
def test_every_linked_paper_is_served(pair: tuple[Board, Sample], site: SampleSite) -> None:
    board, sample = pair
    first = next(sheet for sheet in sample.nights if sheet)
    linked = [target.removeprefix("paper:") for _, target in markup.LINK.findall(first.body) if target.startswith("paper:")]
    statuses = [get(site, f"/papers/{board.id}/{slug}")[0] for slug in linked]
    assert statuses == [200] * len(linked)


@pytest.mark.parametrize("night", [1, 2, 3])
@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.id)
def test_a_listing_holds_what_hangs_that_night(board: Board, night: int, site: SampleSite) -> None:
    hanging = [one for one in board.sheets(night) if not one.members]
    if board.trouble.get(night) == "down":
        assert get(site, sources_listing(site, board), night)[0] == 503
    else:
        assert len(listing(site, board, night)) == len(hanging)


def sources_listing(site: SampleSite, board: Board) -> str:
    path = {"greenhouse": "v1/boards/{}/jobs", "lever": "v0/postings/{}", "ashby": "posting-api/job-board/{}"}[board.kind]
    return f"{site.base_url}/{board.kind}/{path.format(board.id)}"


def test_night_two_has_one_board_down_and_one_empty() -> None:
    crawls = {(crawl.board, crawl.outcome): crawl.seen for crawl in story.story().crawls if crawl.outcome is not Outcome.COMPLETE}
    assert sorted(outcome for _, outcome in crawls) == [Outcome.FAILED, Outcome.SUSPICIOUS]
    assert set(crawls.values()) == {0}
    assert {night for board in BOARDS for night in board.trouble} == {2}


def test_nights_are_a_day_apart() -> None:
    gaps = [(instant(night + 1) - instant(night)).total_seconds() for night in range(1, len(NIGHTS))]
    assert gaps == [86400.0] * (len(NIGHTS) - 1)


@pytest.mark.parametrize("path", ["/prompters-corner/gigs/feelings-on-camera", "/papers/halfmoon-audio/voice-release"])
def test_unchanged_pages_answer_304(path: str, site: SampleSite) -> None:
    _, headers, _ = get(site, path, 1)
    by_tag = get(site, path, 2, {"If-None-Match": headers["ETag"]})
    by_date = get(site, path, 2, {"If-Modified-Since": headers["Last-Modified"]})
    other_tag = get(site, path, 2, {"If-None-Match": '"0"', "If-Modified-Since": headers["Last-Modified"]})
    assert [by_tag[0], by_tag[2], by_date[0], other_tag[0]] == [304, b"", 304, 200]


def test_a_changed_page_is_sent_again(site: SampleSite) -> None:
    path = "/ashby/posting-api/job-board/saltmarsh"
    _, headers, old = get(site, path, 2)
    status, _, new = get(site, path, 3, {"If-None-Match": headers["ETag"], "If-Modified-Since": headers["Last-Modified"]})
    assert status == 200
    assert new != old


def test_lever_pages_by_skip_and_limit(site: SampleSite) -> None:
    path = "/lever/v0/postings/halfmoon-audio?mode=json"
    whole = json.loads(get(site, path)[2])
    parts = [json.loads(get(site, f"{path}&skip={skip}&limit=2")[2]) for skip in range(0, len(whole) + 2, 2)]
    assert [one for part in parts for one in part] == whole
    assert parts[-1] == []


def test_the_html_board_is_paginated_and_its_pages_lead_to_every_posting(site: SampleSite) -> None:
    found: list[str] = []
    path: str | None = "/prompters-corner/gigs"
    while path:
        page = get(site, path)[2].decode()
        found += re.findall(r'class="gig-link" href="([^"]+/gigs/[^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1] if following else None
    board = next(one for one in BOARDS if one.id == "prompters-corner")
    assert sorted(found) == sorted(one["url"] for one in listing(site, board, 1))


def test_one_page_has_json_ld_broken_by_raw_line_breaks(site: SampleSite) -> None:
    flawed = [(board, sheet) for board, sample in EVERY for sheet in sample.nights[:1] if sheet and sheet.flaw]
    assert [(board.id, sheet.flaw) for board, sheet in flawed] == [("prompters-corner", "raw_newline")]
    page = get(site, f"/prompters-corner/gigs/{flawed[0][1].native_id}")[2].decode()
    with pytest.raises(json.JSONDecodeError):
        json_ld(page)
    assert json_ld(page, strict=False)["title"] == flawed[0][1].title


def test_robots_closes_the_members_pages_and_asks_for_a_delay(site: SampleSite) -> None:
    rules = Protego.parse(get(site, "/robots.txt")[2].decode())
    assert not rules.can_fetch(f"{site.base_url}/prompters-corner/members/x", "callboard")
    assert rules.can_fetch(f"{site.base_url}/prompters-corner/gigs", "callboard")
    assert 0 < float(rules.crawl_delay("callboard") or 0) < 0.1


def test_the_rendered_board_has_no_posting_before_its_script_ran(site: SampleSite) -> None:
    board = next(one for one in BOARDS if one.kind == "rendered")
    shell = get(site, f"/{board.id}/gigs")[2].decode()
    assert [sheet.title for sheet in board.sheets(1) if sheet.title in shell] == []
    assert all(f"'{name}'" in shell for name in ("gig", "gig-title", "gig-company", "gig-location", "gig-body", "gig-pay", "gig-date"))


@pytest.mark.browser
def test_chromium_shows_every_posting_of_the_rendered_board(site: SampleSite, tmp_path: Path) -> None:
    chromium = browser.find()
    if chromium is None:
        pytest.skip("no Chromium here")
    site.night, board = 1, next(one for one in BOARDS if one.kind == "rendered")
    command = [str(chromium), *CHROMIUM_FLAGS, f"--user-data-dir={tmp_path}", f"{site.base_url}/{board.id}/gigs"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    titles = re.findall(r'class="gig-link"[^>]*>([^<]+)<', shown)
    assert [html.unescape(title) for title in titles] == [sheet.title for sheet in board.sheets(1)]
    assert shown.count('class="gig-pay"') == len(titles)


def test_pdf_papers_have_their_words_and_the_same_bytes_each_time(site: SampleSite) -> None:
    papers = [(board, paper) for board in BOARDS for paper in board.papers if paper.form == "pdf"]
    assert papers
    for board, paper in papers:
        status, headers, body = get(site, f"/papers/{board.id}/{paper.slug}")
        text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        assert paper.title.upper() in text
        assert b"/ID[<" + b"0" * 32 in body


def recorded(kind: str) -> list[dict[str, Any]]:
    if not (SHARED / "payloads").is_dir():
        pytest.skip("the recorded payloads are not here")
    found: list[dict[str, Any]] = []
    for path in sorted((SHARED / "payloads" / kind).glob("*.json")):
        loaded = json.loads(path.read_text(encoding="utf-8"))
        jobs = loaded.get("jobs", [loaded]) if isinstance(loaded, dict) else loaded
        found += [job for job in jobs if "departments" not in loaded or "absolute_url" in job]
    return [job for job in found if "title" in job or "text" in job]


@pytest.mark.parametrize("kind", ["greenhouse", "lever", "ashby"])
def test_the_shapes_have_the_keys_of_recorded_answers(kind: str, site: SampleSite) -> None:
    ours = [job for board in BOARDS if board.kind == kind for job in listing(site, board, 1)]
    theirs = recorded(kind)
    always = set.intersection(*(set(job) for job in theirs))
    ever = set.union(*(set(job) for job in theirs))
    assert [sorted(always - set(job)) for job in ours] == [[]] * len(ours)
    assert [sorted(set(job) - ever) for job in ours] == [[]] * len(ours)
    assert set.union(*(set(job) for job in ours)) >= ever - MAYBE


def spider(kind: str) -> type[BoardSpider]:
    """The spider of a kind, loaded only by the tests that need Scrapy."""
    module = importlib.import_module(f"crawler.spiders.{kind}")
    return cast("type[BoardSpider]", next(one for one in vars(module).values() if getattr(one, "name", None) == kind))


def test_the_spiders_take_the_sources_as_they_are(site: SampleSite, tmp_path: Path) -> None:
    sources.write(site.base_url, tmp_path)
    loaded = catalog.load(tmp_path)
    assert sorted(loaded) == sorted(board.id for board in BOARDS)
    for source in loaded.values():
        catalog.check_settings(source, spider(source.kind).keys, spider(source.kind).required)
        assert all(ask.url.startswith(site.base_url) for ask in spider(source.kind).start_asks(source))


@pytest.mark.parametrize("board", [board for board in BOARDS if board.kind in ("greenhouse", "lever", "ashby")], ids=lambda board: board.id)
def test_the_real_spiders_read_every_posting_of_an_api(board: Board, site: SampleSite, tmp_path: Path) -> None:
    sources.write(site.base_url, tmp_path)
    source, kind = catalog.one(board.id, tmp_path), spider(board.kind)
    asks = list(kind.start_asks(source))
    found: set[tuple[str | None, str, bool]] = set()
    problems: list[Problem] = []
    while asks:
        ask = asks.pop()
        status, headers, body = get(site, ask.url)
        harvest = kind.read(Page(ask.url, ask.role, body, headers["Content-Type"], status, NIGHTS[0], "utf-8", ask.context), source)
        found |= {(posting.native_id, posting.title, bool(posting.structured_pay)) for posting in harvest.postings}
        problems += harvest.problems
        asks += harvest.follow
    given = source.settings.get("details") == "yes" or board.kind != "greenhouse"
    assert found == {(sheet.native_id, sheet.title, sheet.wage is not None and given) for sheet in board.sheets(1)}
    assert problems == []


def test_sources_read_back_as_toml(site: SampleSite) -> None:
    made = sources.sources(site.base_url)
    assert [tomllib.loads(sources.toml(one)) for one in made] == made
    assert [one["id"] for one in made] == [board.id for board in BOARDS]
    assert all(one["invented"] for one in made)


def test_expected_events_name_postings_that_changed_that_night() -> None:
    told = story.story()
    edits = {(event.board, event.slug, event.night) for event in told.events if event.kind is EventKind.TEXT_EDITED}
    inner = {EventKind.PROMISE_REMOVED, EventKind.TERM_REMOVED, EventKind.TERM_ADDED}
    claimed = [event for event in told.events if event.kind in inner and not event.paper]
    assert [event for event in claimed if (event.board, event.slug, event.night) not in edits] == []


def test_every_coming_and_going_is_told() -> None:
    told = {(event.board, event.slug) for event in story.story().events if event.kind not in WORDS}
    moving = {(board.id, sample.slug) for board, sample in EVERY if len({_place(sheet) for sheet in sample.nights}) > 1}
    assert moving == told - {("prompters-corner", "dialogue-duets")}


def _place(sheet: Sheet | None) -> tuple[str, int] | None:
    return (sheet.native_id, sheet.status) if sheet else None


def test_every_change_of_pay_is_told() -> None:
    told = {(event.board, event.slug) for event in story.story().events if event.kind is EventKind.PAY_CHANGED}
    paid = {(board.id, sample.slug) for board, sample in EVERY if len({sheet.wage for sheet in sample.nights if sheet}) > 1}
    assert told == paid


def test_gigs_and_near_misses_are_both_many() -> None:
    meant = Counter(sample.meant for _, sample in EVERY)
    assert meant["gig"] >= 40
    assert meant["near_miss"] + meant["ordinary"] >= 20


def test_a_changed_paper_is_told() -> None:
    told = {(event.board, event.paper) for event in story.story().events if event.paper}
    assert told == {(board.id, paper.slug) for board in BOARDS for paper in board.papers if len(set(paper.nights)) > 1}


def test_quiet_postings_have_no_event_that_night() -> None:
    told = story.story()
    loud = {(event.board, event.slug, event.night) for event in told.events}
    assert [quiet for quiet in told.quiet if (quiet.board, quiet.slug, quiet.night) in loud] == []
    assert told.quiet


GOOD = 'title = "A"\nmeant = "gig"\nlocation = "B"\nbody = "C"\nposted = "2026-11-01"\n'
BAD = {
    "unknown key 'colour'": GOOD + 'colour = "red"',
    "stands 0 times": GOOD + '[night2]\nreplace = [["x", "y"]]',
    "'location'": GOOD.replace('location = "B"\n', ""),
    "meant is 'job'": GOOD.replace('"gig"', '"job"'),
}


@pytest.mark.parametrize("message", BAD)
def test_a_wrong_sample_file_is_refused(message: str, tmp_path: Path) -> None:
    folder = tmp_path / "board" / "postings"
    folder.mkdir(parents=True)
    head = 'kind = "lever"\nname = "N (invented)"\norganization = "N (invented)"\nlineage = "employer"\nregion = "GB"\nexpect_min = 1'
    (tmp_path / "board" / "board.toml").write_text(head + '\nintro = ""')
    (folder / "one.toml").write_text(BAD[message])
    with pytest.raises(ConfigError, match=re.escape(message)):
        load.boards(tmp_path)
