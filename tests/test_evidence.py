"""Archived pages on the site: served from the WARC, proved on the spot, inert, with contact details covered. Pages are invented."""

import asyncio
import hashlib
import json
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from analysis import inert
from crawler.capture import Archive, Exchange, urn
from crawler.records import Capture, Page, Role

PLUGINS = Path(inert.__file__).parent / "site" / "plugins"
AT, LATER = "2026-11-21T02:14:07Z", "2026-11-22T02:14:07Z"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
HOSTILE = """<!doctype html><html><head><base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example/r">
<link rel="stylesheet" href="//evil.example/s.css"><style>@import url(//evil.example/i.css);
body{background:url(//evil.example/b.png)}</style><script src="//evil.example/x.js"></script>
<script>window.pwned = document.title = "pwned"; alert(1)</script></head><body onload="pwned=1">
<h1 style="position:fixed;background:url(//evil.example/h.png)">Voice actor</h1><p>$30 an hour \u202efor ever\u202c</p>
<img src="//evil.example/p.png" onerror="pwned=1"><img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<svg onload="pwned=1"><script>pwned=1</script></svg><iframe src="//evil.example/f"></iframe><object data="//evil.example/o"></object>
<form action="//evil.example/a"><input name=q autofocus onfocus="pwned=1"></form>
<a href="javascript:pwned=1" target=_top>terms</a> <a href="//evil.example/t">more</a>
<video src="//evil.example/v" autoplay></video><p>Contact: <b>Jane</b> Doe, jane.doe@invented.example</p>
<math><mtext><img src=x onerror=pwned=1></mtext></math><template><img src="//evil.example/t.png"></template>
<noscript><p title="</noscript><img src=//evil.example/n onerror=pwned=1>"></body></html>"""
BOARD = json.dumps({"jobs": [{"id": 1, "content": "&lt;p&gt;Contact: &lt;b&gt;Jane&lt;/b&gt; Doe&lt;/p&gt;&lt;p&gt;$30&lt;/p&gt;"}]})
QUIET = "<p>Voice actor, $30 an hour, f\u00fcr immer</p>"
COLUMNS = ["url", "role", "fetched_at", "status", "mime", "encoding", "size", "sha256", "warc", "offset", "length", "revisit_of", "parent"]


def fill(folder: Path) -> list[Capture]:
    """A WARC folder and `callboard.db` with these captures: ids count from 1."""
    with Archive(folder / "warc", "board", AT) as archive:
        exchange = Exchange("https://board.example/jobs/1", Role.POSTING, 200, HTML, HOSTILE.encode(), AT)
        hostile = archive.write_exchange(exchange)
        quiet = archive.write_exchange(replace(exchange, url="https://board.example/jobs/2", body=QUIET.encode()))
        again = archive.write_revisit(Exchange(quiet.url, Role.POSTING, 304, (), b"", LATER), quiet, 2)
        as_json = (("Content-Type", "application/json"),)
        board = archive.write_exchange(replace(exchange, url="https://api.example/b", response_headers=as_json, body=BOARD.encode()))
        png = b"\x89PNG\r\n\x1a\n" + bytes(60)
        shot = archive.write_resource(urn(Role.SCREENSHOT, hostile.url), "image/png", png, hostile)
        clean_shot = archive.write_resource(urn(Role.SCREENSHOT, quiet.url), "image/png", png, quiet)
    wrong = replace(quiet, sha256="0" * 64)
    captures = [hostile, quiet, again, board, replace(shot, parent=1), replace(clean_shot, parent=2), wrong]
    with sqlite3.connect(folder / "callboard.db") as db:
        db.execute(f"create table captures (id integer primary key, {', '.join(COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        db.executemany(f"insert into captures values (null, {marks})", [[getattr(made, name) for name in COLUMNS] for made in captures])
    db.close()
    return captures


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Capture]]:
    """Data, and a plugins folder with nothing but ours in it: any Datasette can use it."""
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "plugins").mkdir()
    for name in ("evidence.py", "evidence.html"):
        (folder / "plugins" / name).symlink_to(PLUGINS / name)
    return folder, fill(folder)


def ask(folder: Path, path: str, actor: str | None = None, **plugin: str) -> httpx.Response:
    usual = {"warc_dir": str(folder / "warc"), "allow_uncovered": {"id": "editor"}}
    metadata: dict[str, Any] = {"plugins": {"evidence": plugin or usual}}
    ds = Datasette([], immutables=[str(folder / "callboard.db")], metadata=metadata, plugins_dir=str(folder / "plugins"))

    async def get() -> httpx.Response:
        await ds.invoke_startup()
        cookies = {"ds_actor": ds.sign({"a": {"id": actor}}, "actor")} if actor else {}
        response: httpx.Response = await ds.client.get(path, cookies=cookies)
        return response

    return asyncio.run(get())


House = tuple[Path, list[Capture]]


