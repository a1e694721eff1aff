"""Whom we may ask, and under what name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from kind_reading import source
from scrapy.http import Request, Response

from crawler import settings as scrapy_settings
from crawler.config import Config
from crawler.download.archive import ArchiveResponse
from crawler.download.public_only import PublicOnly, refuse_private
from crawler.errors import ConfigError
from crawler.records import Ask, Role, Source
from crawler.spiders import _manners
from crawler.spiders._failures import Refused

PRIVATE = [
    "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fd00::7",
    "::ffff:127.0.0.1", "100.64.0.1", "printer", "board.local", "db.internal", "gigs.localhost", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "boards.example", "larkspur.example", "2606:4700::1111"]
CONTACT = "desk@callboard.example"


def public(**keys: str) -> Source:
    """A source on the open web."""
    return source("greenhouse", board="b", **keys)


@pytest.mark.parametrize(("name", "private"), [*((name, True) for name in PRIVATE), *((name, False) for name in PUBLIC)])
def test_private_addresses(name: str, private: bool) -> None:
    assert _manners.is_private(name) is private


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("https://larkspur.example/gigs", None),
        ("http://127.0.0.1:8001/gigs", "private_address"),
        ("http://localhost/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://[::1]/", "private_address"),
        ("http://2130706433/", "private_address"),
        ("http://user:word@10.0.0.7/", "private_address"),
        ("ftp://larkspur.example/gigs", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://", "private_address"),
    ],
)
def test_what_a_public_source_may_lead_to(url: str, failure: str | None) -> None:
    refusal = _manners.refusal(url, public(), CONTACT)
    assert (refusal[0] if refusal else None) == failure
    assert refusal is None or url in refusal[1]


def test_without_a_contact_only_loopback_is_asked() -> None:
    assert (_manners.refusal("https://larkspur.example/", public(), " ") or ("",))[0] == "no_contact"
    with pytest.raises(ConfigError, match="no contact is configured, so larkspur"):
        _manners.allowed(public(), [Ask("https://larkspur.example/gigs", Role.LISTING)], Config())
    _manners.allowed(public(), [Ask("http://127.0.0.1:9/gigs", Role.LISTING)], Config())
    _manners.allowed(public(), [Ask("https://larkspur.example/gigs", Role.LISTING)], Config(contact=CONTACT))


def test_the_name_we_give_is_ours_and_says_how_to_reach_us() -> None:
    assert _manners.user_agent(CONTACT).startswith("Callboard/")
    assert CONTACT in _manners.user_agent(CONTACT)
    assert "no contact set" in _manners.user_agent("")


def crawler_of(known: Source) -> SimpleNamespace:
    """As much of Scrapy's crawler as the middlewares look at."""
    run = SimpleNamespace(source=known, settings=Config(contact=CONTACT))
    return SimpleNamespace(spider=SimpleNamespace(run=run))


def test_a_redirect_into_a_private_network_is_stopped_before_it_is_asked_for() -> None:
    out = PublicOnly(crawler_of(public()))
    out.process_request(Request("https://larkspur.example/gigs"))
    with pytest.raises(Refused, match="private address"):
        out.process_request(Request("http://192.168.0.1/admin", meta={"redirect_urls": ["https://larkspur.example/gigs"]}))


def test_an_answer_from_a_private_network_is_not_archived() -> None:
    archive = ArchiveResponse(crawler_of(public()))
    request = Request("https://larkspur.example/gigs")
    with pytest.raises(Refused, match="answered from the private address"):
        archive.process_response(request, Response(request.url, ip_address="10.0.0.7"))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="private address"):
        archive.process_response(request, Response("http://10.0.0.7/gigs"))


@pytest.mark.parametrize(("name", "address"), [("larkspur.example", "10.0.0.7"), ("larkspur.example", "127.0.0.1"), ("x.example", "::1")])
def test_a_public_name_may_not_stand_for_a_private_address(name: str, address: str) -> None:
    with pytest.raises(Refused, match=name):
        refuse_private(address, name)


def test_other_names_resolve() -> None:
    assert refuse_private("93.184.215.14", "larkspur.example") == "93.184.215.14"
    assert refuse_private("127.0.0.1", "localhost") == "127.0.0.1"


def test_scrapy_is_told_to_be_polite_and_to_listen_nowhere() -> None:
    assert scrapy_settings.ROBOTSTXT_OBEY is True
    assert scrapy_settings.TELNETCONSOLE_ENABLED is scrapy_settings.REMOTE_CONTROL_ENABLED is False
    assert scrapy_settings.COOKIES_ENABLED is False
    assert 429 not in scrapy_settings.RETRY_HTTP_CODES
    assert Config().delay >= 1.0 and Config().per_host <= 2
