"""JSON-LD: every form in which pages carry a JobPosting, listings, sitemaps. All postings invented."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from kind_reading import read, rules, source, spider

from crawler.records import Role

JOB: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Narrator",
    "description": "<p>Read five hours.</p>",
    "datePosted": "2026-10-02",
    "hiringOrganization": {"@type": "Organization", "name": "Larkspur Voices"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Cork", "addressCountry": {"name": "Ireland"}}},
}


def html(*scripts: str, body: str = "") -> str:
    return "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts) + body


def posting_of(job: dict[str, Any], **options: Any) -> Any:
    (found,) = read("jsonld", html(json.dumps(job)), Role.POSTING, **options).postings
    return found


FORMS = {
    "plain": JOB,
    "list": [{"@type": "WebSite"}, JOB],
    "graph": {"@context": "https://schema.org", "@graph": [{"@type": "Organization"}, JOB]},
    "nested lists": [[[JOB]]],
    "two types": JOB | {"@type": ["Thing", "JobPosting"]},
    "full type": JOB | {"@type": "http://schema.org/JobPosting"},
    "main entity": {"@type": "WebPage", "mainEntity": JOB},
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_posting(form: str) -> None:
    (posting,) = read("jsonld", html(json.dumps(FORMS[form])), Role.POSTING).postings
    assert (posting.title, posting.organization, posting.location) == ("Narrator", "Larkspur Voices", "Cork, Ireland")
    assert (posting.url, posting.country, posting.posted_at) == ("https://board.example/gigs", "Ireland", "2026-10-02")


BROKEN = [
    (json.dumps(JOB).replace("five", "five\n\t"), []),
    (f"<!-- {json.dumps(JOB)} -->", []),
    (f"//<![CDATA[\n{json.dumps(JOB)}\n//]]>", []),
    (json.dumps(JOB) + ";", []),
    (json.dumps(JOB).replace('"2026-10-02",', '"2026-10-02"'), ["jsonld.repaired"]),
    (json.dumps(JOB)[:-1], ["jsonld.repaired"]),
]


@pytest.mark.parametrize(("script", "expected"), BROKEN)
def test_broken_scripts_are_read_and_repairs_are_told(script: str, expected: list[str]) -> None:
    harvest = read("jsonld", html(script), Role.POSTING)
    assert [posting.title for posting in harvest.postings] == ["Narrator"]
    assert rules(harvest) == expected


NOTHING = [
    (html("{{{"), ["jsonld.json", "jsonld.none"]),
    ("", ["jsonld.none"]),
    (html(json.dumps({"@type": "Event"})), ["jsonld.none"]),
    (html("[" * 100_000), ["jsonld.json", "jsonld.none"]),
]


@pytest.mark.parametrize(("body", "expected"), NOTHING)
def test_a_page_without_a_posting_is_a_problem(body: str, expected: list[str]) -> None:
    assert rules(read("jsonld", body, Role.POSTING)) == expected


def money(value: object, **more: object) -> dict[str, Any]:
    return JOB | {"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": value} | more}


SALARIES = [
    (money({"minValue": 20, "maxValue": 30, "unitText": "HOUR"}), (20, 30, "EUR", "hour")),
    (money({"value": "250.00", "unitText": "DAY"}), (250, 250, "EUR", "day")),
    (money(90, unitText="HOUR"), (90, 90, "EUR", "hour")),
    (money({"minValue": 40, "unitText": "hour"}), (40, None, "EUR", "hour")),
    (JOB | {"baseSalary": 52000, "salaryCurrency": "USD"}, (52000, 52000, "USD", None)),
    (money([{"minValue": 20, "maxValue": 30, "unitText": "HOUR"}]), (20, 30, "EUR", "hour")),
]


@pytest.mark.parametrize(("job", "expected"), SALARIES)
def test_salaries(job: dict[str, Any], expected: tuple[object, ...]) -> None:
    (pay,) = posting_of(job).structured_pay
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit) == expected
    assert pay.quote


def test_no_salary_is_no_pay() -> None:
    assert [posting_of(job).structured_pay for job in (JOB, money({"value": 0}), money(None), JOB | {"baseSalary": "good"})] == [()] * 4


PLACES = [
    (
        {"jobLocationType": "TELECOMMUTE", "jobLocation": None, "applicantLocationRequirements": [{"name": "Peru"}, {"name": "Chile"}]},
        "Peru; Chile",
    ),
    ({"jobLocation": [{"address": "Bergen"}, {"name": "Oslo"}]}, "Bergen; Oslo"),
    ({"jobLocation": "Riga, Latvia"}, "Riga, Latvia"),
    ({"jobLocation": {"address": {"addressLocality": "-", "addressCountry": "DE"}}}, "DE"),
    ({"jobLocation": 7}, "7"),
    ({"jobLocation": None}, None),
]


@pytest.mark.parametrize(("changes", "expected"), PLACES)
def test_places(changes: dict[str, Any], expected: str | None) -> None:
    posting = posting_of(JOB | changes)
    assert (posting.location, posting.remote) == (expected, True if "jobLocationType" in changes else None)


ADDRESSES = [
    ("/gigs/9", "https://board.example/gigs/9"),
    ("https://www.board.example/gigs/9#apply", "https://www.board.example/gigs/9"),
    ("https://employer.example/", "https://board.example/gigs"),
    ("javascript:alert(1)", "https://board.example/gigs"),
]


@pytest.mark.parametrize(("given", "expected"), ADDRESSES)
def test_the_address_is_the_posting_s_own(given: str, expected: str) -> None:
    assert posting_of(JOB | {"url": given}).url == expected


def test_escaped_and_plain_descriptions() -> None:
    escaped, plain = (
        posting_of(JOB | {"description": text}) for text in ("&lt;p&gt;A &amp;amp; B&lt;/p&gt;", "Tea &amp; cake\nhttps://x.example/t.")
    )
    assert (escaped.description, escaped.description_is_html) == ("<p>A &amp; B</p>", True)
    assert (plain.description, plain.description_is_html) == ("Tea & cake\nhttps://x.example/t.", False)
    assert plain.links == (("https://x.example/t", "https://x.example/t"),)


MICRODATA = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Narrator</h1>
<span itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Larkspur Voices</b></span>
<div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><p itemprop="address" itemscope>
<i itemprop="addressLocality">Cork</i></p></div><meta itemprop="datePosted" content="2026-10-02"><span itemprop="baseSalary" itemscope>
<meta itemprop="currency" content="EUR"><span itemprop="value" itemscope><meta itemprop="value" content="30">
<meta itemprop="unitText" content="HOUR"></span></span><section itemprop="description"><p>Read <b>five</b> hours.</p></section></div>"""


