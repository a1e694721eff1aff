"""`callboard sources discover` over loopback: every host's board is found by name, by address and by link; drafts are accepted."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest
from crawls import Crawls, Place
from loopback import HTML, JSON, Answer, Board, jobs

from crawler import catalog
from crawler.discovering_boards import Board as Found
from crawler.discovering_boards import board_of, boards_in, draft, hosts, names, site_name, source
from crawler.kinds import spider

EXAMPLES = [(kind, url, name) for kind, host in hosts().items() for url, name in host["examples"].items()]
TEXT = "<p>Larkspur Voices (invented) wants a reader. Pay: $40 per hour.</p>"
POSTINGS: dict[str, object] = {
    "greenhouse": jobs(1, 2),
    "lever": [{"id": "a1", "text": "Reader", "hostedUrl": "https://larkspur.example/1", "description": TEXT}],
    "ashby": {"jobs": [{"id": "a1", "title": "Reader", "jobUrl": "https://larkspur.example/1", "descriptionHtml": TEXT, "isListed": True}]},
    "workable": {
        "name": "Larkspur",
        "jobs": [{"title": "Reader", "shortcode": "A1", "url": "https://larkspur.example/1", "description": TEXT}],
    },
    "recruitee": {
        "offers": [{"id": 1, "title": "Reader", "careers_url": "https://larkspur.example/1", "description": TEXT, "status": "published"}]
    },
    "smartrecruiters": {"totalFound": 1, "content": [{"id": "1", "name": "Reader", "company": {"name": "Larkspur"}}]},
    "personio": "<workzag-jobs><position><id>1</id><name>Reader</name><jobDescriptions><jobDescription><name>What</name>"
    f"<value><![CDATA[{TEXT}]]></value></jobDescription></jobDescriptions></position></workzag-jobs>",
    "teamtailor": {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": "Reader", "url": "https://larkspur.example/1", "content_html": TEXT}],
    },
    "breezy": [{"id": "1", "name": "Reader", "url": "https://larkspur.example/p/1", "friendly_id": "1-reader"}],
    "pinpoint": {"data": [{"id": "1", "title": "Reader", "url": "https://larkspur.example/1", "description": TEXT}]},
    "bamboohr": {"result": [{"id": "1", "jobOpeningName": "Reader"}]},
    "rippling": [{"uuid": "1", "name": "Reader", "url": "https://larkspur.example/1"}],
}


def serve(site: Board, kind: str, body: object, name: str = "larkspur", **options: object) -> str:
    (ask,) = spider(kind).start_asks(source(Found(kind, name), site.url))[:1]
    return site.put(urlsplit(ask.url).path, body, **options)


def look(crawls: Crawls, place: Place, site: Board, target: str, *more: str, **environment: str) -> tuple[int, str]:
    place.sources.mkdir(parents=True, exist_ok=True)
    return crawls.run(place, "sources", "discover", target, "--api", site.url, *more, **environment)


@pytest.mark.parametrize("kind", hosts())
def test_a_board_is_found_by_the_companys_name_and_its_draft_is_a_source(crawls: Crawls, place: Place, site: Board, kind: str) -> None:
    serve(site, kind, POSTINGS[kind], mime="application/xml" if kind == "personio" else JSON)
    status, said = look(crawls, place, site, "Larkspur Ltd", "-o", str(place.folder / "drafts"))
    assert status == 0, said
    assert f"{kind}-larkspur: found: " in said
    assert said.count(": found: ") == 1
    (made,) = catalog.load(place.folder / "drafts").values()
    assert (made.id, made.kind, made.checked, made.refused) == (f"{kind}-larkspur", kind, False, None)
    catalog.check_settings(made, spider(kind).keys, spider(kind).required)


def test_every_host_is_asked_once_under_our_name_robots_first(crawls: Crawls, place: Place, site: Board) -> None:
    status, said = look(crawls, place, site, "Larkspur")
    assert status == 1 and said.count(": not there: ") == len(hosts())
    assert max(Counter(site.paths()).values()) == 1 and len(site.paths()) == len(hosts())
    assert site.asked[0].path == "/robots.txt"
    assert all(one.headers["User-Agent"].startswith("Callboard/") for one in site.asked)


def test_what_robots_forbid_is_not_asked(crawls: Crawls, place: Place, site: Board) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", mime="text/plain")
    status, said = look(crawls, place, site, "Larkspur")
    assert status == 1 and said.count("robots.txt forbids fetching it") == len(hosts())
    assert site.paths() == []


@pytest.mark.parametrize(
    ("kind", "body", "options", "verdict"),
    [
        ("ashby", {"jobs": []}, {}, "unknown"),
        ("smartrecruiters", {"totalFound": 0, "content": []}, {}, "unknown"),
        ("greenhouse", {"jobs": []}, {}, "found: a board without a posting"),
        ("lever", {"ok": False}, {"status": 404}, "not there"),
        ("workable", "slow down", {"status": 429}, "unknown: it answered 429"),
        ("recruitee", "<html>Welcome</html>", {"mime": HTML}, "unknown: no board of this kind"),
        ("breezy", b"", {"status": 500}, "unknown: it answered 500"),
    ],
)
def test_an_answer_that_tells_nothing_is_unknown(
    crawls: Crawls, place: Place, site: Board, kind: str, body: object, options: dict[str, object], verdict: str
) -> None:
    serve(site, kind, body, **options)
    status, said = look(crawls, place, site, "Larkspur")
    assert f"{kind}-larkspur: {verdict}" in said
    assert status == (0 if verdict.startswith("found") else 1)


def test_a_company_of_two_words_is_tried_both_ways_until_found(crawls: Crawls, place: Place, site: Board) -> None:
    serve(site, "greenhouse", jobs(1), "lark-spur")
    serve(site, "lever", POSTINGS["lever"], "larkspur")
    status, said = look(crawls, place, site, "Lark Spur")
    assert status == 0 and "greenhouse-lark-spur: found" in said and "lever-larkspur: found" in said
    assert "lever-lark-spur" not in said


def test_a_page_that_links_to_a_board_leads_to_it_alone(crawls: Crawls, place: Place, site: Board) -> None:
    serve(site, "lever", POSTINGS["lever"])
    page = site.put(
        "/careers",
        "<script src='https://www.example.org/x.js'></script><a href='https://jobs.lever.co/larkspur/1?a=1&amp;b=2'>x</a>",
        mime=HTML,
    )
    status, said = look(crawls, place, site, page)
    assert status == 0 and "lever-larkspur: found: 1 postings" in said and "greenhouse" not in said
    assert "[settings]" in said and 'site = "larkspur"' in said


def test_a_boards_own_address_is_asked_alone(crawls: Crawls, place: Place, site: Board) -> None:
    serve(site, "greenhouse", jobs(1, 2))
    status, said = look(crawls, place, site, "https://boards.greenhouse.io/larkspur")
    assert status == 0 and "greenhouse-larkspur: found: 2 postings" in said
    assert len(site.paths()) == 1


def test_a_draft_never_writes_over_a_file(crawls: Crawls, place: Place, site: Board) -> None:
    serve(site, "greenhouse", jobs(1))
    (place.folder / "greenhouse-larkspur.toml").write_text("mine", "utf-8")
    status, said = look(crawls, place, site, "https://boards.greenhouse.io/larkspur", "-o", str(place.folder))
    assert status == 2 and "there is a source of that name already" in said
    assert (place.folder / "greenhouse-larkspur.toml").read_text("utf-8") == "mine"


def test_a_draft_can_be_crawled_as_it_is(crawls: Crawls, place: Place, site: Board) -> None:
    serve(site, "greenhouse", jobs(1, 2))
    look(crawls, place, site, "Larkspur", "-o", str(place.sources))
    assert crawls.crawl(place, "greenhouse-larkspur")["outcome"] == "complete"
    assert len(place.rows("select id from posting")) == 2


@pytest.mark.parametrize("target", ["Larkspur", "https://boards.greenhouse.io/larkspur", "https://larkspur.example/careers"])
def test_without_a_contact_only_loopback_is_asked(crawls: Crawls, place: Place, target: str) -> None:
    place.sources.mkdir(parents=True)
    status, said = crawls.run(place, "sources", "discover", target)
    assert status == 2 and "no contact is configured" in said


def test_a_name_without_a_letter_is_a_mistake(crawls: Crawls, place: Place, site: Board) -> None:
    status, said = look(crawls, place, site, "!!!")
    assert status == 2 and "no name to look for" in said


def test_a_page_that_does_not_come_is_a_mistake(crawls: Crawls, place: Place, site: Board) -> None:
    site.answers["/careers"] = Answer(b"no", 500)
    status, said = look(crawls, place, site, f"{site.url}/careers")
    assert status == 2 and "answered 500" in said


@pytest.mark.parametrize(("kind", "url", "name"), EXAMPLES)
def test_addresses_are_recognised(kind: str, url: str, name: str) -> None:
    found = board_of(url)
    assert (found.kind, found.name) == (kind, name) if name and found else found is None and not name


@pytest.mark.parametrize("kind", hosts())
def test_a_host_has_examples_of_both_sorts_and_its_draft_asks_the_public_endpoint(kind: str) -> None:
    said = hosts()[kind]["examples"].values()
    assert any(said) and not all(said)
    made = source(Found(kind, "larkspur"))
    (ask, *_) = spider(kind).start_asks(made)
    assert ask.url.startswith("https://") and "larkspur" in ask.url
    assert board_of(made.url) == Found(kind, "larkspur")


def test_other_regions_are_asked_where_they_are() -> None:
    for url, start in (
        ("https://jobs.eu.lever.co/x", "https://api.eu.lever.co/"),
        ("https://x.jobs.personio.com", "https://x.jobs.personio.com/xml"),
    ):
        found = board_of(url)
        assert found is not None and found.far
        assert spider(found.kind).start_asks(source(found))[0].url.startswith(start)


def test_names_and_links() -> None:
    assert names("Fern Hill Studio GmbH") == ["fernhillstudio", "fern-hill-studio"]
    assert names("Larkspur") == ["larkspur"]
    assert site_name("https://www.fernhill.co.uk/jobs") == "fernhill"
    page = json.dumps({"a": "https://jobs.ashbyhq.com/Fern", "b": "https:\\/\\/apply.workable.com\\/fern\\/"}).replace("\\\\", "\\")
    assert [(one.kind, one.name) for one in boards_in(page)] == [("ashby", "Fern"), ("workable", "fern")]
    made = source(Found("lever", "x", company='A "quoted" \\ name'))
    assert draft(made, 3).count("\n[settings]\n") == 1
