"""The site's pages: they answer, they say what they must, and hostile words are inert."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as Xml

import pytest
from published import get, opened

from analysis.canned import queries
from analysis.citation import Cited, formats
from analysis.difference import Piece, cut, excerpts, pieces
from analysis.inertness import LOOKALIKES, inert
from analysis.marking import Mark, segments
from analysis.moments import foremost

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VOID = {"meta", "link", "input", "br", "img", "hr", "rect", "path", "circle"}


def some(where: str) -> str:
    """The id of a gig of the sample."""
    with opened() as db:
        return str(db.execute(f"select id from postings where {where} order by id").fetchone()[0])


def pages() -> list[str]:
    """One address of every kind of page."""
    gig, hostile = some("versions = 2 and licences_read"), some("title like '%<script>%'")
    with opened() as db:
        version, company = db.execute("select version_id, organization_id from postings where id = ?", [gig]).fetchone()
    rows = [f"/callboard/postings/{gig}", f"/callboard/postings/{hostile}", f"/callboard/gig/{gig}@2026-11-21"]
    rows += [f"/callboard/versions/{version}", f"/callboard/diff/{version - 1}..{version}", "/callboard/documents/1"]
    rows += [f"/callboard/organizations/{company}", "/callboard/sources/stagepost", "/sources", "/countries", "/explore"]
    tables = ["/callboard/postings", "/callboard/postings?_search=perpetuity", "/callboard/postings?_all=1"]
    tables += ["/callboard/terms", "/callboard/texts", "/callboard/organizations", "/callboard/documents"]
    own = [
        "/",
        "/changes",
        "/changes?kind=promise_removed",
        "/trends",
        "/trends?cut=modality:voice",
        "/glossary",
        "/method",
        "/how-to-query",
    ]
    return [*own, *rows, *tables, "/callboard", *(f"/callboard/{query.name}" for query in queries())]


class Tidy(HTMLParser):
    """Checks that every element is closed in its turn and no id stands twice; collects scripts, styles and addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []  # type: ignore[list-item]
        self.handlers += [name for name in found if name.startswith("on")]
        self.links += [found[name] or "" for name in ("href", "src", "action") if name in found]
        if tag == "script":
            self.scripts.append(found.get("src") or "inline")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if (tag in ("p", "li", "td", "tr") and self.open[-1] != tag) or not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()


@pytest.mark.parametrize("path", pages())
def test_every_page_answers_tidily_and_calls_nobody(path: str) -> None:
    answer = get(path)
    assert answer.status_code == 200, answer.text[:500]
    page = Tidy(answer.text)
    assert page.wrong == [] and page.open == []
    assert len(page.ids) == len(set(page.ids)), sorted(each for each in page.ids if page.ids.count(each) > 1)
    assert page.handlers == []
    assert [src for src in page.scripts if src != "/site/site.js"] == []
    assert not [link for link in page.links if link.lower().startswith(("javascript:", "data:", "//"))]
    assert "Findings of words, not legal advice" in answer.text and "Not stated is not no" in answer.text


def test_every_anchor_on_a_gig_leads_somewhere() -> None:
    page = Tidy(get("/callboard/postings/" + some("versions = 2 and licences_read")).text)
    missing = {link[1:] for link in page.links if link.startswith("#")} - set(page.ids)
    assert missing == set()
    assert sum(link.startswith("#q-") for link in page.links) >= 8


def test_the_gig_page_shows_the_promise_beside_the_licence_and_where_a_right_stands() -> None:
    text = get("/callboard/postings/" + some("promises_contradicted")).text
    assert "The promise and the licence" in text and "contradicts" in text
    assert "in the licence" in text and "not stated" in text and "Cite this" in text


