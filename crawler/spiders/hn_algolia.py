"""Hacker News' monthly hiring threads, by the Algolia search interface (hn.algolia.com/api)."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, extra, listed, mapping, number, text, words
from crawler.spiders._gather import gather, json_of

API = "https://hn.algolia.com"
ITEM = "https://news.ycombinator.com/item?id="
THREAD = "Who is hiring"
TITLE_LENGTH = 200
_PLACE = re.compile(r"\b(remote|on-?site|hybrid|in[- ]office)\b|^[A-Z][\w. -]+, ?[A-Z]", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)|\s*https?://\S+")


class HnAlgoliaSpider(BoardSpider):
    """The first-level comments of the newest thread, one posting each; their first line is "Company | Title | Place | ...".

    Paging: page up to nbPages, a thousand comments each. Rate: 10,000 requests an hour for an address. Closing signal: none; comments
    stay for ever and a new thread begins each month, so absence closes nothing. Settings: `thread` (words of its title, "Who is
    hiring"; "Freelancer?" is the other). Recorded from: payloads/hn_algolia.
    """

    name = "hn_algolia"
    keys = frozenset({"thread", "api"})
    required = frozenset[str]()
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The newest threads."""
        query = urlencode({"tags": "story,author_whoishiring", "hitsPerPage": 20})
        return (Ask(f"{api(source, API)}/api/v1/search_by_date?{query}", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Threads lead to the comments of the newest one; comments are postings."""
        answer, problems = json_of(page, "hn_algolia")
        if problems:
            return Harvest(problems=problems)
        hits = listed(answer, "hits")
        comments = None if hits is None else [one for one in hits if dig(one, "title") is None]
        found, lacks = gather("hn_algolia", page, comments, lambda record: posting(record, source))
        return Harvest(found, _thread(source, list(hits or ())) or _further(page, source, answer), lacks)


def _comments(source: Source, story: str, index: int) -> Ask:
    query = urlencode({"tags": f"comment,story_{story}", "hitsPerPage": 1000, "page": index})
    return Ask(f"{api(source, API)}/api/v1/search_by_date?{query}", Role.LISTING, context={"story": story, "page": str(index)})


def _thread(source: Source, hits: list[object]) -> tuple[Ask, ...]:
    """The newest story whose title has the words asked for."""
    wanted = source.settings.get("thread", THREAD).lower()
    stories = [mapping(one) for one in hits if wanted in (words(dig(one, "title")) or "").lower()]
    newest = max(stories, key=lambda one: number(one.get("created_at_i")) or 0, default={})
    story = text(newest.get("objectID"))
    return (_comments(source, story, 0),) if story else ()


def _further(page: Page, source: Source, answer: object) -> tuple[Ask, ...]:
    story, here = page.context.get("story"), int(number(page.context.get("page")) or 0)
    pages = number(dig(answer, "nbPages")) or 0
    return (_comments(source, story, here + 1),) if story and here + 1 < pages else ()


def posting(record: Record, source: Source) -> Posting | None:
    """One comment, unless it answers another or was deleted. Fields used: objectID, comment_text, parent_id, story_id, created_at."""
    said, native = text(record.get("comment_text")), text(record.get("objectID"))
    if said is None or native is None or text(record.get("parent_id")) != text(record.get("story_id")):
        return None
    head = words(re.split(r"<p>|<br\s*/?>|\n", said, maxsplit=1)[0]) or ""
    first, *rest = [field.strip() for field in head.split("|") if field.strip()] or [""]
    places = [field for field in rest if _PLACE.search(field)]
    return Posting(
        url=ITEM + part(native),
        native_id=native,
        title=(" | ".join(rest) or first)[:TITLE_LENGTH],
        organization=_ASIDE.sub("", first).strip() or None if rest else source.organization,
        location="; ".join(places) or None,
        description=said,
        description_is_html=True,
        posted_at=text(record.get("created_at")) or text(record.get("created_at_i")),
        remote=True if any("remote" in place.lower() for place in places) else None,
        extra=extra(thread=words(record.get("story_title"))),
    )
