"""Remotive's public list of remote jobs (github.com/remotive-com/remote-jobs-api)."""

from __future__ import annotations

from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, extra, names, text, words
from crawler.spiders._gather import json_postings
from crawler.spiders._pay import in_words

API = "https://remotive.com"


class RemotiveSpider(BoardSpider):
    """Jobs of many companies in one answer.

    Paging: none. Rate: at most a few requests a day, and a link back with credit, says the answer's own notice. Closing signal: none;
    the list is a window on the newest jobs, so absence closes nothing. Settings: `category` and `search` narrow.
    Recorded from: payloads/remotive.
    """

    name = "remotive"
    keys = frozenset({"category", "search", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The list."""
        chosen = {key: source.settings[key] for key in ("category", "search") if key in source.settings}
        query = f"?{urlencode(chosen)}" if chosen else ""
        return (Ask(f"{api(source, API)}/api/remote-jobs{query}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every job of the answer."""
        return json_postings("remotive", page, lambda record: posting(record, page), "jobs")


def posting(record: Record, page: Page) -> Posting:
    """One job. Fields used: id, title, company_name, url, candidate_required_location, description, salary, publication_date, job_type."""
    description, marked = body(record.get("description"))
    return Posting(
        url=absolute(page.url, record.get("url")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or "",
        organization=words(record.get("company_name")),
        location=words(record.get("candidate_required_location")),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("publication_date")),
        remote=True,
        employment_type=words(record.get("job_type")),
        structured_pay=in_words(words(record.get("salary")), "remotive.salary"),
        extra=extra(category=words(record.get("category")), tags=names(record.get("tags")), salary=words(record.get("salary"))),
    )