def test_a_gig_is_shown_as_it_stood_on_a_day() -> None:
    gig = some("versions = 2 and promises_removed = 1")
    with opened() as db:
        second = db.execute("select seen_from from versions where posting_id = ? and number = 2", [gig]).fetchone()[0]
        first = db.execute("select first_seen from postings where id = ?", [gig]).fetchone()[0]
    before, after = get(f"/callboard/gig/{gig}@{first[:10]}").text, get(f"/callboard/gig/{gig}@{second[:10]}").text
    promise = "will never be used commercially"
    assert f"{promise}</a></mark>" in before and "Version 1 of 2" in before
    assert f"{promise}</a></mark>" not in after and "Version 2 of 2" in after


@pytest.mark.parametrize("day", ["2025-01-01", "2026-02-30", "2027-01-01"])
def test_a_day_that_cannot_be_cited_is_not_found(day: str) -> None:
    answer = get(f"/callboard/gig/{some('1')}@{day}")
    assert answer.status_code == 404
    assert "not seen by then" in answer.text


def test_unknown_pages_are_not_found_in_the_house_style() -> None:
    for path in (
        "/callboard/diff/1..999999",
        "/trends?cut=planet:mars",
        "/charts/no_such.svg",
        "/nothing",
        "/callboard/gig/000000000000@2026-11-01",
    ):
        answer = get(path)
        assert answer.status_code == 404
        assert 'class="top"' in answer.text


def test_the_form_of_versions_leads_to_the_difference() -> None:
    answer = get("/callboard/diff?a=1&b=2")
    assert (answer.status_code, answer.headers["location"]) == (302, "/callboard/diff/1..2")
    assert get("/callboard/diff?a=1&b=../x").status_code == 404


def test_no_cell_of_any_csv_is_a_formula() -> None:
    with opened() as db:
        tables = [
            row[0]
            for row in db.execute("select name from sqlite_master where type = 'table' and name not like '%fts%' and name <> 'search'")
        ]
    for table in tables:
        for row in csv.reader(io.StringIO(get(f"/callboard/{table}.csv?_size=max", ours=False).text)):
            assert not [cell for cell in row if cell[:1] in LOOKALIKES and not re.fullmatch(r"[-+][\d.e+-]+", cell)], table


def test_lookalikes_are_one_letter_each_and_no_sign_themselves() -> None:
    assert all(len(like) == 1 and like not in LOOKALIKES for like in LOOKALIKES.values())
    assert inert("=1+1") == "꞊1+1" and inert("a=1") == "a=1" and inert(None) is None


def test_a_chart_can_be_taken_away() -> None:
    answer = get("/charts/rights_for_ever.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg") and "<script" not in answer.text


def test_robots_keep_to_the_pages_and_find_the_sitemap() -> None:
    text = get("/robots.txt").text
    assert "Disallow: /callboard/*?\n" in text and text.endswith("\nSitemap: http://localhost/sitemap.xml\n")


