"""Chromium is found in the stated order, started, and shown a page."""

import asyncio
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from crawler import browser
from crawler.errors import UserMistake


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing installed but what the test puts on the PATH."""
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    return tmp_path


def test_nothing_is_none_and_said(bare: Path) -> None:
    assert browser.find() is None
    with pytest.raises(UserMistake, match=r"playwright install chromium.*CHROMIUM_PATH"):
        browser.launch_options()


def test_the_system_names_are_tried_in_order(bare: Path) -> None:
    for name in reversed(browser.SYSTEM_NAMES):
        expected = program(bare, name)
        assert browser.find() == expected


def test_playwrights_own_goes_before_the_system(bare: Path) -> None:
    program(bare, "chromium")
    own = browser._ask_playwright()
    own.parent.mkdir(parents=True)
    program(own.parent, own.name)
    assert browser.find() == own


def test_the_variable_goes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium")
    named = program(bare, "my-browser")
    monkeypatch.setenv("CHROMIUM_PATH", str(named))
    assert browser.find() == named
    monkeypatch.setenv("CHROMIUM_PATH", str(bare / "gone"))
    with pytest.raises(UserMistake, match="no such program"):
        browser.find()


def test_it_can_be_asked_inside_an_event_loop(bare: Path) -> None:
    async def ask() -> Path | None:
        return browser.find()

    assert asyncio.run(ask()) is None


def test_a_failed_installation_names_both_ways(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[1:] == ["-m", "playwright", "install", "chromium"]
        return subprocess.CompletedProcess(command, 1, "", "Downloading\nError: no route to host\n")

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(UserMistake, match=r"no route to host.*playwright install chromium.*chromium package") as mistake:
        browser.install()
    assert "\n" not in str(mistake.value)


def test_root_and_ci_do_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert not browser.can_sandbox({})
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not browser.can_sandbox({"CI": "true"})
    options = browser.launch_options(Path("/x/chromium"))
    assert ("--no-sandbox" in options["args"]) is not options["chromium_sandbox"]


@pytest.mark.browser
def test_the_real_browser_renders_a_page() -> None:
    found = browser.find()
    if found is None:
        pytest.skip("no Chromium on this machine")
    options = browser.launch_options(found)
    assert set(browser.ARGUMENTS) <= set(options["args"])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**options)
        page = chromium.new_page()
        page.set_content("<p>before</p><script>document.querySelector('p').textContent = 'after ' + (40 + 2)</script>")
        assert page.text_content("p") == "after 42"
        chromium.close()
