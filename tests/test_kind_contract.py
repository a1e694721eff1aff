"""What every kind owes: a name, settings that fit together, a docstring that says how its boards behave, a clean page to start from."""

from __future__ import annotations

import pytest
from kind_reading import source, spider

from crawler import catalog

SAID = ("Paging:", "Rate:", "Closing signal:", "Recorded from:")
ISSUED = (
    *("arbeitnow", "ashby", "bamboohr", "breezy", "document", "feed", "greenhouse", "himalayas", "hn_algolia", "html", "jobicy", "jsonld"),
    *("lever", "opentrain", "personio", "pinpoint", "recruitee", "remoteok", "remotive", "rendered", "rippling", "sitemap"),
    *("smartrecruiters", "teamtailor", "wordpress", "workable", "workday"),
)


@pytest.mark.parametrize("kind", catalog.kinds())
def test_a_kind_says_how_its_boards_behave(kind: str) -> None:
    said = " ".join((spider(kind).__doc__ or "").split())
    assert [word for word in SAID if word not in said] == []
    signal = said.partition("Closing signal:")[2]
    stands_alone = "authoritative" in signal and "not authoritative" not in signal
    assert stands_alone == spider(kind).gone_is_authoritative, "the docstring and gone_is_authoritative must agree"


@pytest.mark.parametrize("kind", catalog.kinds())
def test_a_kind_is_its_file_and_asks_for_what_it_knows(kind: str) -> None:
    found = spider(kind)
    assert found.name == kind
    assert found.required <= found.keys
    settings = {key: f"https://board.example/{key}" if key in ("site", "listing", "feed", "sitemap") else "x" for key in found.required}
    asks = found.start_asks(source(kind, **settings))
    assert asks
    assert all(ask.url.startswith("https://") for ask in asks)


def test_no_kind_is_missing() -> None:
    assert sorted(ISSUED) == list(catalog.kinds())
