"""Feeds are read by a parser that is not ours: valid, stable, leading to pages of this host only, inert."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import feedparser
import pytest
from published import get, opened

from analysis.atom import Entry, Head, feed
from analysis.canned import queries
from crawler.records import EventKind

NEW = "/callboard/postings.atom?backlog=0&_sort_desc=first_seen"
EVENTS = "/callboard/events.atom?_sort_desc=at"
TAGS = {"feed", "id", "title", "subtitle", "updated", "link", "author", "name", "rights", "entry", "published", "content"}
HEAD = Head(("feed",), "Gigs", "http://here.example/gigs", "http://here.example/gigs.atom", "Callboard", "CC BY 4.0")


def read(path: str) -> feedparser.FeedParserDict:
    answer = get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def followed(path: str) -> str:
    answer = get(path)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


@pytest.mark.parametrize("path", [NEW, EVENTS, f"{EVENTS}&kind=promise_removed", "/callboard/newest_gigs.atom?kind=voice"])
def test_a_feed_is_whole(path: str) -> None:
    found = read(path)
    assert found.feed.title.startswith("Callboard: ") and found.feed.author == "Callboard" and found.feed.rights == "CC BY 4.0"
    assert found.entries
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in [found.feed.id, *ids])
    assert found.feed.updated == max(entry.updated for entry in found.entries)
    addresses = [link.href for link in found.feed.links] + [link.href for entry in found.entries for link in entry.links]
    assert {address.split("/")[2] for address in addresses} == {"localhost"}
    assert next(link.href for link in found.feed.links if link.rel == "self") == f"http://localhost{path}"


def test_new_gigs_are_the_rows() -> None:
    with opened() as db:
        rows = db.execute("select * from postings where backlog = 0 order by first_seen desc limit 30").fetchall()
    found = read(NEW)
    assert [entry.updated for entry in found.entries] == [row["first_seen"] for row in rows]
    assert [entry.link for entry in found.entries] == [f"http://localhost/callboard/postings/{row['id']}" for row in rows]


def test_a_removed_promise_leads_to_its_two_versions() -> None:
    entry = read(f"{EVENTS}&kind=promise_removed").entries[0]
    assert entry.title.startswith("Promise removed: ")
    assert re.fullmatch(r"http://localhost/callboard/diff/\d+\.\.\d+", entry.link)
    assert "<del>Your likeness is for research and will never be used commercially.</del>" in entry.content[0].value


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("/-/atom/new", NEW),
        ("/-/atom/events", EVENTS),
        *((f"/-/atom/events/{kind}", f"/callboard/events.atom?kind={kind}&_sort_desc=at") for kind in EventKind),
        ("/-/atom/employer/voxmill-invented", "/callboard/postings.atom?organization_id=voxmill-invented&_sort_desc=first_seen"),
        ("/-/atom/query/newest_gigs?kind=voice", "/callboard/newest_gigs.atom?kind=voice"),
    ],
)
def test_a_short_address_leads_to_its_feed(short: str, long: str) -> None:
    assert followed(short) == long
    read(long)


@pytest.mark.parametrize("path", ["/-/atom/events/nonsense", "/-/atom/employer/nobody", "/-/atom/query/nothing"])
def test_an_unknown_feed_is_not_found(path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/plain")


def test_the_gigs_of_one_employer() -> None:
    found = read(followed("/-/atom/employer/voxmill-invented"))
    assert found.entries
    assert all("organization: Voxmill (invented)" in entry.content[0].value for entry in found.entries)


def test_every_saved_query_with_a_time_and_a_title_is_a_feed() -> None:
    able = []
    for query in queries():
        answer = get(f"/callboard/{query.name}.atom")
        if answer.status_code == 200:
            assert not feedparser.parse(answer.content).bozo
            able.append(query.name)
        else:
            assert answer.status_code == 400 and "A feed needs a column of time" in answer.text
    assert {"newest_gigs", "promises_removed", "silent_edits", "rights_for_ever"} <= set(able)


def test_a_feed_is_not_counted_and_not_faceted(monkeypatch: pytest.MonkeyPatch) -> None:
    from datasette.database import Database

    asked: list[str] = []
    execute = Database.execute

    async def noted(self: Database, sql: str, *given: object, **more: object) -> object:
        asked.append(sql)
        return await execute(self, sql, *given, **more)

    monkeypatch.setattr(Database, "execute", noted)
    assert read(NEW).entries
    assert any("from postings where" in sql for sql in asked)
    assert not [sql for sql in asked if "count(*)" in sql and ("group by" in sql or "where" in sql) and "postings" in sql]


def test_a_page_offers_its_feed() -> None:
    assert "/callboard/postings.atom" in get("/callboard/postings", ours=True).text
    assert ".atom" not in get("/callboard/terms").text.partition('<main id="main"')[2]


def test_hostile_words_are_inert() -> None:
    answer = get("/callboard/postings.atom?title__contains=script&_size=max")
    root = ElementTree.fromstring(answer.content)
    assert {element.tag.split("}")[1] for element in root.iter()} <= TAGS
    titles = [element.text or "" for element in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("<script>" in title for title in titles)
    assert "\u202e" not in answer.text
    contents = [element.text or "" for element in root.iter("{http://www.w3.org/2005/Atom}content")]
    assert contents
    assert set(re.findall(r"<(\w+)", "".join(contents))) <= {"p", "del", "ins"}


def test_signs_that_xml_forbids_are_left_out() -> None:
    entry = Entry(("gig",), "a\x00b\x0bc\ud800\uffff<b>", "http://here.example/1", "2026-11-20T02:00:00Z", (("w", "<i>\x1f&amp;", "del"),))
    found = feedparser.parse(feed(HEAD, [entry]))
    assert not found.bozo
    assert found.entries[0].title == "ab c\ufffd<b>"
    assert found.entries[0].content[0].value == "<p>w: <del>&lt;i&gt; &amp;amp;</del></p>"


def test_the_same_gig_has_the_same_id_wherever_it_stands() -> None:
    plain = {entry.link: entry.id for entry in read(f"{NEW}&_size=max").entries}
    other = {entry.link: entry.id for entry in read("/callboard/newest_gigs.atom").entries}
    assert other and other.items() <= plain.items()


def test_a_key_that_comes_twice_is_told_apart_and_an_empty_feed_is_valid() -> None:
    entry = Entry(("gig", "1"), "A", "http://here.example/1", "2026-11-20T02:00:00Z", ())
    assert len({each.id for each in feedparser.parse(feed(HEAD, [entry, entry])).entries}) == 2
    empty = feedparser.parse(feed(HEAD, []))
    assert not empty.bozo and empty.feed.updated == "1970-01-01T00:00:00Z"
