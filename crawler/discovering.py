"""`callboard sources discover`: is there a board of this company, and on which host? One request each, under our own name."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from crawler import catalog, one_page
from crawler.config import Config
from crawler.discovering_boards import Board, board_of, boards_in, draft, hosts, names, site_name, source
from crawler.errors import UserMistake
from crawler.kinds import spider
from crawler.records import Harvest, Page, Role, Source
from crawler.spiders import _failures, _manners
from crawler.text import decode

FOUND, ABSENT, UNKNOWN = "found", "not there", "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one board said: `found`, `not there` or `unknown`, why, and how many postings it showed."""

    source: Source
    verdict: str
    reason: str
    postings: int = 0


def candidates(target: str, settings: Config, api: str | None = None) -> list[list[Board]]:
    """The boards to ask, in groups: of a group the first that is found ends the asking.

    A board's address is itself; another page is fetched and the boards that it links to are asked; a company's name, or the name of a
    site that links to none, is tried on every host. Raises UserMistake if the page cannot be had, ConfigError without a contact.
    """
    if not target.startswith(("http://", "https://")):
        return _everywhere(target)
    board = board_of(target)
    if board is not None:
        return [[board]]
    body, charset = one_page.fetch(target, settings)
    linked = boards_in(decode(body, charset))
    return [[each] for each in linked] if linked else _everywhere(site_name(target))


def _everywhere(company: str) -> list[list[Board]]:
    tried = names(company)
    if not tried:
        raise UserMistake(f"{company!r}: no name to look for; give a company's name or an address")
    return [[Board(kind, name, company=company) for name in tried] for kind in hosts()]


def discover(target: str, settings: Config, api: str | None = None) -> Iterator[Answer]:
    """What each board that may be the target's says, as it says it. Raises as `candidates` does."""
    groups = candidates(target, settings, api)
    headers = {"User-Agent": _manners.user_agent(settings.contact)}
    with httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=True, max_redirects=5) as client:
        for group in groups:
            yield from _group(client, (source(board, api) for board in group), settings)


def _group(client: httpx.Client, sources: Iterable[Source], settings: Config) -> Iterator[Answer]:
    for number, each in enumerate(sources):
        if number:
            time.sleep(settings.delay)  # the second name is asked of the same host
        answer = ask(client, each, settings)
        yield answer
        if answer.verdict == FOUND:
            return


def ask(client: httpx.Client, wanted: Source, settings: Config) -> Answer:
    """Ask one board once. Raises ConfigError without a contact, unless the board is on loopback."""
    kind = spider(wanted.kind)
    first = kind.start_asks(wanted)[0]
    _manners.allowed(wanted, [first], settings)
    refusal = one_page.robots_refusal(client, first.url)
    if refusal:
        return Answer(wanted, UNKNOWN, refusal)
    try:
        with client.stream("GET", first.url, headers=dict(first.headers)) as answer:
            body = _whole(answer, settings.max_body) if answer.status_code < 400 else b""
            return _judge(wanted, answer, body, first.role)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        unresolved = isinstance(error, httpx.ConnectError) and "resol" in str(error).lower()
        return Answer(wanted, ABSENT if unresolved else UNKNOWN, _failures.sentence(error))
    except UserMistake as wrong:
        return Answer(wanted, UNKNOWN, str(wrong))


def _whole(answer: httpx.Response, limit: int) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > limit:
            raise UserMistake(f"its answer is larger than {limit} bytes")
    return bytes(body)


def _judge(wanted: Source, answer: httpx.Response, body: bytes, role: Role) -> Answer:
    if answer.status_code in (404, 410):
        return Answer(wanted, ABSENT, f"it answered {answer.status_code}")
    if answer.status_code >= 400:
        return Answer(wanted, UNKNOWN, f"it answered {answer.status_code}")
    mime = answer.headers.get("content-type", "").partition(";")[0]
    page = Page(str(answer.url), role, body, mime, answer.status_code, "", answer.charset_encoding)
    harvest = spider(wanted.kind).read(page, wanted)
    count = _count(harvest)
    broken = next((each.message for each in harvest.problems if each.severity == "error"), None)
    if count:
        return Answer(_named(wanted, harvest), FOUND, f"{count} postings", count)
    if broken:
        return Answer(wanted, UNKNOWN, f"no board of this kind: {broken}")
    if hosts()[wanted.kind].get("silent"):
        return Answer(wanted, UNKNOWN, "it answered with an empty list, as it does for boards that do not exist")
    return Answer(wanted, FOUND, "a board without a posting")


def _count(harvest: Harvest) -> int:
    return len(harvest.postings) or sum(ask.role is Role.POSTING for ask in harvest.follow)


def _named(wanted: Source, harvest: Harvest) -> Source:
    """The source with the company's name as its postings write it, if all write one."""
    written = {posting.organization for posting in harvest.postings if posting.organization}
    if len(written) != 1:
        return wanted
    company = written.pop()
    return replace(wanted, organization=company, name=f"{company} ({wanted.kind.title()})")


def write(found: Answer, folder: Path) -> Path:
    """Write a board's draft into a folder; its path. Raises UserMistake if there is a file of that name, ConfigError never."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.source.id}.toml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(draft(found.source, found.postings))
    except FileExistsError as error:
        raise UserMistake(f"{path}: there is a source of that name already; remove it or choose another folder") from error
    made = catalog.read(path)
    catalog.check_settings(made, spider(made.kind).keys, spider(made.kind).required)
    return path
