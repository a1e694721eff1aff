"""Jobicy's public list of remote jobs (github.com/Jobicy/remote-jobs-api)."""

from __future__ import annotations

from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Pay, Posting, Role, Source
from crawler.spiders._address import absolute, api
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, extra, names, text, words
from crawler.spiders._gather import json_postings
from crawler.spiders._pay import offer

API = "https://jobicy.com"
COUNT = "100"


class JobicySpider(BoardSpider):
    """Jobs of many companies in one answer.

    Paging: count (100 at most), no second page. Rate: at most once an hour, says its notice. Closing signal: none; the list is a window
    on the newest jobs, so absence closes nothing. Settings: `geo`, `industry` and `tag` narrow. Recorded from: payloads/jobicy.
    """

    name = "jobicy"
    keys = frozenset({"geo", "industry", "tag", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The list, as long as it may be."""
        chosen = {key: source.settings[key] for key in ("geo", "industry", "tag") if key in source.settings}
        return (Ask(f"{api(source, API)}/api/v2/remote-jobs?{urlencode({'count': COUNT, **chosen})}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every job of the answer."""
        return json_postings("jobicy", page, lambda record: posting(record, page), "jobs")


def posting(record: Record, page: Page) -> Posting:
    """One job. Fields used: id, jobTitle, companyName, url, jobGeo, jobDescription or jobExcerpt, pubDate, jobType, salaries."""
    description, marked = body(text(record.get("jobDescription")) or record.get("jobExcerpt"))
    return Posting(
        url=absolute(page.url, record.get("url")),
        native_id=text(record.get("id")),
        title=words(record.get("jobTitle")) or "",
        organization=words(record.get("companyName")),
        location=words(record.get("jobGeo")),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("pubDate")),
        remote=True,
        employment_type=names(record.get("jobType")),
        structured_pay=_pay(record),
        extra=extra(industry=names(record.get("jobIndustry")), level=names(record.get("jobLevel"))),
    )


def _pay(record: Record) -> tuple[Pay, ...]:
    """The yearly pay that older answers give, or the pay with its period."""
    keys = ("annualSalaryMin", "annualSalaryMax", "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod")
    stated = {key: record[key] for key in keys if record.get(key) not in (None, "")}
    currency, rule = stated.get("salaryCurrency"), "jobicy.salary"
    yearly = offer(stated.get("annualSalaryMin"), stated.get("annualSalaryMax"), currency, "year", stated, rule)
    return yearly or offer(stated.get("salaryMin"), stated.get("salaryMax"), currency, stated.get("salaryPeriod"), stated, rule)
