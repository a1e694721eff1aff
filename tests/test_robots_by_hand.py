"""A page asked for by hand (`read`, `attach`, `sources check`, `sources discover`) obeys robots.txt as a crawl does."""

from __future__ import annotations

import httpx
import pytest
from pytest_httpserver import HTTPServer

from crawler.config import Config
from crawler.errors import UserMistake
from crawler.one_page import fetch, robots_refusal

FORBIDS = "User-agent: *\nDisallow: /gig\n"


@pytest.mark.parametrize(
    ("status", "rules", "refusal"),
    [
        (200, "User-agent: *\nDisallow:\n", None),
        (200, FORBIDS, "robots.txt forbids fetching it"),
        (200, f"User-agent: callboard\nAllow: /gig\n\n{FORBIDS}", None),  # a group of our own comes first (RFC 9309, 2.2.1)
        (404, FORBIDS, None),
        (503, "", "robots.txt answered 503, so whether it may be fetched is not known"),
    ],
)
def test_robots_is_asked_first(httpserver: HTTPServer, status: int, rules: str, refusal: str | None) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(rules, status=status)
    with httpx.Client() as client:
        assert robots_refusal(client, httpserver.url_for("/gig/1")) == refusal


def test_a_page_whose_robots_cannot_be_had_is_not_fetched(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=500)
    httpserver.expect_request("/gig/1").respond_with_data("a gig")
    with pytest.raises(UserMistake, match=r"robots\.txt answered 500, .*; save the page in a browser and read the file"):
        fetch(httpserver.url_for("/gig/1"), Config())
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt"]
