"""Rippling job boards (api.rippling.com, the JSON behind ats.rippling.com)."""

from __future__ import annotations

from typing import Any

from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, each, extra, listed, mapping, name, names, text, truth, words
from crawler.spiders._gather import gather, json_of, one_posting
from crawler.spiders._parts import joined
from crawler.spiders._pay import offer

API = "https://api.rippling.com"
SITE = "https://ats.rippling.com"


class RipplingSpider(BoardSpider):
    """Every job of one board; the list has no texts, so each job is asked at its own address.

    Paging: none; a job stands in the list once for each of its places and is asked once. Rate: no published limit. Closing signal:
    absence, and a 404 of a job's own address, which is authoritative. Recorded from: payloads/rippling (lists; the detail with its
    names replaced); pay ranges are shape only.
    """

    name = "rippling"
    keys = frozenset({"board", "api"})
    required = frozenset({"board"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The board's list."""
        return (Ask(_jobs(source), Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A list leads to its jobs; a job is a posting."""
        answer, problems = json_of(page, "rippling")
        if problems:
            return Harvest(problems=problems)
        if "description" in mapping(answer) and not isinstance(answer, list):
            found, lacks = one_posting("rippling", page, posting(mapping(answer), page, source))
            return Harvest(found, problems=lacks)
        records = answer if isinstance(answer, list) else listed(answer, "items")
        if records is None:
            return Harvest(problems=gather("rippling", page, None, lambda _: None)[1])
        return Harvest(follow=_asks(source, records))


def _jobs(source: Source) -> str:
    return f"{api(source, API)}/platform/api/ats/v1/board/{part(source.settings['board'])}/jobs"


def _asks(source: Source, records: Any) -> tuple[Ask, ...]:
    """One ask a job, with all the places under which the list has it."""
    places: dict[str, dict[str, None]] = {}
    urls: dict[str, str] = {}
    for record in records:
        native = text(dig(record, "uuid")) or text(dig(record, "id"))
        if native:
            label = name(dig(record, "workLocation"), "label") or name(dig(record, "locations"), "name")
            places.setdefault(native, {}).update({label: None} if label else {})
            urls.setdefault(native, absolute(_jobs(source), dig(record, "url")))
    return tuple(
        Ask(f"{_jobs(source)}/{part(native)}", Role.POSTING, context=extra(id=native, url=urls[native], location="; ".join(found)))
        for native, found in places.items()
    )


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One job. Fields used: uuid, name, companyName, url, workLocations, description, createdOn, employmentType, payRangeDetails."""
    native = text(record.get("uuid")) or page.context.get("id")
    built = f"{SITE}/{part(source.settings.get('board', ''))}/jobs/{native}"
    return Posting(
        url=absolute(page.url, record.get("url")) or page.context.get("url") or built,
        native_id=native,
        title=words(record.get("name")) or "",
        organization=words(record.get("companyName")) or source.organization,
        location=names(record.get("workLocations"), "label", "name") or page.context.get("location"),
        description=_description(record.get("description")),
        description_is_html=True,
        posted_at=text(record.get("createdOn")),
        remote=truth(record.get("isRemote")),
        employment_type=name(record.get("employmentType"), "label", "id"),
        structured_pay=tuple(pay for one in each(record.get("payRangeDetails")) for pay in _range(mapping(one))),
        extra=extra(department=name(record.get("department"), "name", "label")),
    )


def _description(value: object) -> str:
    """The role first, then the company and whatever else the board adds."""
    parts = mapping(value) if isinstance(value, dict) else {"role": value}
    order = [key for key in ("role", "company") if key in parts] + [key for key in parts if key not in ("role", "company")]
    return joined((None, parts[key]) for key in order)


def _range(stated: Record) -> tuple[Pay, ...]:
    amounts = (stated.get("rangeStart"), stated.get("rangeEnd"), stated.get("currency"), stated.get("frequency"))
    return offer(*amounts, stated, "rippling.payRangeDetails")
