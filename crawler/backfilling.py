"""`callboard backfill`: whose page is it, in what role, and what is told about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from crawler import backfill_warc, catalog
from crawler.backfill import HOLDERS, Archived, Backfill
from crawler.backfill_intake import Gain
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.kinds import spider
from crawler.records import Role, Source
from crawler.spiders import _manners
from crawler.spiders._address import same_site

Tell = Callable[[str, int, int], None]
EVERY = 100
PAGES_OF_THEIR_OWN = frozenset({"jsonld", "sitemap"})  # kinds that read a posting's page by what stands in it, without its listing


@dataclass(slots=True)
class Filled:
    """What a backfill did. count: records met and left out, by word."""

    gain: Gain = field(default_factory=Gain)
    pages: int = 0
    count: Counter[str] = field(default_factory=Counter)


class Filling:
    """Backfills of as many sources as the pages belong to, opened as they come. Use it as a context manager."""

    def __init__(self, settings: Config, only: Source | None = None) -> None:
        self.settings, self.done = settings, Filled()
        self._only = only
        self._hosts = {} if only else hosts(catalog.load_all(settings.sources_dir).values())
        self._open: dict[str, Backfill] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Filling:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]  # as it came

    def take(self, found: Archived) -> None:
        """Keep one archived answer if it holds postings."""
        source = self._only or self._hosts.get(_manners.host(found.url).removeprefix("www."), HOLDERS["archive"])
        if source.refused and source.id not in HOLDERS:
            self.done.count["of refused sources"] += 1
            return
        if self._only and not is_of(found.url, source):
            self.done.count["of other sites"] += 1
            return
        role = role_of(found, source)
        if role is None:
            self.done.count["without a posting"] += 1
            return
        backfill = self._of(source)
        before = backfill.pages
        self.done.gain += backfill.take(replace(found, role=role))
        self.done.pages += backfill.pages - before

    def holds(self, url: str, fetched_at: str) -> bool:
        """Whether the source that this is all for has this capture already."""
        return self._only is not None and self._of(self._only).holds(url, fetched_at)

    def _of(self, source: Source) -> Backfill:
        if source.id not in self._open:
            self._open[source.id] = self._stack.enter_context(Backfill(source, self.settings))
        return self._open[source.id]


def warc(places: Iterable[str], settings: Config, source: str | None, tell: Tell) -> Filled:
    """Take in WARC files. source: whose pages they are; without one each page goes to the source of its host, else to `archive`."""
    with Filling(settings, named(source, settings) if source else None) as filling:
        for place in places:
            count: Counter[str] = Counter()
            with backfill_warc.opened(place, settings) as file:
                for found in backfill_warc.answers(place, file, settings.max_body, count):
                    filling.take(found)
                    if count["records"] % EVERY == 0:
                        tell(place, count["records"], 0)
            filling.done.count += count
        return filling.done


def wayback(source: str, settings: Config, span: tuple[str, str], tell: Tell, api: str | None = None) -> Filled:
    """Take in what the Wayback Machine holds of a source between two dates (ISO). Raises UserMistake when the archive refuses."""
    from crawler import backfill_wayback

    chosen = named(source, settings)
    begin, end = (each.replace("-", "") for each in span)
    with backfill_wayback.Wayback(settings, api or backfill_wayback.API) as archive, Filling(settings, chosen) as filling:
        for query in backfill_wayback.queries(chosen, chosen.kind in PAGES_OF_THEIR_OWN):
            for held in archive.held(query, begin, end):
                filling.done.count["records"] += 1
                if filling.holds(held.url, backfill_wayback.date_of(held.stamp)):
                    filling.done.count["known before"] += 1
                elif filling.done.pages < settings.page_limit:
                    filling.take(archive.fetch(held))
                else:
                    filling.done.count["above page_limit"] += 1
                tell(held.url, filling.done.count["records"], 0)
        return filling.done


def named(source: str, settings: Config) -> Source:
    """A source by its id. Raises ConfigError if it is unknown or refused."""
    known: Mapping[str, Source] = catalog.load_all(settings.sources_dir) | HOLDERS
    if source not in known:
        raise ConfigError(catalog.unknown(source, known))
    if known[source].refused and source not in HOLDERS:
        raise ConfigError(f"source {source} is not collected: {known[source].refused}")
    return known[source]


def hosts(sources: Iterable[Source]) -> dict[str, Source]:
    """The source of each host: refused ones, so that nothing of theirs is kept, and those of kinds that read a page by itself."""
    found: dict[str, Source] = {}
    for each in sources:
        if each.refused or each.kind in PAGES_OF_THEIR_OWN:
            found.setdefault(_manners.host(each.url).removeprefix("www."), each)
    return found


def is_of(url: str, source: Source) -> bool:
    """Whether a page may be a source's: it lies on a site that the source names. Any page may be handed in to a holder."""
    sites = () if source.id in HOLDERS else (source.url, *(ask.url for ask in spider(source.kind).start_asks(source)))
    return source.id in HOLDERS or any(same_site(url, each) for each in sites)


def role_of(found: Archived, source: Source) -> Role | None:
    """What an archived answer is to its source: a page to start from, a page with a posting, or nothing."""
    starts = () if source.id in HOLDERS else spider(source.kind).start_asks(source)
    if bare(found.url) in {bare(ask.url) for ask in starts}:
        return Role.LISTING
    return Role.POSTING if source.kind in PAGES_OF_THEIR_OWN and backfill_warc.may_hold_postings(found) else None


def bare(url: str) -> str:
    """An address without its scheme, "www." and last slash: archives write the same page in all these ways."""
    return url.partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/").lower()


def words(done: Filled) -> str:
    """What a backfill did, in a line."""
    gain, met = done.gain, done.count
    left = ", ".join(f"{number} {word}" for word, number in sorted(met.items()) if word != "records" and number)
    return (
        f"{met['records']} answers, {done.pages} pages kept: {gain.postings} postings never heard of, {gain.versions} versions, "
        f"{gain.known} sightings of known words" + (f"; left out: {left}" if left else "")
    )
