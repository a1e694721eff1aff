"""Personio career pages, by their XML feed (developer.personio.de/docs/retrieving-open-job-positions)."""

from __future__ import annotations

from typing import Any

from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, extra, text, words
from crawler.spiders._gather import gather
from crawler.spiders._parts import joined
from crawler.spiders._xml import child_text, descendants, tree_of, unread


class PersonioSpider(BoardSpider):
    """Every position of one company in one feed.

    Paging: none. Rate: no published limit; one request a night. Closing signal: absence only. Posting addresses are built from the
    position's id. Structured pay: none. Sites on .com: `api = "https://NAME.jobs.personio.com"`. Recorded from: payloads/personio
    (cut or renamed; one file of it is broken and read as far as it goes).
    """

    name = "personio"
    keys = frozenset({"company", "language", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The feed, in the language of the setting (English without one)."""
        site = api(source, f"https://{part(source.settings['company'])}.jobs.personio.de")
        return (Ask(f"{site}/xml?language={part(source.settings.get('language', 'en'))}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every position of the feed."""
        body = _from_first_position(page.body)
        root, problems = tree_of(body, page, "personio")
        if root is None:
            return Harvest(problems=problems)
        if body is not page.body:
            problems += (Problem("personio.xml", "the head of the feed is broken; read from its first position on", page.url),)
        positions = [_record(one) for one in descendants(root, "position")]
        found, lacks = gather("personio", page, positions, lambda record: posting(record, page, source))
        lost = unread(page.body, ["position"], len(positions), page, "personio") if problems else ()
        return Harvest(found, problems=problems + lost + lacks + _shape(root, positions, page))


def _from_first_position(body: bytes) -> bytes:
    """The feed without its head, where that head is broken: a recovering parser would lose everything below it."""
    start = body.find(b"<position>")
    whole = start < 0 or b"<workzag-jobs>" in body[:start] or b"<workzag-jobs " in body[:start]
    return body if whole else b"<workzag-jobs>" + body[start:]


def _shape(root: Any, positions: list[Record], page: Page) -> tuple[Problem, ...]:
    """A feed is a list of positions, or an empty one; other XML is none."""
    known = bool(positions) or any(True for _ in descendants(root, "workzag-jobs"))
    return () if known else (Problem("personio.shape", "no feed of positions", page.url, "error"),)


def _record(position: Any) -> Record:
    """A position's fields by their names; offices and the parts of its text are lists."""
    parts = [(child_text(one, "name"), child_text(one, "value")) for one in descendants(position, "jobdescription")]
    offices = [found for one in descendants(position, "office") if (found := words(one.text))]
    single = ("id", "name", "subcompany", "department", "recruitingcategory", "employmenttype", "schedule", "createdat", "keywords")
    fields = {key: child_text(position, key) for key in single}
    return fields | {"parts": parts, "offices": offices}


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One position. Fields used: id, name, subcompany, offices, jobDescriptions, createdAt, employmentType, schedule."""
    native = text(record["id"])
    kinds = (words(record["employmenttype"]), words(record["schedule"]))
    return Posting(
        url=absolute(page.url, f"job/{part(native)}") if native else "",
        native_id=native,
        title=words(record["name"]) or "",
        organization=words(record["subcompany"]) or source.organization,
        location="; ".join(dict.fromkeys(record["offices"])) or None,
        description=joined(record["parts"]),
        description_is_html=True,
        posted_at=text(record["createdat"]),
        employment_type=", ".join(kind for kind in kinds if kind) or None,
        extra=extra(department=words(record["department"]), category=words(record["recruitingcategory"])),
    )
