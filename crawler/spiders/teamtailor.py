"""Teamtailor career sites, by their public feeds (JSON Feed 1.1, RSS)."""

from __future__ import annotations

from dataclasses import replace

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders import _feeds, _job_posting
from crawler.spiders._address import absolute, same_site
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, listed, mapping, text, words
from crawler.spiders._gather import gather, json_of

RULE = "teamtailor.baseSalary"


class TeamtailorSpider(BoardSpider):
    """Every job of one career site: jobs.json with schema.org data inside, or jobs.rss.

    Paging: JSON by next_url; the RSS gives its newest page. Rate: no published limit; one request a night. Closing
    signal: absence, and a stated validThrough; a 404 is that of the site. Settings: `site` ("https://career.example.com"), `feed`
    ("json", or "rss" where a site has no JSON). Recorded from: payloads/teamtailor (JSON cut by its keeper; RSS is shape only).
    """

    name = "teamtailor"
    keys = frozenset({"site", "feed"})
    required = frozenset({"site"})
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The feed."""
        kind = "rss" if source.settings.get("feed") == "rss" else "json"
        return (Ask(f"{source.settings['site'].rstrip('/')}/jobs.{kind}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every job of either form."""
        return _rss(page, source) if page.body.lstrip()[:1] == b"<" else _json(page, source)


def _rss(page: Page, source: Source) -> Harvest:
    records, problems = _feeds.records(page, "teamtailor")
    if records is None:
        return Harvest(problems=problems)

    def read(record: Record) -> Posting:
        return _feeds.posting(record, page, RULE, source.organization)

    found, lacks = gather("teamtailor", page, records, read)
    return Harvest(found, problems=problems + lacks)


def _json(page: Page, source: Source) -> Harvest:
    answer, problems = json_of(page, "teamtailor")
    if problems:
        return Harvest(problems=problems)
    company = source.organization or words(dig(answer, "title"))
    found, lacks = gather("teamtailor", page, listed(answer, "items"), lambda record: posting(record, page, company))
    further = absolute(page.url, dig(answer, "next_url"))
    follow = (Ask(further, Role.LISTING),) if same_site(further, page.url) and further != page.url else ()
    return Harvest(found, follow, lacks)


def posting(record: Record, page: Page, company: str | None) -> Posting:
    """One job. Fields used: id, title, url, content_html, date_published, and the JobPosting in `_jobposting`."""
    found = _job_posting.posting(mapping(record.get("_jobposting")), page.url, company, RULE)
    description, marked = body(text(record.get("content_html")) or record.get("content_text"))
    return replace(
        found,
        url=absolute(page.url, record.get("url")),
        native_id=text(record.get("id")),
        title=words(record.get("title")) or found.title,
        description=description or found.description,
        description_is_html=marked if description else found.description_is_html,
        posted_at=text(record.get("date_published")) or found.posted_at,
    )
