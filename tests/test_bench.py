"""The measurements run, and find nothing wrong at a small size; the figures themselves are for `make bench`."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from analysis import serve
from bench import site, storing
from crawler.errors import UserMistake


def test_the_store_is_measured() -> None:
    lines = list(storing.run(200, 1))
    assert len(lines) == 4
    assert "budget at least 0.5" in lines[1]


def test_every_kind_of_page_is_asked_by_one_client_and_by_ten(tmp_path: Path) -> None:
    lines = list(site.run(60, 1, tmp_path, 20))
    assert [line for line in lines if "first publication: 60 postings" in line]
    assert not [line for line in lines if "WRONG" in line]
    assert [line for line in lines if "answers: 0 failed or met a limit" in line]


def test_rows_are_counted_once_for_the_site(tmp_path: Path) -> None:
    path = tmp_path / "callboard.db"
    with sqlite3.connect(path) as db:
        db.execute("create table gigs (id text)")
        db.executemany("insert into gigs values (?)", [("a",), ("b",)])
    found = json.loads(serve.count(path, tmp_path / "counts.json").read_text())["callboard"]
    assert found["tables"] == {"gigs": {"count": 2}}
    assert found["hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"no database, and long enough for one" * 40)
    with pytest.raises(UserMistake, match="not a publication"):
        serve.count(path, tmp_path / "counts.json")
