"""Alerts: told once when a source begins to need a person, once when it is well again, and again if an address did not take it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlite_utils import Database
from werkzeug import Response

from crawler import notifying, store
from crawler.errors import ConfigError
from crawler.health import Health

NOW = "2026-11-22T04:00:00Z"
WELL = Health("larkspur", "greenhouse", "2026-11-20T03:00:00Z", "complete", "", 12, 12.0, 2, 0, 0, False, False)
BROKEN = replace(WELL, outcome="failed", reason="it answered 503", seen=0, failures=2, issues=1, needs_person=True)
FORGOTTEN = replace(WELL, overdue=True, needs_person=True)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """An empty store."""
    return store.open_store(tmp_path / "store.db")


def address(server: HTTPServer) -> str:
    """An address that posts JSON to the server."""
    return f"json://127.0.0.1:{server.port}/hook"


def told(server: HTTPServer) -> list[tuple[str, str]]:
    """(title, message) of all that arrived."""
    bodies = [json.loads(request.get_data()) for request, _ in server.log]
    return [(body["title"], body["message"]) for body in bodies]


def test_a_broken_source_is_told_of_once_and_so_is_its_recovery(db: Database, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    nights = [[WELL], [BROKEN], [BROKEN], [WELL], [WELL], [FORGOTTEN]]
    assert [notifying.notify(db, night, address(httpserver), NOW).sent for night in nights] == [0, 1, 0, 1, 0, 1]
    titles, bodies = zip(*told(httpserver), strict=True)
    needs, well = "Callboard: larkspur needs a person", "Callboard: larkspur is well again"
    assert titles == (needs, well, needs)
    assert bodies[0] == (
        "Last crawl: failed: it answered 503. Seen: 0, usually 12, at least 2. Last complete crawl: 2026-11-20T03:00:00Z. "
        "Open issues: 1. `callboard status` shows all sources."
    )
    assert "is the scheduler running?" in bodies[2]


def test_each_source_has_its_own_message(db: Database, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    both = [BROKEN, replace(BROKEN, source="saltcellar"), replace(WELL, source="footlight")]
    assert notifying.notify(db, both, address(httpserver), NOW).sent == 2
    assert {title for title, _ in told(httpserver)} == {f"Callboard: {name} needs a person" for name in ("larkspur", "saltcellar")}


def test_what_could_not_be_sent_goes_out_with_the_next_run(db: Database, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/hook").respond_with_response(Response(status=500))
    httpserver.expect_ordered_request("/hook").respond_with_data("ok")
    assert notifying.notify(db, [BROKEN], address(httpserver), NOW) == notifying.Told(sent=0, waiting=1)
    assert notifying.notify(db, [BROKEN], address(httpserver), NOW) == notifying.Told(sent=1, waiting=0)
    assert [(row["channel"], row["sent_at"]) for row in store.select(db, "select * from notification")] == [("json", NOW)]


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ("", "no address is set; set notify"),
        ("  ", "no address is set"),
        ("pigeon://loft:secret@roof", "pigeon://... is no kind of address"),
    ],
)
def test_a_wrong_address_is_the_users_mistake_and_no_password_is_printed(db: Database, addresses: str, said: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        notifying.notify(db, [BROKEN], addresses, NOW)
    assert said in str(wrong.value) and "secret" not in str(wrong.value)
    assert store.select(db, "select * from notification") == []
