"""Posts of a WordPress site, as casting blogs publish calls (developer.wordpress.org/rest-api/reference/posts)."""

from __future__ import annotations

from urllib.parse import urlencode

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders import _feeds
from crawler.spiders._address import absolute, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, each, extra, mapping, name, names, number, text, truth, words
from crawler.spiders._gather import gather, json_of

LIMIT = 100
PAGES = 3
FILTERS = ("categories", "tags", "search")


class WordpressSpider(BoardSpider):
    """The newest posts of a site by its REST interface, or by its RSS feed where that is closed.

    Paging: per_page and offset, newest first, until an answer is not full or `pages` pages (3) are read; an offset past the end is an
    empty list, where a page number past the end would be an error 400. RSS: the newest page. Rate: the site's own. Closing signal: none
    (WP Job Manager's listings state an expiry); the list is a window, so absence closes nothing. Settings: `site`, `type` ("posts", or
    "job-listings"), `categories`, `tags` (numbers), `search`, `pages`, `feed` ("rss"). Recorded from: payloads/wordpress, wordpress_rss.
    """

    name = "wordpress"
    keys = frozenset({"site", "type", "pages", "feed", *FILTERS})
    required = frozenset({"site"})
    gone_is_authoritative = False
    listing_is_whole = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The newest posts."""
        if source.settings.get("feed") == "rss":
            return (Ask(f"{source.settings['site'].rstrip('/')}/feed/", Role.LISTING),)
        return (_page(source, 0),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """Every post of either form, and the next page while the window is open."""
        if page.body.lstrip()[:1] == b"<":
            return _rss(page, source)
        answer, problems = json_of(page, "wordpress")
        if problems:
            return Harvest(problems=problems)
        records = answer if isinstance(answer, list) else [answer] if "link" in mapping(answer) else None
        shown = None if records is None else [one for one in records if not _filled(one)]
        found, lacks = gather("wordpress", page, shown, lambda record: posting(record, page, source))
        gone = tuple(one for record in records or () if _filled(record) and (one := text(dig(record, "id"))))
        return Harvest(found, _further(page, source, len(records or ())), lacks, gone)


def _page(source: Source, offset: int) -> Ask:
    kind = part(source.settings.get("type", "posts"))
    chosen = {key: source.settings[key] for key in FILTERS if key in source.settings}
    query = urlencode({"per_page": LIMIT, "offset": offset, "_embed": "wp:term", **chosen})
    address = f"{source.settings['site'].rstrip('/')}/wp-json/wp/v2/{kind}?{query}"
    return Ask(address, Role.LISTING, context={"offset": str(offset)})


def _further(page: Page, source: Source, records: int) -> tuple[Ask, ...]:
    offset = number(page.context.get("offset"))
    end = LIMIT * (number(source.settings.get("pages")) or PAGES)
    if offset is None or records < LIMIT or offset + LIMIT >= end:
        return ()
    return (_page(source, int(offset) + LIMIT),)


def _filled(record: object) -> bool:
    """Whether a WP Job Manager listing says that its place is taken."""
    return truth(dig(record, "meta", "_filled")) is True


def _rss(page: Page, source: Source) -> Harvest:
    records, problems = _feeds.records(page, "wordpress")
    if records is None:
        return Harvest(problems=problems)

    def read(record: Record) -> Posting:
        return _feeds.posting(record, page, "wordpress.salary", source.organization)

    found, lacks = gather("wordpress", page, records, read)
    return Harvest(found, problems=problems + lacks)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One post. Fields used: id, link, title, content or excerpt, date_gmt, terms, and WP Job Manager's `_job_*` meta."""
    description, marked = body(_rendered(record, "content") or _rendered(record, "excerpt"))
    meta = mapping(record.get("meta"))
    return Posting(
        url=absolute(page.url, record.get("link")),
        native_id=text(record.get("id")) or text(record.get("slug")),
        title=words(_rendered(record, "title")) or "",
        organization=name(meta, "_company_name") or source.organization,
        location=name(meta, "_job_location"),
        description=description,
        description_is_html=marked,
        posted_at=_utc(text(record.get("date_gmt"))) or text(record.get("date")),
        closes_at=text(meta.get("_job_expires")),
        remote=truth(meta.get("_remote_position")),
        extra=extra(terms=_terms(record)),
    )


def _rendered(record: Record, key: str) -> str | None:
    return text(dig(record, key, "rendered")) or text(record.get(key))


def _utc(moment: str | None) -> str | None:
    """WordPress writes UTC without saying so."""
    return f"{moment}Z" if moment and "T" in moment and moment[-1].isdigit() else moment


def _terms(record: Record) -> str | None:
    """Categories and tags by name, where the answer embeds them."""
    groups = each(mapping(record.get("_embedded")).get("wp:term"))
    return "; ".join(dict.fromkeys(found for group in groups if (found := names(group)))) or None
