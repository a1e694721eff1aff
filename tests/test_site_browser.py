"""The site in real Chromium: two stories from end to end, hostile words inert, every page within the screen, axe-core if at hand."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from published import sample
from served import served
from test_site import pages

from analysis.canned import queries

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
AXE = Path(os.environ.get("NODE_MODULES", ROOT / "node_modules")) / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with an empty profile."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield started
        started.close()


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    """The site over the sample store, whose gigs carry hostile titles."""
    with served(sample()) as address:
        yield address


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over three nights of the sample boards, with their archive."""
    folder = tmp_path_factory.mktemp("nights")
    demo = [sys.executable, "-m", "analysis", "demo", "--no-serve", "--data", str(folder)]
    subprocess.run(demo, check=True, cwd=ROOT, capture_output=True, timeout=500)
    with served(folder) as address:
        yield address


def opened(browser: Browser, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page, and the list in which everything that must not happen is written down."""
    wrong: list[str] = []
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=dark)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    page.on("request", lambda asked: None if _ours(asked.url) else wrong.append(f"asked for {asked.url}"))
    return page, wrong


def _ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.mark.parametrize("width", [1280, 360])
def test_hostile_words_do_nothing_and_every_page_fits(browser: Browser, hostile: str, width: int) -> None:
    page, wrong = opened(browser, width, "dark" if width == 360 else "light")
    for path in pages():
        page.goto(hostile + path)
        assert page.evaluate("window.pwned") is None, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("main").is_visible(), path
    assert wrong == []


def test_the_story_of_a_promise_that_was_removed(browser: Browser, nights: str) -> None:
    page, wrong = opened(browser)
    page.goto(nights)
    page.get_by_role("link", name="only promises removed").click()
    page.get_by_role("link", name="what differs, word by word").first.click()
    assert page.locator("main del").count() > 0
    both = page.get_by_role("link", name="archived page")
    assert both.count() == 2
    for path in [both.nth(each).get_attribute("href") for each in (0, 1)]:
        assert "Proved." in httpx.get(f"{nights}{path}").text
    page.locator(".crumbs a").first.click()
    page.get_by_role("button", name="Copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "as of 21 November 2026" in copied and "SHA-256" in copied
    permanent = page.locator("#cite ~ .cite a").first.get_attribute("href")
    page.goto(f"{nights}{permanent}")
    assert "As it stood at the end of 21 November 2026" in page.inner_text("main")
    assert wrong == []


def test_the_story_of_voice_pay_by_month_as_csv(browser: Browser, nights: str) -> None:
    page, wrong = opened(browser)
    page.goto(nights)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Trends").click()
    options = page.locator("select[name=cut] option").all_inner_texts()
    if "voice" in options:
        page.select_option("select[name=cut]", "modality:voice")
        page.get_by_role("button", name="Show").click()
    link = page.locator("section", has_text="Guaranteed pay by month").get_by_role("link", name="CSV").first.get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(httpx.get(f"{nights}{link}").text)))
    assert rows and {"month", "n", "median", "low", "high", "shown"} <= set(rows[0])
    assert wrong == []


def test_a_gig_is_read_by_keyboard_alone(browser: Browser, nights: str) -> None:
    page, _ = opened(browser)
    page.goto(nights)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    for _each in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.fig') !== null"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_focus_is_seen_wherever_it_goes(browser: Browser, nights: str) -> None:
    page, _ = opened(browser)
    gig = httpx.get(f"{nights}/callboard/postings.json?_shape=array&licences_read__gt=0").json()[0]["id"]
    for path in ("/", f"/callboard/postings/{gig}", "/callboard/postings", "/how-to-query"):
        page.goto(nights + path)
        for _each in range(30):
            page.keyboard.press("Tab")
            seen = "e => e === document.body || (getComputedStyle(e).outlineStyle !== 'none' && e.getBoundingClientRect().right > 0)"
            assert page.evaluate(f"({seen})(document.activeElement)"), (path, page.evaluate("document.activeElement.outerHTML"))


def test_nothing_moves_while_a_page_loads(browser: Browser, nights: str) -> None:
    moved = """() => new Promise(done => {
        let sum = 0;
        const watch = new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; });
        watch.observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => setTimeout(() => done(sum), 300));
    })"""
    gig = httpx.get(f"{nights}/callboard/postings.json?_shape=array&licences_read__gt=0").json()[0]["id"]
    for width in (1280, 360):
        page, _ = opened(browser, width)
        for path in ("/", f"/callboard/postings/{gig}", "/trends", "/callboard/postings", "/sources", "/glossary"):
            page.goto(nights + path)
            assert page.evaluate(moved) < 0.01, (width, path)


def test_times_are_utc_and_tell_the_readers_own_zone(browser: Browser, hostile: str) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.goto(hostile)
    first = page.locator("main time").first
    assert first.inner_text() == "21 November 2026, 03:00 UTC"
    assert "20 November 2026 at 22:00, America/New_York" in (first.get_attribute("title") or "")
    assert "All times are UTC; point at a time to see it in America/New_York." in page.inner_text("footer")
    context.close()


def test_every_page_works_without_scripts(browser: Browser, hostile: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    for path in kinds():
        page.goto(hostile + path)
        assert page.locator("main h1").count() == 1 and page.locator("main h1").inner_text(), path
    page.goto(f"{hostile}/trends")
    assert page.locator("figure svg").count() > 0
    context.close()


def test_a_chart_is_taken_away_as_a_picture(browser: Browser, hostile: str) -> None:
    page, wrong = opened(browser)
    page.goto(f"{hostile}/trends")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PNG").first.click()
    picture = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(".png")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(picture[16:20], "big") == 1280
    assert len(picture) > 8000
    assert wrong == []


def test_a_printed_gig_is_whole(browser: Browser, nights: str) -> None:
    page, _ = opened(browser)
    gig = httpx.get(f"{nights}/callboard/postings.json?_shape=array&licences_read__gt=0").json()[0]["id"]
    page.goto(f"{nights}/callboard/postings/{gig}")
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible() and page.locator("#words").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf(format="A4").startswith(b"%PDF")


def kinds() -> list[str]:
    """One address of every kind of page; saved queries are one kind, of which a few stand for all."""
    saved = [f"/callboard/{query.name}" for query in queries()]
    other = ["/nothing", "/callboard?sql=select+1", "/callboard?sql=select+*+from+nothing", "/callboard/terms/1", "/callboard/kept"]
    return [*(path for path in pages() if path not in saved[4:]), *other]


def serious(page: Page, address: str, paths: list[str]) -> list[tuple[str, str, str]]:
    """What axe-core finds to be serious or critical on the pages: path, rule, element."""
    found = []
    for path in paths:
        page.goto(address + path)
        page.evaluate(AXE.read_text("utf-8"))
        broken = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)["violations"]
        found += [(path, each["id"], each["nodes"][0]["html"][:100]) for each in broken if each["impact"] in ("serious", "critical")]
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_serious(browser: Browser, hostile: str, nights: str, scheme: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: npm install --no-save axe-core, or name the folder of node modules in NODE_MODULES")
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=dark, bypass_csp=True)
    page = context.new_page()
    assert serious(page, hostile, kinds()) == []
    gigs = httpx.get(f"{nights}/callboard/postings.json?_shape=array&licences_read__gt=0").json()
    assert serious(page, nights, [f"/callboard/postings/{gigs[0]['id']}", gigs[0]["evidence"], f"{gigs[0]['evidence']}/view"]) == []
    context.close()