def test_microdata_is_read_where_there_is_no_json() -> None:
    (posting,) = read("jsonld", MICRODATA, Role.POSTING).postings
    assert (posting.title, posting.organization, posting.location) == ("Narrator", "Larkspur Voices", "Cork")
    assert (posting.posted_at, posting.structured_pay[0].amount_min, posting.structured_pay[0].unit) == ("2026-10-02", 30, "hour")
    assert "<p>Read <b>five</b> hours.</p>" in posting.description


LISTING = """<a href="/about">About</a> <a class=gig href="/gigs/1#x">One</a> <a class=gig href="/gigs/2?p=1">Two</a>
<a class=gig href="/gigs/1">One again</a> <a class=gig href="mailto:x@y.example">Mail</a> <a rel="nofollow next" href="?page=2">More</a>"""


@pytest.mark.parametrize(
    "settings", [{}, {"link_selector": "a.gig"}, {"link_pattern": r"/gigs/\d"}, {"link_selector": "a.gig", "next_selector": "a[rel~=next]"}]
)
def test_a_listing_leads_to_its_postings_and_the_next_page(settings: dict[str, str]) -> None:
    asks = read("jsonld", LISTING, settings=settings).follow
    assert [(ask.url.removeprefix("https://board.example"), ask.role) for ask in asks] == [
        ("/gigs/1", Role.POSTING),
        ("/gigs/2?p=1", Role.POSTING),
        ("/gigs?page=2", Role.LISTING),
    ]


def test_a_listing_without_links_is_told() -> None:
    assert rules(read("jsonld", "<p>Nothing today</p>")) == ["jsonld.empty"]


def test_postings_that_stand_whole_on_a_listing_are_taken_there() -> None:
    both = [JOB | {"url": "/gigs/1"}, JOB | {"url": "/gigs/2", "description": None}]
    harvest = read("jsonld", html(json.dumps(both), body='<a href="/gigs/1">1</a><a href="/gigs/2">2</a>'))
    assert [posting.url for posting in harvest.postings] == ["https://board.example/gigs/1"]
    assert [ask.url for ask in harvest.follow] == ["https://board.example/gigs/2"]


URLSET = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://board.example/gigs/1 </loc><lastmod>2026-11-01</lastmod></url><url><loc>https://board.example/about</loc></url></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://board.example/a.xml.gz</loc></sitemap><sitemap> https://board.example/b.xml</sitemap></sitemapindex>"""


@pytest.mark.parametrize("body", [URLSET.encode(), gzip.compress(URLSET.encode(), mtime=0)])
def test_a_sitemap_leads_to_pages_and_tells_when_they_changed(body: bytes) -> None:
    (ask,) = read("jsonld", body, settings={"link_pattern": "/gigs/"}).follow
    assert (ask.url, ask.role, ask.context) == ("https://board.example/gigs/1", Role.POSTING, {"lastmod": "2026-11-01"})


def test_an_index_of_sitemaps_leads_to_sitemaps() -> None:
    asks = read("jsonld", INDEX, settings={"link_pattern": "/gigs/"}).follow
    assert [(ask.url, ask.role) for ask in asks] == [
        ("https://board.example/a.xml.gz", Role.LISTING),
        ("https://board.example/b.xml", Role.LISTING),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (gzip.compress(URLSET.encode(), mtime=0)[:90], "jsonld.gzip"),
        (b"\x1f\x8bnothing", "jsonld.gzip"),
        (URLSET.replace("</loc>", "", 1).encode(), "jsonld.xml"),
        (b"<urlset", "jsonld.empty"),
    ],
)
def test_a_damaged_sitemap_is_a_problem(body: bytes, expected: str) -> None:
    assert expected in rules(read("jsonld", body))


def test_entities_are_not_opened() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "https://evil.example/">]>' + URLSET.replace("https://board.example/about", "&a;").split("?>")[1]
    assert [ask.url for ask in read("jsonld", bomb).follow] == ["https://board.example/gigs/1"]


def test_the_starts_are_the_listing_and_the_sitemap() -> None:
    asks = spider("jsonld").start_asks(source("jsonld", listing="https://a.example/gigs", sitemap="https://a.example/s.xml"))
    assert [ask.url for ask in asks] == ["https://a.example/gigs", "https://a.example/s.xml"]
    assert [ask.url for ask in spider("jsonld").start_asks(source("jsonld"))] == ["https://board.example/"]
