"""Every shipped source: loads, fits its kind, starts somewhere public, and says what is known of terms and robots."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest
from kind_reading import spider

from crawler import catalog
from crawler.records import Role, Source

SOURCES = catalog.load()
CRAWLED = [source for source in SOURCES.values() if source.refused is None]
REFUSED = [source for source in SOURCES.values() if source.refused is not None]
MUST_BE_REFUSED = ("linkedin", "indeed", "glassdoor", "ziprecruiter", "craigslist", "backstage", "upwork")


def by_id(source: Source) -> str:
    return source.id


@pytest.mark.parametrize("source", CRAWLED, ids=by_id)
def test_a_source_fits_its_kind_and_starts_on_public_https(source: Source) -> None:
    kind = spider(source.kind)
    catalog.check_settings(source, kind.keys, kind.required)
    asks = kind.start_asks(source)
    assert asks
    assert {urlsplit(ask.url).scheme for ask in asks} == {"https"}
    assert {ask.role for ask in asks} <= {Role.LISTING, Role.DOCUMENT}


@pytest.mark.parametrize("source", CRAWLED, ids=by_id)
def test_a_source_says_what_is_known_of_terms_and_robots(source: Source) -> None:
    assert source.terms_note
    assert source.robots_note
    assert source.region
    assert source.expect.max is not None
    assert source.expect.max >= source.expect.min >= 1


@pytest.mark.parametrize("source", REFUSED, ids=by_id)
def test_a_refused_source_gives_a_reason_and_nothing_to_fetch(source: Source) -> None:
    assert source.refused is not None
    assert len(source.refused.split()) >= 5
    assert source.settings == {}


def test_sites_that_refuse_are_refused() -> None:
    assert [name for name in MUST_BE_REFUSED if SOURCES[name].refused is None] == []


def test_nothing_that_ships_is_invented() -> None:
    assert [source.id for source in SOURCES.values() if source.invented] == []


def test_no_board_is_crawled_twice_and_every_kind_of_lineage_is_there() -> None:
    starts = Counter((source.kind, str(sorted(source.settings.items()))) for source in CRAWLED if source.settings)
    assert [start for start, count in starts.items() if count > 1] == []
    assert {source.lineage for source in SOURCES.values()} >= {"employer", "platform", "casting", "aggregator", "board", "union"}


def test_nights_are_spread() -> None:
    minutes = Counter(source.cron for source in CRAWLED)
    assert max(minutes.values()) <= 3
