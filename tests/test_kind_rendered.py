"""Rendered boards: fields by the source's selectors, cards and pages. All postings invented."""

from __future__ import annotations

from kind_reading import read, rules, source, spider

from crawler.records import Role

LISTING = """<main><article class=gig><h2><a class=gig-link href=/gigs/7>Face <b>scan</b></a></h2><p class=who>Larkspur</p>
<p class=where>Oslo</p><p class=pay>$50 an hour</p><p class=when>1 October 2026</p></article>
<article class=gig><h2>No link</h2></article></main><a class=older href=?page=2>Older</a>"""
POSTING = (
    """<header>Menu</header><main><h1>Face scan</h1><div class=text><p>Stand still. <a href=/licence.pdf>Licence</a></p></div></main>"""
)
SETTINGS = {
    "listing": "https://board.example/gigs",
    "wait_for": ".gig",
    "item_selector": ".gig",
    "link_selector": ".gig-link",
    "title_selector": "h2",
    "company_selector": ".who",
    "location_selector": ".where",
    "pay_selector": ".pay",
    "date_selector": ".when",
    "body_selector": ".text",
    "next_selector": "a.older",
}
CARD = {"title": "Face scan", "company": "Larkspur", "location": "Oslo", "pay": "$50 an hour", "date": "1 October 2026"}


def test_a_listing_leads_through_the_browser_and_keeps_what_the_cards_say() -> None:
    posting, further = read("rendered", LISTING, settings=SETTINGS).follow
    assert (posting.url, posting.role, posting.render, posting.wait_for) == ("https://board.example/gigs/7", Role.POSTING, True, ".text")
    assert posting.context == CARD
    assert (further.url, further.role, further.render, further.wait_for) == (
        "https://board.example/gigs?page=2",
        Role.LISTING,
        True,
        ".gig",
    )


def test_a_posting_takes_from_its_card_what_its_page_does_not_say() -> None:
    (posting,) = read("rendered", POSTING, Role.POSTING, SETTINGS, context=CARD, url="https://board.example/gigs/7").postings
    assert (posting.title, posting.organization, posting.location, posting.posted_at) == ("Face scan", "Larkspur", "Oslo", "1 October 2026")
    assert posting.description == '<div class="text"><p>Stand still. <a href="/licence.pdf">Licence</a></p></div>'
    assert posting.links == (("Licence", "https://board.example/licence.pdf"),)


def test_without_selectors_the_heading_and_the_main_part_are_read() -> None:
    (posting,) = read("rendered", POSTING, Role.POSTING, {"listing": "https://board.example/gigs"}).postings
    assert (posting.title, posting.organization) == ("Face scan", "Example Stage Works")
    assert "Stand still" in posting.description
    assert "Menu" not in posting.description


def test_a_card_with_the_whole_text_is_a_posting() -> None:
    whole = LISTING.replace("</article>", "<div class=text>Stand still.</div></article>", 1)
    harvest = read("rendered", whole, settings=SETTINGS)
    assert [(posting.title, posting.url) for posting in harvest.postings] == [("Face scan", "https://board.example/gigs/7")]
    assert [ask.role for ask in harvest.follow] == [Role.LISTING]


def test_nothing_found_is_told() -> None:
    assert rules(read("rendered", "<p>Loading</p>", settings=SETTINGS)) == ["rendered.empty"]
    assert rules(read("rendered", "<p>Gone</p>", Role.POSTING, SETTINGS)) == ["rendered.shape", "rendered.shape"]


def test_the_start_waits_for_the_listing() -> None:
    (ask,) = spider("rendered").start_asks(source("rendered", **SETTINGS))
    assert (ask.url, ask.render, ask.wait_for) == ("https://board.example/gigs", True, ".gig")
