"""One page fetched by hand for `callboard read URL` and `callboard attach`: same name, same manners, same limits as a crawl."""

from __future__ import annotations

import httpx

from crawler.config import Config
from crawler.errors import ConfigError, UserMistake
from crawler.spiders import _failures, _manners


def fetch(url: str, settings: Config) -> tuple[bytes, str | None]:
    """The bytes of a page and the charset its server named.

    Raises UserMistake for a page that does not come, is too large, or that robots.txt forbids; ConfigError without a contact.
    """
    if not settings.contact.strip() and not _manners.is_loopback(_manners.host(url)):
        raise ConfigError(f"{url}: no contact is configured; set contact in callboard.toml or CALLBOARD_CONTACT, or read a saved file")
    headers = {"User-Agent": _manners.user_agent(settings.contact)}
    with httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=True, max_redirects=5) as client:
        refusal = robots_refusal(client, url)
        if refusal:
            raise UserMistake(f"{url}: {refusal}; save the page in a browser and read the file")
        try:
            with client.stream("GET", url) as answer:
                return _body(answer, settings.max_body), answer.charset_encoding
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UserMistake(f"{url}: cannot be fetched ({_failures.sentence(error)}); check the address") from error


def _body(answer: httpx.Response, limit: int) -> bytes:
    if answer.status_code >= 400:
        raise UserMistake(f"{answer.url}: answered {answer.status_code}; check the address")
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > limit:
            raise UserMistake(f"{answer.url}: larger than {limit} bytes; save it and cut it first")
    return bytes(body)


def robots_refusal(client: httpx.Client, url: str) -> str | None:
    """Why the site's robots.txt does not let us ask for a page, or None. A site that cannot be reached says so at the page itself.

    A robots.txt that answers 5xx refuses everything (RFC 9309, 2.3.1.4); one that is not there refuses nothing.
    """
    from protego import Protego

    try:
        answer = client.get(httpx.URL(url).join("/robots.txt"))
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    if answer.status_code >= 500:
        return f"robots.txt answered {answer.status_code}, so whether it may be fetched is not known"
    rules = Protego.parse(answer.text if answer.status_code == 200 else "")
    return None if rules.can_fetch(url, _manners.ROBOT) else "robots.txt forbids fetching it"