def test_the_sitemap_names_every_gig_with_the_day_of_its_last_change() -> None:
    index = Xml.fromstring(get("/sitemap.xml").text)
    parts = [each.text or "" for each in index.iter(f"{SITEMAP}loc")]
    assert parts == ["http://localhost/sitemap-0.xml", "http://localhost/sitemap-1.xml"]
    assert get("/sitemap-2.xml").status_code == 404
    named = {}
    for part in parts:
        for entry in Xml.fromstring(get(part.removeprefix("http://localhost")).text):
            named[entry.findtext(f"{SITEMAP}loc", "").removeprefix("http://localhost")] = entry.findtext(f"{SITEMAP}lastmod")
    with opened() as db:
        gigs = db.execute("select p.id, p.closed_at, v.seen_from from postings p join versions v on v.id = p.version_id").fetchall()
    for gig in gigs:
        assert named[f"/callboard/postings/{gig['id']}"] == max(gig["seen_from"], gig["closed_at"] or "")[:10]
    assert named["/"] == "2026-11-21" and {"/sources", "/glossary", "/callboard/documents/1"} <= set(named)
    for path in [path for path in named if "/postings/" not in path]:
        assert get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a b c", [("same", "a b c")]),
        ("pay 120 an hour", "pay 150 an hour", [("same", "pay "), ("removed", "120"), ("added", "150"), ("same", " an hour")]),
        ("one\ntwo\nthree", "one\nthree", [("same", "one\n"), ("removed", "two\n"), ("same", "three")]),
        ("", "new", [("added", "new")]),
        ("never used", "often sold", [("removed", "never used"), ("added", "often sold")]),
    ],
)
def test_differences(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = pieces(before, after)
    assert [(piece.kind, piece.text) for piece in found] == expected
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after


def test_excerpts_keep_the_changes_and_say_what_is_left_out() -> None:
    found = excerpts([Piece("same", "x" * 500), Piece("removed", "old"), Piece("same", "y" * 500)], around=20)
    assert [(piece.kind, len(piece.text)) for piece in found] == [("gap", 1), ("same", 20), ("removed", 3), ("same", 20), ("gap", 1)]


def test_what_tells_most_comes_first_within_a_day() -> None:
    kinds = [
        ("2026-11-20T02", "promise_removed"),
        ("2026-11-21T03", "reopened"),
        ("2026-11-21T02", "promise_removed"),
        ("2026-11-21T02", "new"),
    ]
    found = foremost([[{"at": at, "kind": kind}] for at, kind in kinds])
    assert [(events[0]["at"][:10], events[0]["kind"]) for events in found] == [
        ("2026-11-21", "promise_removed"),
        ("2026-11-21", "reopened"),
        ("2026-11-21", "new"),
        ("2026-11-20", "promise_removed"),
    ]


def test_a_long_difference_is_cut() -> None:
    found = [Piece("same", "ab"), Piece("removed", "cdef"), Piece("added", "g")]
    assert cut(found, 4) == [Piece("same", "ab"), Piece("removed", "cd"), Piece("gap", "…")]
    assert cut(found, 6) == [*found[:2], Piece("gap", "…")]
    assert cut(found, 7) == found


def test_marks_may_overlap_and_the_text_stays_whole() -> None:
    text = "irrevocable, in perpetuity, worldwide"
    found = list(segments(text, [Mark("t1", 0, 26, "takes", "a"), Mark("t2", 13, 26, "takes", "b"), Mark("t3", 20, 37, "takes", "c")]))
    assert "".join(part.text for part in found) == text
    assert [[mark.id for mark in part.marks] for part in found] == [["t1"], ["t1", "t2"], ["t1", "t2", "t3"], ["t3"]]
    assert [mark.id for part in found for mark in part.opens] == ["t1", "t2", "t3"]


def test_a_long_text_is_cut_and_its_marks_with_it() -> None:
    found = list(segments("x" * 1000, [Mark("t1", 90, 950, "takes", "a"), Mark("t2", 400, 500, "takes", "b")], most=100))
    assert [(len(part.text), len(part.marks)) for part in found] == [(90, 0), (10, 1)]


CITED = Cited(
    id="2f81c0aabbcc",
    title='A "study" {of} 100%\nface',
    organization="Larkspur & Co (invented)",
    on="2026-11-21",
    url="https://c.example/callboard/gig/x@2026-11-21",
    captured_at="2026-11-20T02:14:07Z",
    sha256="ab" * 32,
)


def test_citations_carry_date_digest_and_address() -> None:
    made = formats(CITED)
    assert set(made) == {"Plain", "Chicago", "BibTeX", "CSL-JSON"}
    assert all(CITED.url in words for words in made.values())
    assert "as of 21 November 2026" in made["Plain"] and "ab" * 32 in made["Plain"]
    assert r"Larkspur \& Co" in made["BibTeX"] and r"\{of\} 100\%" in made["BibTeX"]
    item = json.loads(made["CSL-JSON"])[0]
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]} and item["type"] == "webpage"
