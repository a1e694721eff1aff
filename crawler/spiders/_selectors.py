"""The fields of a posting by a source's own CSS selectors, for boards that give no data but their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders._address import absolute
from crawler.spiders._fields import extra
from crawler.spiders._gather import gather, one_posting
from crawler.spiders._markup import chosen_links, label, next_page, source_of, tree_of
from crawler.spiders._pay import in_words

FIELDS = ("title", "company", "location", "pay", "date")
KEYS = frozenset(f"{field}_selector" for field in (*FIELDS, "item", "link", "next", "body")) | {"listing", "link_pattern"}
BODY = "main, article, [role=main]"

Node = LexborHTMLParser | LexborNode


def read(page: Page, source: Source, to_listing: Ask, to_posting: Ask) -> Harvest:
    """A listing's cards and links, or the posting of a page.

    to_listing, to_posting: models of the asks for further pages; only address and context are put in.
    """
    tree = tree_of(source_of(page))
    if page.role is Role.LISTING:
        return _listing(tree, page, source, to_listing, to_posting)
    found, problems = one_posting(source.kind, page, posting(tree, page, source, page.url))
    return Harvest(found, problems=problems)


def _listing(tree: LexborHTMLParser, page: Page, source: Source, to_listing: Ask, to_posting: Ask) -> Harvest:
    """Cards with their whole text are postings; other cards, or links without cards, lead to pages."""
    cards = tree.css(source.settings["item_selector"]) if "item_selector" in source.settings else []
    whole = [card for card in cards if _body(card, source.settings)]
    read = [posting(card, page, source, _address(card, page, source.settings)) for card in whole]
    found, problems = _each(source.kind, page, read)
    follow = _from_cards(cards, page, source.settings, to_posting) if cards else _from_links(tree, page, source.settings, to_posting)
    known = {one.url for one in found}
    further = next_page(tree, page, source.settings)
    asks = tuple(one for one in follow if one.url not in known)
    if not cards and not asks:
        problems += (Problem(f"{source.kind}.empty", "a listing without a posting", page.url),)
    return Harvest(found, asks + ((replace(to_listing, url=further),) if further else ()), problems)


def _each(kind: str, page: Page, read: list[Posting]) -> tuple[tuple[Posting, ...], tuple[Problem, ...]]:
    waiting = iter(read)
    return gather(kind, page, [{}] * len(read), lambda _: next(waiting))


def _from_cards(cards: list[LexborNode], page: Page, settings: Mapping[str, str], model: Ask) -> tuple[Ask, ...]:
    """One ask a card; what the card says travels in the context."""
    found = {_address(card, page, settings): _fields(card, settings) for card in cards}
    return tuple(replace(model, url=url, context=fields) for url, fields in found.items() if url)


def _from_links(tree: LexborHTMLParser, page: Page, settings: Mapping[str, str], model: Ask) -> tuple[Ask, ...]:
    return tuple(replace(model, url=url) for url in chosen_links(tree, page, settings))


def _address(card: LexborNode, page: Page, settings: Mapping[str, str]) -> str:
    node = card.css_first(settings.get("link_selector") or "a[href]") or card
    inside = node if node.attributes.get("href") else node.css_first("a[href]")
    return absolute(page.url, inside.attributes.get("href")) if inside is not None else ""


def _fields(node: Node, settings: Mapping[str, str]) -> dict[str, str]:
    """The words that each set selector finds."""
    chosen = {field: settings.get(f"{field}_selector") for field in FIELDS}
    found = {field: label(node.css_first(selector)) for field, selector in chosen.items() if selector}
    return {field: words for field, words in found.items() if words}


def _body(node: Node, settings: Mapping[str, str]) -> str:
    """The HTML of every element that `body_selector` finds; without the setting, none."""
    selector = settings.get("body_selector")
    return "\n".join(one.html or "" for one in node.css(selector)) if selector else ""


def _main(node: Node) -> str:
    """The page's main part, where a source does not say which it is."""
    found = node.css_first(BODY) or node.css_first("body")
    return (found.html or "") if found is not None else ""


def posting(node: Node, page: Page, source: Source, url: str) -> Posting:
    """One posting from its page or its card; what a selector does not find here, the listing may have said."""
    said = dict(page.context) | _fields(node, source.settings)
    heading = label(node.css_first("h1")) if "title_selector" not in source.settings else ""
    return Posting(
        url=url,
        native_id=None,
        title=said.get("title") or heading,
        organization=said.get("company") or source.organization,
        location=said.get("location"),
        description=_body(node, source.settings) if "body_selector" in source.settings else _main(node),
        description_is_html=True,
        posted_at=said.get("date"),
        structured_pay=in_words(said.get("pay"), f"{source.kind}.pay_selector"),
        extra=extra(pay=said.get("pay")),
    )
