"""Greenhouse job boards (developers.greenhouse.io/job-board.html)."""

from __future__ import annotations

from typing import Any

from crawler.findings.pay_vocabulary import unit_of_field
from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, each, extra, listed, mapping, name, names, number, text, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://boards-api.greenhouse.io"


class GreenhouseSpider(BoardSpider):
    """Every job of one board in one answer.

    Paging: none. Rate: no published limit; one request a night is enough. Closing signal: absence, and a 404 of a job's own address is
    authoritative. A job that the list gives without its text is asked at its own address. Pay: `pay_input_ranges`, which the list
    leaves out and a job's own address gives; `details = "yes"` asks for each. Recorded from: payloads/greenhouse.
    """

    name = "greenhouse"
    keys = frozenset({"board", "api", "details"})
    required = frozenset({"board"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The board's list, with descriptions."""
        return (Ask(f"{_jobs(source)}?content=true", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Postings of a list, of a department list, or of a single job."""
        answer, problems = json_of(page, "greenhouse")
        if problems:
            return Harvest(problems=problems)
        records = [answer] if "absolute_url" in mapping(answer) else _records(answer)
        follow = _details(source, records or []) if page.role is Role.LISTING else ()
        asked = {ask.context["id"] for ask in follow}
        here = None if records is None else [one for one in records if text(mapping(one).get("id")) not in asked]
        found, lacks = gather("greenhouse", page, here, lambda record: posting(record, page, source))
        return Harvest(found, follow, lacks)


def _jobs(source: Source) -> str:
    return f"{api(source, API)}/v1/boards/{part(source.settings['board'])}/jobs"


def _records(answer: Any) -> list[Any] | None:
    """The jobs of a list; a department list keeps them one level down, once for each department."""
    jobs = listed(answer, "jobs")
    if jobs is not None:
        return list(jobs)
    departments = listed(answer, "departments")
    return None if departments is None else [job for one in departments for job in listed(one, "jobs") or ()]


def _details(source: Source, records: list[Any]) -> tuple[Ask, ...]:
    """A job's own address for each job without a text, or for all jobs if their pay is wanted too."""
    every = source.settings.get("details") == "yes"
    wanted = (mapping(one) for one in records if every or not mapping(one).get("content"))
    ids = dict.fromkeys(one for record in wanted if (one := text(record.get("id"))))
    return tuple(Ask(f"{_jobs(source)}/{part(one)}?pay_transparency=true", Role.POSTING, context={"id": one}) for one in ids)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One job. Fields used: id, title, absolute_url, company_name, location, content, first_published, application_deadline, pay."""
    content, marked = body(record.get("content"))
    location, published = name(record.get("location")), text(record.get("first_published"))
    return Posting(
        url=absolute(page.url, record.get("absolute_url")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or "",
        organization=words(record.get("company_name")) or source.organization,
        location=location,
        description=content,
        description_is_html=marked,
        posted_at=published or text(record.get("updated_at")),
        closes_at=text(record.get("application_deadline")),
        remote=True if location and "remote" in location.lower() else None,
        structured_pay=_pay(record),
        extra=extra(
            department=names(record.get("departments")),
            office=names(record.get("offices")),
            language=text(record.get("language")),
            posted_at_is=None if published else "updated_at",
        ),
    )


def _pay(record: Record) -> tuple[Pay, ...]:
    """Each range that a job states."""
    return tuple(pay for one in each(record.get("pay_input_ranges")) for pay in _range(mapping(one)))


def _range(stated: Record) -> tuple[Pay, ...]:
    """Greenhouse counts in cents; the unit is only in the range's title ("Hourly Rate"), if anywhere."""
    low, high = number(stated.get("min_cents")), number(stated.get("max_cents"))
    units = (word for word in (words(stated.get("title")) or "").split() if unit_of_field(word))
    return offer(
        None if low is None else low / 100,
        None if high is None else high / 100,
        stated.get("currency_type"),
        next(units, None),
        stated,
        "greenhouse.pay_input_ranges",
    )
