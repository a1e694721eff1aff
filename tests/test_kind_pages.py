"""Kinds that read plain pages: html, sitemap, document. All postings invented but for the recorded listings."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from kind_reading import filled, read, recorded, rules, source, spider

from crawler.records import Role

SITEMAP = {"sitemap": "https://board.example/sitemap.xml", "link_pattern": "/calls/"}
URLSET = "<urlset><url><loc>https://board.example/calls/1</loc></url><url><loc>https://board.example/about</loc></url></urlset>"
PAGE = "<title>Calls</title><nav>Menu</nav><main><h1>Face scan</h1><p class=pay>$50 per hour</p><p>Stand still.</p></main>"


def test_sitemap_pages_without_data_are_read_by_their_main_part() -> None:
    (ask,) = read("sitemap", URLSET, settings=SITEMAP).follow
    assert (ask.url, ask.role) == ("https://board.example/calls/1", Role.POSTING)
    (posting,) = read("sitemap", PAGE, Role.POSTING, SITEMAP | {"pay_selector": ".pay"}, url=ask.url).postings
    assert (posting.title, posting.url, posting.structured_pay[0].amount_min) == ("Face scan", ask.url, 50)
    assert "Menu" not in posting.description


def test_sitemap_pages_with_data_are_read_by_it() -> None:
    script = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Scan", "description": "Stand"}</script>'
    (posting,) = read("sitemap", script + PAGE, Role.POSTING, SITEMAP).postings
    assert (posting.title, posting.description) == ("Scan", "Stand")


def test_what_is_no_sitemap_is_told() -> None:
    assert rules(read("sitemap", "<html>", settings=SITEMAP)) == ["sitemap.shape"]


JOBSCZ = {
    "listing": "https://board.example/prace/",
    "item_selector": "article.SearchResultCard",
    "link_selector": "a.SearchResultCard__titleLink",
}
LISTINGS = [
    ("juniorguru__plucker__jobscz_listing.html", 30, 1),
    ("juniorguru__plucker__jobscz_listing_page_last.html", 28, 0),
    ("juniorguru__plucker__jobscz_listing_empty.html", 0, 0),
]


@pytest.mark.parametrize(("file", "postings", "further"), LISTINGS)
def test_a_recorded_listing_leads_to_its_postings_and_the_next_page(file: str, postings: int, further: int) -> None:
    settings = JOBSCZ | {"title_selector": "h2", "next_selector": ".Pagination__button--next"}
    harvest = read("html", recorded("listing_html", file), settings=settings, url="https://board.example/prace/")
    roles = [ask.role for ask in harvest.follow]
    assert (roles.count(Role.POSTING), roles.count(Role.LISTING)) == (postings, further)
    assert not any(ask.render for ask in harvest.follow)


def test_a_recorded_page_is_read_by_selectors() -> None:
    body = recorded("listing_html", "juniorguru__plucker__jobscz_job_standard.html")
    harvest = read("html", body, Role.POSTING, {"listing": "https://board.example/", "body_selector": '[data-jobad="body"]'})
    assert filled(harvest) == {"title": 1, "url": 1, "organization": 1, "description": 1}


def test_the_document_is_one_posting_named_by_its_source() -> None:
    harvest = read("document", "<html><h1>Terms</h1><p>We may use your voice for ever.</p></html>", Role.DOCUMENT)
    (posting,) = harvest.postings
    assert (posting.title, posting.native_id, posting.url, posting.description_is_html) == ("Example", None, "https://board.example/", True)
    (ask,) = spider("document").start_asks(source("document"))
    assert (ask.url, ask.role) == ("https://board.example/", Role.DOCUMENT)


def test_documents_of_other_forms() -> None:
    file = BytesIO()
    paper = docx.Document()
    paper.add_paragraph("Rights in your voice.")
    paper.save(file)
    (posting,) = read("document", file.getvalue(), Role.DOCUMENT).postings
    assert (posting.description, posting.description_is_html) == ("Rights in your voice.", False)


@pytest.mark.parametrize(
    ("body", "expected"), [(b"%PDF-1.4 broken", "document.unreadable"), (b"PK\x03\x04 no", "document.unreadable"), (b"", "document.shape")]
)
def test_a_document_that_cannot_be_read_is_told(body: bytes, expected: str) -> None:
    assert rules(read("document", body, Role.DOCUMENT)) == [expected]
