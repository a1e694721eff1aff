"""Breezy career sites (developer.breezy.hr)."""

from __future__ import annotations

from dataclasses import replace

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders import _job_posting
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, listed, mapping, name, names, text, truth, words
from crawler.spiders._gather import gather, json_of, one_posting
from crawler.spiders._linked_data import is_a, objects
from crawler.spiders._markup import source_of, tree_of
from crawler.spiders._pay import in_words

BODY = (".description", "[class*=description]", "main", "article")  # tried in this order


class BreezySpider(BoardSpider):
    """Every position of one company; a position that the list gives without its text is read from its page.

    Paging: none. Rate: no published limit. Closing signal: absence, and a 404 of a position's page, which is authoritative. Pay is words
    ("$30 - $40 / hour"). Recorded from: payloads/breezy (lists); the position page is shape only.
    """

    name = "breezy"
    keys = frozenset({"company", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The company's list."""
        return (Ask(f"{_site(source)}/json", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Positions with their text are postings; the others lead to their pages."""
        if page.role is Role.POSTING:
            found, problems = one_posting("breezy", page, _from_page(page, source))
            return Harvest(found, problems=problems)
        answer, problems = json_of(page, "breezy")
        if problems:
            return Harvest(problems=problems)
        records = listed({"positions": answer}, "positions")
        whole = None if records is None else [one for one in records if not _needs_page(one)]
        found, lacks = gather("breezy", page, whole, lambda record: posting(record, page, source))
        return Harvest(found, tuple(_ask(source, mapping(one)) for one in records or () if _needs_page(one)), lacks)


def _site(source: Source) -> str:
    return api(source, f"https://{part(source.settings['company'])}.breezy.hr")


def _needs_page(record: object) -> bool:
    return bool(_slug(mapping(record))) and not text(dig(record, "description"))


def _slug(record: Record) -> str | None:
    return text(record.get("friendly_id")) or text(record.get("id"))


def _ask(source: Source, record: Record) -> Ask:
    """A position's page; what the list says goes along."""
    said = posting(record, Page(_site(source) + "/", Role.LISTING, b"", "", 200, ""), source)
    context = extra(
        id=said.native_id,
        url=said.url,
        title=said.title,
        organization=said.organization,
        location=said.location,
        posted=said.posted_at,
        employment=said.employment_type,
        department=said.extra.get("department"),
        salary=words(record.get("salary")),
    )
    return Ask(f"{_site(source)}/p/{part(_slug(record) or '')}", Role.POSTING, context=context)


def _from_page(page: Page, source: Source) -> Posting:
    """The posting of a position's page: what the list said, with the text of its JSON-LD or else of the page."""
    tree, said = tree_of(source_of(page)), page.context
    data, _ = objects(tree, "breezy", page.url)
    job = next((one for one in data if is_a(one, "JobPosting")), {})
    found = _job_posting.posting(job, page.url, source.organization, "breezy.baseSalary")
    shown = "" if found.description else next((node.html or "" for one in BODY if (node := tree.css_first(one))), "")
    salary = said.get("salary")
    return replace(
        found,
        url=said.get("url") or page.url,
        native_id=said.get("id"),
        title=said.get("title") or found.title,
        organization=said.get("organization") or found.organization,
        location=said.get("location") or found.location,
        description=found.description or shown,
        description_is_html=found.description_is_html if found.description else True,
        posted_at=said.get("posted") or found.posted_at,
        employment_type=said.get("employment") or found.employment_type,
        structured_pay=found.structured_pay or in_words(salary, "breezy.salary"),
        extra=extra(department=said.get("department"), salary=salary),
    )


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One position of the list. Fields used: id, friendly_id, name, url, company, location, locations, published_date, type, salary."""
    description, marked = body(record.get("description"))
    places = [record.get("location"), *each(record.get("locations"))]
    salary = words(record.get("salary"))
    return Posting(
        url=absolute(page.url, record.get("url")) or absolute(page.url, f"/p/{_slug(record)}" if _slug(record) else None),
        native_id=text(record.get("id")) or _slug(record),
        title=words(record.get("name")) or "",
        organization=name(record.get("company")) or source.organization,
        location=names(places),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("published_date")),
        remote=truth(dig(record, "location", "is_remote")),
        country=name(dig(record, "location", "country"), "id", "name"),
        employment_type=name(record.get("type")),
        structured_pay=in_words(salary, "breezy.salary"),
        extra=extra(department=name(record.get("department")), salary=salary),
    )
