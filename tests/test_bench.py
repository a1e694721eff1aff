"""The measurements run, and find nothing wrong at a small size; the figures themselves are for `make bench`."""

from __future__ import annotations

from pathlib import Path

from bench import site, storing


def test_the_store_is_measured() -> None:
    lines = list(storing.run(200, 1))
    assert len(lines) == 4
    assert "budget at least 0.5" in lines[1]


def test_every_kind_of_page_is_asked_by_one_client_and_by_ten(tmp_path: Path) -> None:
    lines = list(site.run(60, 1, tmp_path, 20))
    assert [line for line in lines if "first publication: 60 postings" in line]
    assert not [line for line in lines if "WRONG" in line]
    assert [line for line in lines if "answers: 0 failed or met a limit" in line]