def test_the_banner_says_when_and_from_where_and_proves_it(house: House) -> None:
    folder, captures = house
    page = ask(folder, "/-/evidence/2")
    assert page.status_code == 200
    assert "https://board.example/jobs/2" in page.text
    assert "21 November 2026, 02:14:07 UTC" in page.text
    assert "✓ Proved" in page.text
    assert page.text.count(hashlib.sha256(QUIET.encode()).hexdigest()) == 2
    assert captures[1].warc in page.text
    assert '<iframe src="/-/evidence/2/view" sandbox=""' in page.text
    assert "covered with █" in page.text
    assert "Some are covered here" not in page.text


def test_the_view_is_locked(house: House) -> None:
    view = ask(house[0], "/-/evidence/1/view")
    policy = view.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "img-src data:; sandbox;" in policy
    assert view.headers["x-content-type-options"] == "nosniff"
    for word in ("evil.example", "pwned", "<script", "<svg", "<iframe", "<form", "href", "onerror", "style=", "\u202e", "Jane", "Doe"):
        assert word not in view.text
    for word in ("<h1>Voice actor</h1>", "$30 an hour for ever", 'src="data:image/gif', "terms", "Contact: <b>████</b>████"):
        assert word in view.text


def test_a_revisit_shows_the_bytes_of_its_original(house: House) -> None:
    page = ask(house[0], "/-/evidence/3")
    assert "22 November 2026, 02:14:07 UTC" in page.text
    assert 'the bytes are those of <a href="/-/evidence/2">capture 2</a>' in page.text
    assert "Voice actor" in ask(house[0], "/-/evidence/3/view").text


def test_a_board_is_readable_and_covered(house: House) -> None:
    view = ask(house[0], "/-/evidence/4/view")
    assert "&lt;p&gt;$30&lt;/p&gt;" in view.text
    assert "Jane" not in view.text
    taken = ask(house[0], "/-/evidence/4/download")
    assert "Jane" not in taken.text
    assert json.loads(taken.text)["jobs"][0]["id"] == 1


DOWNLOADS = [
    (1, None, False),
    (2, None, True),
    (3, None, True),
    (4, None, False),
    (6, None, True),
    (1, "editor", True),
    (5, "editor", True),
]


@pytest.mark.parametrize(("number", "actor", "exact"), DOWNLOADS)
def test_what_may_be_taken_away(house: House, number: int, actor: str | None, exact: bool) -> None:
    taken = ask(house[0], f"/-/evidence/{number}/download", actor)
    assert taken.status_code == 200
    assert taken.headers["content-type"].startswith("text/plain")
    covered = "" if exact else "-covered"
    assert taken.headers["content-disposition"] == f'attachment; filename="capture-{number}{covered}.txt"'
    assert (hashlib.sha256(taken.content).hexdigest() == house[1][number - 1].sha256) is exact
    assert exact or b"jane.doe@" not in taken.content


def test_a_picture_of_contact_details_is_held_back(house: House) -> None:
    assert "not shown" in ask(house[0], "/-/evidence/5").text
    assert "data:image/png" not in ask(house[0], "/-/evidence/5/view").text
    assert ask(house[0], "/-/evidence/5/download").status_code == 404
    assert "data:image/png" in ask(house[0], "/-/evidence/6/view").text


def test_bytes_that_do_not_match_are_not_shown(house: House) -> None:
    page = ask(house[0], "/-/evidence/7")
    assert page.status_code == 500
    assert "✗ Not proved" in page.text
    assert "do not match their digest" in page.text
    assert str(house[0]) not in page.text
    assert "Voice actor" not in ask(house[0], "/-/evidence/7/view").text
    assert ask(house[0], "/-/evidence/7/download").status_code == 404


def test_what_is_not_there_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(house[0], "/-/evidence/99").status_code == 404
    assert ask(house[0], "/-/evidence/x").status_code == 404
    monkeypatch.delenv("CALLBOARD_WARC", raising=False)
    assert "No WARC folder is configured" in ask(house[0], "/-/evidence/2", database="callboard").text
    monkeypatch.setenv("CALLBOARD_WARC", str(house[0] / "warc"))
    assert "✓ Proved" in ask(house[0], "/-/evidence/2", database="callboard").text


PAGES = [
    (b"", "text/html", True),
    (b"<div>" * 100_000 + b"<p>in", "text/html", True),
    (b'{"a": ' + b"[" * 100_000, "application/json", True),
    (b"[" * 100_000 + b"]" * 100_000, "application/json", True),
    (b"plain <b>words</b>", "text/plain", True),
    (b"<svg onload=x()>", "image/svg+xml", True),
    (b"%PDF-1.7 broken", "application/pdf", False),
    (b"\x00\x01\x02", "application/octet-stream", False),
    (b"word " * 400_000, "text/html", True),
    (b" ".join(b"a%d@x.example" % n for n in range(600)), "text/html", False),
]


@pytest.mark.parametrize(("body", "mime", "can_be_shown"), PAGES, ids=range(len(PAGES)))
def test_any_response_is_shown_inert_or_not_at_all(body: bytes, mime: str, can_be_shown: bool) -> None:
    started = time.process_time()
    shown = inert.show(Page("https://x.example/", Role.POSTING, body, mime, 200, AT))
    assert time.process_time() - started < 3
    assert (shown.html is not None) is can_be_shown
    assert "<svg" not in (shown.html or "")
    assert shown.download is None or not shown.exact or shown.download == body
