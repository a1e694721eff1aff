"""Feeds of every form: RSS, Atom, job XML, JSON Feed, WordPress; Personio's own XML. All postings invented."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from kind_reading import filled, read, rules, source, spider

FEED = {"feed": "https://board.example/feed"}
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:job="urn:example:job" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Calls</title>
<atom:link rel="self" href="https://board.example/feed"/><link>https://board.example/</link>
<item><title>Larkspur: Voice &amp; song</title><link>/calls/1</link><guid isPermaLink="false">c-1</guid>
<pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>Sing at £30 per hour. <a href="/licence">Licence</a></p>]]></content:encoded>
<job:location>Leeds</job:location><job:expires_at>2026-12-01</job:expires_at>
<job:minimumSalary>30</job:minimumSalary><job:salaryCurrency>GBP</job:salaryCurrency><job:salaryInterval>Hour</job:salaryInterval></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Calls</title><link href="https://board.example/"/>
<entry><title type="html">Voice &amp;amp; song</title><id>tag:board.example,2026:1</id><link rel="edit" href="/no"/>
<link rel="alternate" href="/calls/1"/><published>2026-11-02T08:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Sing <b>well</b></p></div></content></entry></feed>"""
JOBS = """<source><publisher>Board</publisher><job><title><![CDATA[Voice]]></title><referencenumber>9</referencenumber>
<url>https://board.example/9</url><company><name>Larkspur</name><id>44</id></company><city>Leeds</city><country>GB</country>
<description><![CDATA[Sing.]]></description><requirements>Be in tune</requirements><date>2026-11-02</date>
<salary>£30 per hour</salary></job></source>"""


def one(body: str | bytes, kind: str = "feed", settings: dict[str, str] | None = None) -> Any:
    (posting,) = read(kind, body, settings=settings or FEED).postings
    return posting


def amounts(posting: Any) -> list[tuple[object, ...]]:
    return [(pay.amount_min, pay.amount_max, pay.currency, pay.unit) for pay in posting.structured_pay]


@pytest.mark.parametrize("body", [RSS.encode(), gzip.compress(RSS.encode(), mtime=0)])
def test_rss(body: bytes) -> None:
    posting = one(body, settings=FEED | {"separator": ": "})
    assert (posting.organization, posting.title, posting.url) == ("Larkspur", "Voice & song", "https://board.example/calls/1")
    assert (posting.native_id, posting.location, posting.closes_at) == ("c-1", "Leeds", "2026-12-01")
    assert posting.links == (("Licence", "https://board.example/licence"),)
    assert amounts(posting) == [(30, None, "GBP", "hour")]


def test_atom() -> None:
    posting = one(ATOM)
    assert (posting.title, posting.url, posting.posted_at) == ("Voice & song", "https://board.example/calls/1", "2026-11-02T08:00:00Z")
    assert "<p>Sing <b>well</b></p>" in posting.description.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")


def test_job_xml() -> None:
    posting = one(JOBS)
    assert (posting.native_id, posting.organization, posting.location, posting.country) == ("9", "Larkspur", "Leeds", "GB")
    assert posting.description == "<pre>Sing.</pre>\n<pre>Be in tune</pre>"
    assert amounts(posting) == [(30, 30, "GBP", "hour")]


BROKEN = [RSS.replace("</title><link>/calls", "<link>/calls"), RSS.replace("&amp;", "&"), RSS[:-60]]


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_feed_is_read_as_far_as_it_goes(body: str) -> None:
    harvest = read("feed", body, settings=FEED)
    assert "feed.xml" in rules(harvest)
    assert harvest.postings or "feed.shape" in rules(harvest)


@pytest.mark.parametrize(("body", "expected"), [("", ["feed.xml"]), ("plain words", ["feed.xml"]), ("<rss/>", ["feed.empty"])])
def test_what_is_no_feed_is_told(body: str, expected: list[str]) -> None:
    assert rules(read("feed", body, settings=FEED)) == expected


# Teamtailor

SITE = {"site": "https://board.example"}
ITEM = {"id": "t-1", "title": "Voice", "url": "https://board.example/jobs/1", "content_html": "<p>Sing</p>", "date_published": "2026-11-02"}
LD = {"@type": "JobPosting", "validThrough": "2026-12-01", "hiringOrganization": {"name": "Larkspur"}, "jobLocation": {"address": "Leeds"}}


