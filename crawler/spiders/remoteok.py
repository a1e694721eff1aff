"""Remote OK's public list of remote jobs (remoteok.com/api)."""

from __future__ import annotations

from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, extra, names, text, words
from crawler.spiders._gather import gather, json_of
from crawler.spiders._pay import offer

API = "https://remoteok.com"


class RemoteokSpider(BoardSpider):
    """Jobs of many companies in one answer; its first element is a legal notice.

    Paging: none. Rate: no published limit; a link back is asked for and a User-Agent is needed. Closing signal: none; the list is a
    window on the newest jobs, so absence closes nothing. Pay is yearly and in US dollars on that site; 0 is unknown. Texts whose UTF-8
    was once taken for Latin-1 are mended. Settings: `tag` narrows. Recorded from: payloads/remoteok.
    """

    name = "remoteok"
    keys = frozenset({"tag", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The list."""
        query = f"?{urlencode({'tag': source.settings['tag']})}" if "tag" in source.settings else ""
        return (Ask(f"{api(source, API)}/api{query}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every job of the answer, without the notice."""
        answer, problems = json_of(page, "remoteok")
        if problems:
            return Harvest(problems=problems)
        jobs = [one for one in answer if not _is_notice(one)] if isinstance(answer, list) else None
        found, lacks = gather("remoteok", page, jobs, lambda record: posting(record, page))
        return Harvest(found, problems=lacks)


def _is_notice(record: object) -> bool:
    return dig(record, "legal") is not None and dig(record, "position") is None


def posting(record: Record, page: Page) -> Posting:
    """One job. Fields used: id, position, company, url, location, description, date, salary_min, salary_max, tags."""
    description, marked = body(mended(text(record.get("description")) or ""))
    stated = {key: record.get(key) for key in ("salary_min", "salary_max")}
    return Posting(
        url=absolute(page.url, record.get("url")) or absolute(page.url, record.get("apply_url")),
        native_id=text(record.get("id")),
        title=words(mended(text(record.get("position")) or "")) or "",
        organization=words(mended(text(record.get("company")) or "")),
        location=(words(mended(text(record.get("location")) or "")) or "").strip(" ,") or None,
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("date")) or text(record.get("epoch")),
        remote=True,
        structured_pay=offer(stated["salary_min"], stated["salary_max"], "USD", "year", stated, "remoteok.salary"),
        extra=extra(tags=names(record.get("tags"))),
    )


def mended(found: str) -> str:
    """Text whose UTF-8 bytes were read as Latin-1 or cp1252, as it was written; other text as it is."""
    if "Ã" not in found and "â" not in found and "Â" not in found:
        return found
    for wrong in ("latin-1", "cp1252"):
        try:
            return found.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    return found
