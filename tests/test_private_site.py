"""The review page of the private site: a finding with its words, answers that are written, wrong ones that are not."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from analysis import private_site
from crawler import review, store
from crawler.findings.reading import read
from crawler.text import sha256

TEXT = "Licence (invented) <script>alert(1)</script>\n\nYou grant Voxmill (invented) a worldwide, irrevocable licence to your recordings."


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    db = store.open_store(tmp_path / "store.db")
    store.keep_text(db, sha256(TEXT), TEXT, "2026-11-21T10:00:00Z")
    store.keep_reading(db, read(TEXT), "2026-11-21T10:00:00Z")
    db.close()
    monkeypatch.setenv("CALLBOARD_STORE", str(tmp_path / "store.db"))
    return tmp_path / "store.db"


def site(path: Path) -> Datasette:
    return Datasette([str(path)], plugins_dir=private_site.ROOM / "plugins", template_dir=private_site.ROOM / "templates")


def get(path: Path, address: str) -> Any:
    return asyncio.run(site(path).client.get(address))


def post(path: Path, address: str, form: dict[str, str]) -> Any:
    async def send() -> Any:
        client = site(path).client
        token = (await client.get(address)).cookies["ds_csrftoken"]
        return await client.post(address, data=form | {"csrftoken": token}, cookies={"ds_csrftoken": token})

    return asyncio.run(send())


def test_it_shows_a_finding_with_the_words_around_it(path: Path) -> None:
    answer = get(path, "/-/review?code=worldwide")
    assert answer.status_code == 200
    assert "<mark>worldwide</mark>" in answer.text
    assert "<script>alert" not in answer.text


def test_an_answer_is_written_and_the_next_finding_follows(path: Path) -> None:
    number = review.waiting(store.open_store(path), "worldwide")[0].id
    answer = post(path, "/-/review?code=worldwide", {"finding": str(number), "verdict": "correct:limited", "reviewer": "ada"})
    assert answer.status_code == 302
    assert "Nothing is waiting" in get(path, "/-/review?code=worldwide").text
    row = store.first(store.open_store(path), "select verdict, correction, reviewer from review")
    assert row == {"verdict": "correct", "correction": "limited", "reviewer": "ada"}


@pytest.mark.parametrize("form", [{"finding": "1", "verdict": "maybe"}, {"finding": "999", "verdict": "accept"}, {}])
def test_a_wrong_answer_is_refused(path: Path, form: dict[str, str]) -> None:
    assert post(path, "/-/review", form).status_code == 400
    assert store.first(store.open_store(path), "select count(*) as n from review") == {"n": 0}


def test_it_listens_on_this_machine_only(path: Path) -> None:
    arguments = private_site.arguments(path, 8002)
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
