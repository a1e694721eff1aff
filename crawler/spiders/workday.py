"""Workday career sites, by the JSON behind them (undocumented)."""

from __future__ import annotations

import json

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, listed, mapping, name, names, number, text, words
from crawler.spiders._gather import gather, json_of, one_posting

LIMIT = 20
HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


class WorkdaySpider(BoardSpider):
    """Every job of one career site; the list has no texts, so each job is asked at its own address.

    Paging: POST with limit (20 at most) and offset up to the total, which only the first page tells. Rate: no published limit. Closing
    signal: absence, a stated endDate, and a 404 of a job's own address, which is authoritative. Posting dates in the list are words
    ("Posted 3 Days Ago"). Settings: `host` ("acme.wd1.myworkdayjobs.com"), `tenant`, `site`, and `search` to narrow.
    Recorded from: payloads/workday_cxs.
    """

    name = "workday"
    keys = frozenset({"host", "tenant", "site", "search", "api"})
    required = frozenset({"host", "tenant", "site"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The first page of the site's list."""
        return (_page(source, 0, None),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A list leads to its jobs and the next page; a job is a posting."""
        answer, problems = json_of(page, "workday")
        if problems:
            return Harvest(problems=problems)
        info = mapping(dig(answer, "jobPostingInfo"))
        if info:
            company = name(dig(answer, "hiringOrganization")) or source.organization
            found, lacks = one_posting("workday", page, posting(info, page, company))
            return Harvest(found, problems=lacks)
        records = listed(answer, "jobPostings")
        if records is None:
            return Harvest(problems=gather("workday", page, None, lambda _: None)[1])
        asks = tuple(_ask(source, mapping(one)) for one in records if text(dig(one, "externalPath")))
        return Harvest(follow=asks + _further(page, source, answer, len(records)))


def _site(source: Source) -> str:
    keys = source.settings
    return f"{api(source, 'https://' + keys['host'])}/wday/cxs/{part(keys['tenant'])}/{part(keys['site'])}"


def _page(source: Source, offset: int, total: int | None) -> Ask:
    wanted = {"appliedFacets": {}, "limit": LIMIT, "offset": offset, "searchText": source.settings.get("search", "")}
    known = extra(offset=str(offset), total=None if total is None else str(total))
    return Ask(f"{_site(source)}/jobs", Role.LISTING, "POST", json.dumps(wanted), HEADERS, known)


def _further(page: Page, source: Source, answer: object, records: int) -> tuple[Ask, ...]:
    """The next page. Later pages say that the total is 0, so the first one's word travels along."""
    total = int(number(page.context.get("total")) or number(dig(answer, "total")) or 0)
    offset = int(number(page.context.get("offset")) or 0) + LIMIT
    return (_page(source, offset, total),) if records and offset < total else ()


def _ask(source: Source, record: Record) -> Ask:
    """A job's own address; what only the list says goes along."""
    path = text(record.get("externalPath")) or ""
    said = extra(id=_native(path), location=words(record.get("locationsText")), posted=words(record.get("postedOn")))
    return Ask(f"{_site(source)}/{path.lstrip('/')}", Role.POSTING, headers={"Accept": "application/json"}, context=said)


def _native(path: str) -> str:
    """What follows the last "_" of a job's path: the requisition's number and, where it is posted twice, which posting."""
    return path.rstrip("/").rsplit("/", 1)[-1].rsplit("_", 1)[-1]


def posting(record: Record, page: Page, company: str | None) -> Posting:
    """One job. Fields used: jobPostingId, jobReqId, title, externalUrl, locations, jobDescription, dates, timeType."""
    description, marked = body(record.get("jobDescription"))
    places = [record.get("location"), *each(record.get("additionalLocations"))]
    code = name(dig(record, "jobRequisitionLocation", "country"), "alpha2Code")
    return Posting(
        url=absolute(page.url, record.get("externalUrl")) or page.url,
        native_id=_native(text(record.get("jobPostingId")) or "") or page.context.get("id") or text(record.get("jobReqId")),
        title=words(record.get("title")) or "",
        organization=company,
        location=names(places, "descriptor") or page.context.get("location"),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("startDate")) or words(record.get("postedOn")) or page.context.get("posted"),
        closes_at=text(record.get("endDate")),
        remote=True if "remote" in str(record.get("remoteType")).lower() else None,
        country=code or name(record.get("country"), "descriptor"),
        employment_type=words(record.get("timeType")),
        extra=extra(requisition=text(record.get("jobReqId")), remote_type=words(record.get("remoteType"))),
    )