def test_teamtailor_json_and_its_next_page() -> None:
    answer = {"title": "Careers", "items": [ITEM | {"_jobposting": LD}], "next_url": "https://board.example/jobs.json?page=2"}
    harvest = read("teamtailor", answer, settings=SITE, url="https://board.example/jobs.json")
    (posting,) = harvest.postings
    assert (posting.native_id, posting.organization, posting.location, posting.closes_at) == ("t-1", "Larkspur", "Leeds", "2026-12-01")
    assert [ask.url for ask in harvest.follow] == ["https://board.example/jobs.json?page=2"]
    assert read("teamtailor", answer | {"next_url": "https://elsewhere.example/"}, settings=SITE).follow == ()


def test_teamtailor_rss() -> None:
    rss = RSS.replace(
        "<job:location>Leeds</job:location>", "<job:locations><job:location><job:name>Leeds</job:name></job:location></job:locations>"
    )
    assert one(rss, "teamtailor", SITE).location == "Leeds"
    (ask,) = spider("teamtailor").start_asks(source("teamtailor", **SITE, feed="rss"))
    assert ask.url == "https://board.example/jobs.rss"


# WordPress

POST = {"id": 3, "link": "https://board.example/call", "title": {"rendered": "Call &#8211; voice"}, "content": {"rendered": "<p>Sing</p>"}}


def test_wordpress_posts_and_their_window() -> None:
    post = POST | {"date_gmt": "2026-11-02T08:00:00", "_embedded": {"wp:term": [[{"name": "Voice"}], [{"name": "Paid"}]]}}
    posting = one(json.dumps([post]), "wordpress", SITE)
    assert (posting.title, posting.posted_at, posting.extra) == ("Call – voice", "2026-11-02T08:00:00Z", {"terms": "Voice; Paid"})
    full = [POST | {"id": number} for number in range(100)]
    assert [ask.context for ask in read("wordpress", full, settings=SITE, offset="0").follow] == [{"offset": "100"}]
    assert read("wordpress", full, settings=SITE, offset="200").follow == ()
    assert read("wordpress", full[:99], settings=SITE, offset="0").follow == ()


def test_wordpress_job_listings_tell_more() -> None:
    meta = {"_company_name": "Larkspur", "_job_location": "Leeds", "_job_expires": "2026-12-01", "_filled": 0}
    posting = one(json.dumps([POST | {"meta": meta}]), "wordpress", SITE)
    assert (posting.organization, posting.location, posting.closes_at) == ("Larkspur", "Leeds", "2026-12-01")
    assert read("wordpress", [POST | {"meta": meta | {"_filled": 1}}], settings=SITE).gone == ("3",)


def test_wordpress_error_answers_and_feeds() -> None:
    assert rules(read("wordpress", {"code": "rest_no_route", "message": "No route"}, settings=SITE)) == ["wordpress.shape"]
    assert one(RSS, "wordpress", SITE).title == "Larkspur: Voice & song"


# Personio

POSITION = """<position><id>5</id><subcompany>Larkspur</subcompany><office>Bonn</office>
<additionalOffices><office>Ulm</office></additionalOffices>
<name>Voice</name><jobDescriptions><jobDescription>
<name>You</name><value><![CDATA[<p>Sing</p>]]></value></jobDescription></jobDescriptions>
<createdAt>2026-11-02T08:00:00+00:00</createdAt></position>"""


def test_personio() -> None:
    posting = one(f"<workzag-jobs>{POSITION}</workzag-jobs>", "personio", {"company": "larkspur"})
    assert (posting.url, posting.location, posting.description) == ("https://board.example/job/5", "Bonn; Ulm", "<h3>You</h3>\n<p>Sing</p>")


PERSONIO = [
    ("<workzag-jobs/>", []),
    ("<html><p>Not here</p></html>", ["personio.shape"]),
    (f"<workzag-jobs\n{POSITION}</workzag-jobs>", ["personio.xml"]),
    (f"<workzag-jobs>{POSITION}<position><id>6<position>", ["personio.xml", "personio.title"]),
    ("", ["personio.xml"]),
]


@pytest.mark.parametrize(("body", "expected"), PERSONIO)
def test_personio_feeds_that_are_empty_or_broken(body: str, expected: list[str]) -> None:
    harvest = read("personio", body, settings={"company": "larkspur"})
    assert set(expected) <= set(rules(harvest))
    assert bool(filled(harvest)) == (POSITION in body)
