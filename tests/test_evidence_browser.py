"""A hostile archived page in a real Chromium, on a real Datasette: it does nothing and asks for nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import sync_playwright
from pytest_httpserver import HTTPServer
from test_evidence import HOSTILE, PLUGINS, fill

from crawler import browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Datasette over the captures of `fill`."""
    folder = tmp_path_factory.mktemp("served")
    fill(folder)
    (folder / "plugins").mkdir()
    for name in ("evidence.py", "evidence.html"):
        (folder / "plugins" / name).symlink_to(PLUGINS / name)
    yield from serve(folder)


def serve(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(folder / "callboard.db"), "--plugins-dir", str(folder / "plugins")]
    environment = os.environ | {"CALLBOARD_WARC": str(folder / "warc"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([*command, "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stderr is not None
        try:
            line = next(line for line in child.stderr if "running on" in line)
            yield line.split("running on ")[1].split()[0]
        finally:
            child.terminate()


@pytest.fixture
def page() -> Iterator[Any]:
    """A page of a real browser; a dialog fails the test."""
    found = browser.find()
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options(found))
        made = chromium.new_page()
        made.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        yield made
        chromium.close()


def test_the_evidence_page_is_inert(served: str, page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/-/evidence/1", wait_until="networkidle")
    frame = page.frame(url=f"{served}/-/evidence/1/view")
    frame.get_by_text("terms").click()
    assert frame.inner_text("h1") == "Voice actor"
    assert frame.evaluate("getComputedStyle(document.body).maxWidth") == "800px"
    assert frame.evaluate("[typeof window.pwned, window.origin, document.scripts.length]") == ["undefined", "null", 0]
    assert page.title() == "Archived response 1"
    assert [url for url in asked if not url.startswith(("data:", served))] == []


def hostile_on(server: HTTPServer, headers: dict[str, str], *without: str) -> None:
    """The hostile page, with its evil host on this server, where every request can be counted."""
    body = HOSTILE.replace("//evil.example", f"//{server.host}:{server.port}")
    for part in without:
        body = body.replace(part, "")
    server.expect_request("/hostile").respond_with_data(body, headers=headers)


def asked_of(server: HTTPServer) -> set[str]:
    return {request.path for request, _ in server.log} - {"/hostile"}


def test_the_policy_alone_would_hold(served: str, page: Any, httpserver: HTTPServer) -> None:
    sent = httpx.get(f"{served}/-/evidence/1/view").headers
    hostile_on(httpserver, {"Content-Security-Policy": sent["content-security-policy"], "Content-Type": sent["content-type"]})
    page.goto(httpserver.url_for("/hostile"), wait_until="networkidle")
    assert page.evaluate("[typeof window.pwned, window.origin]") == ["undefined", "null"]
    assert asked_of(httpserver) == set()


def test_without_the_policy_the_same_page_bites(page: Any, httpserver: HTTPServer) -> None:
    hostile_on(httpserver, {"Content-Type": "text/html; charset=utf-8"}, "alert(1)", 'http-equiv="refresh"')
    page.goto(httpserver.url_for("/hostile"), wait_until="networkidle")
    assert page.title() == "pwned"
    assert {"/s.css", "/i.css", "/p.png", "/x.js"} <= asked_of(httpserver)
