"""Why a page did not come; which page is a wall; which link leads to the fine print. The data files' own examples are tests."""

from __future__ import annotations

from typing import Any

import pytest
from kind_reading import PAYLOADS
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response, TextResponse
from twisted.internet import error as net

from crawler import lifecycle
from crawler.spiders import _failures, _linked

EXAMPLES = [(wall["failure"], example) for wall in _failures.walls() for example in wall["example"]]
WALLS = {
    "Anorov__cloudflare-scrape__js_challenge_10_04_2019.html": "bot_wall",
    "FlareSolverr__FlareSolverr__cloudflare_captcha_hcaptcha_v1.html": "bot_wall",
    "FlareSolverr__FlareSolverr__cloudflare_init_v1.html": "bot_wall",
    "VeNoMouS__cloudscraper__js_challenge-27-05-2020.html": "bot_wall",
    "VeNoMouS__cloudscraper__reCaptcha_challenge_12_12_2019.html": "bot_wall",
    "codemanki__cloudscraper__access_denied.html": "bot_wall",
    "codemanki__cloudscraper__captcha.html": "bot_wall",
    "codemanki__cloudscraper__page_with_recaptcha.html": None,
    "TeamHG-Memex__Formasaurus__weblogin.pennkey.upenn.edu-0.html": "login_wall",
    "18F__join.tts.gsa.gov__content-strategist_index.html": None,
    "18F__join.tts.gsa.gov__login-director_index.html": None,
    "honzajavorek__junior.guru__remoteok_error.html": None,
    "juniorguru__plucker__linkedin_expired.html": None,
    "mission-apprentissage__labonnealternance__503.html": None,
    "santifer__career-ops__linkedin-guest-closed.html": None,
}


@pytest.mark.parametrize(("failure", "example"), EXAMPLES)
def test_the_examples_of_walls(failure: str, example: dict[str, Any]) -> None:
    found = _failures.wall_in(example["page"], example.get("status", 200))
    assert found == (failure if example["hit"] else None)


def test_every_wall_has_a_hit_and_a_near_miss() -> None:
    for wall in _failures.walls():
        assert {example["hit"] for example in wall["example"]} == {True, False}, wall["failure"]


@pytest.mark.parametrize("name", WALLS)
def test_recorded_walls(name: str) -> None:
    path = PAYLOADS / "walls" / name
    if not path.is_file():
        pytest.skip(f"no recorded page walls/{name} beside the project")
    assert _failures.wall_in(path.read_text("utf-8", "replace")[: _failures.LOOKED_AT], 200) == WALLS[name]


@pytest.mark.parametrize("folder", ["jsonld_jobposting", "listing_html"])
def test_no_recorded_board_is_taken_for_a_wall(folder: str) -> None:
    pages = sorted((PAYLOADS / folder).glob("*.html"))
    if not pages:
        pytest.skip(f"no recorded pages {folder} beside the project")
    found = {path.name: _failures.wall_in(path.read_text("utf-8", "replace")[: _failures.LOOKED_AT], 200) for path in pages}
    assert {name: wall for name, wall in found.items() if wall} == {}


@pytest.mark.parametrize("example", _linked.vocabulary()["example"], ids=lambda example: example["label"])
def test_the_examples_of_linked_documents(example: dict[str, Any]) -> None:
    assert _linked.leads_to_document(example["label"], example["url"]) is example["hit"]


@pytest.mark.parametrize("url", ["mailto:desk@larkspur.example", "javascript:void(0)", "ftp://larkspur.example/licence.pdf"])
def test_only_web_pages_are_documents(url: str) -> None:
    assert not _linked.leads_to_document("talent release", url)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (net.DNSLookupError("larkspur.example"), "dns"),
        (TimeoutError(), "timeout"),
        (DownloadTimeoutError(), "timeout"),
        (DownloadConnectionRefusedError(), "refused"),
        (CannotResolveHostError(), "dns"),
        (ResponseDataLossError(), "cut_off"),
        (net.ConnectionLost(), "connection_lost"),
        (net.NoRouteError("no route"), "unreachable"),  # type: ignore[no-untyped-call]
        (DownloadCancelledError("larger than max_body"), "too_large"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (IgnoreRequest("max redirections reached"), "redirects"),
        (IgnoreRequest("... exceeded DOWNLOAD_MAXSIZE (20 B) during decompression."), "too_large"),
        (IgnoreRequest("anything else"), "other"),
        (_failures.Refused("private_address", "http://10.0.0.7/"), "private_address"),
        (ValueError("of our own"), "other"),
    ],
)
def test_the_class_of_an_error(error: BaseException, failure: str) -> None:
    assert _failures.of_error(error) == failure


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (TextResponse("http://x.example", body=b"{}"), None),
        (Response("http://x.example", body=b""), "empty_body"),
        (Response("http://x.example", body=b" \n"), "empty_body"),
        (Response("http://x.example", 404, body=b"gone"), "http_404"),
        (Response("http://x.example", 503), "http_503"),
        (Response("http://x.example", 304), "empty_body"),
        (HtmlResponse("http://x.example", 403, {"Content-Type": "text/html"}, b"<title>Just a moment...</title>"), "bot_wall"),
        (TextResponse("http://x.example", 200, {"Content-Type": "application/json"}, b'["Just a moment..."]'), None),
    ],
)
def test_the_class_of_an_answer(response: Response, failure: str | None) -> None:
    assert _failures.of_response(response) == failure


def test_every_class_of_failure_has_words() -> None:
    known = {word for _, word in (*_failures.BY_TYPE, *_failures.BY_WORDS)} | {wall["failure"] for wall in _failures.walls()}
    assert {each for each in known if each not in lifecycle.WORDS} == set()
    assert lifecycle.said("http_503") == "it answered 503"
