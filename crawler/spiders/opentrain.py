"""OpenTrain's public marketplace of AI-training jobs (opentrain.ai/docs/developers/api-reference/jobs/search)."""

from __future__ import annotations

from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, listed, mapping, names, number, text, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://app.opentrain.ai"
FILTERS = ("q", "language", "country", "payType")


class OpentrainSpider(BoardSpider):
    """Every public job of the marketplace, and its feed of changes.

    Paging: limit (100 at most) and an opaque cursor until nextCursor is null. Rate: 120 requests a minute for an address. Closing
    signal: absence, a status other than OPEN, the stated validThrough, the changes feed (events CLOSED, asked with `changes_since`),
    and a 404 of a job's own address with status "closed", which is authoritative. Settings: `q`, `language`, `country`, `payType` narrow.
    Recorded from: shape only, after the public documentation.
    """

    name = "opentrain"
    keys = frozenset({*FILTERS, "changes_since", "api"})
    required = frozenset[str]()
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The first page of the search, and the changes if they are wanted."""
        since = source.settings.get("changes_since")
        changes = (Ask(f"{_jobs(source)}/changes?{urlencode({'since': since})}", Role.LISTING),) if since else ()
        return (_page(source, None), *changes)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """The jobs of a page, a single job, or what the changes feed says is closed."""
        answer, problems = json_of(page, "opentrain")
        if problems:
            return Harvest(problems=problems)
        if "changes" in mapping(answer):
            return Harvest(gone=_closed(answer))
        records = [answer] if "title" in mapping(answer) else listed(answer, "jobs")
        shown = None if records is None else [one for one in records if _is_open(one)]
        found, lacks = gather("opentrain", page, shown, lambda record: posting(record, page, source))
        gone = tuple(one for record in records or () if not _is_open(record) and (one := text(dig(record, "id"))))
        cursor = text(dig(answer, "nextCursor"))
        return Harvest(found, (_page(source, cursor),) if cursor and records else (), lacks, gone)


def _jobs(source: Source) -> str:
    return f"{api(source, API)}/api/public/v1/jobs"


def _page(source: Source, cursor: str | None) -> Ask:
    chosen = {key: source.settings[key] for key in FILTERS if key in source.settings}
    query = {"limit": "100", **chosen} | ({"cursor": cursor} if cursor else {})
    return Ask(f"{_jobs(source)}?{urlencode(query)}", Role.LISTING)


def _is_open(record: object) -> bool:
    status = text(dig(record, "status"))
    return status is None or status.upper() == "OPEN"


def _closed(answer: object) -> tuple[str, ...]:
    """Ids of jobs whose latest event is that they closed."""
    events = [mapping(one) for one in each(dig(answer, "changes"))]
    closed = (text(one.get("jobId")) for one in events if text(one.get("eventType")) == "CLOSED")
    return tuple(one for one in closed if one)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One job. Fields used: id, title, companyName, url, descriptions, countries, dates, pay, employmentTypes, languages, labels."""
    description, marked = body(text(record.get("descriptionHtml")) or record.get("descriptionText"))
    native = text(record.get("id"))
    return Posting(
        url=absolute(page.url, record.get("url")) or (f"{API}/jobs/{part(native)}" if native else ""),
        native_id=native,
        title=words(record.get("title")) or "",
        organization=words(record.get("companyName")) or source.organization,
        location=names(record.get("countries"), "name", "code"),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("datePosted")),
        closes_at=text(record.get("validThrough")),
        employment_type=names(record.get("employmentTypes")),
        structured_pay=_pay(mapping(record.get("pay"))),
        extra=extra(
            languages=names(record.get("languages")),
            category=words(record.get("category")),
            data_type=words(record.get("dataType")),
            label_types=names(record.get("labelTypes")),
        ),
    )


def _pay(stated: Record) -> tuple[Pay, ...]:
    """The one of three ways to pay that the job fills."""
    currency, rate, rule = stated.get("currency"), number(stated.get("hourlyRate")), "opentrain.pay"
    low, high = stated.get("hourlyMin"), stated.get("hourlyMax")
    hourly = offer(low if low is not None else rate, high if high is not None else rate, currency, "hour", stated, rule)
    others = [(stated.get("fixedPrice"), "project"), (stated.get("perLabelRate"), "task")]
    return hourly + tuple(pay for sum_, unit in others for pay in offer(sum_, sum_, currency, unit, stated, rule))
