"""Records to postings: what every posting must have, and when its lack means that the board changed its shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from crawler.records import Harvest, Page, Posting, Problem
from crawler.spiders._fields import Record, listed
from crawler.text import clip, decode, links

NEEDED = ("title", "url", "description")  # a vanished description would look like a night of removed terms
_BARE_URL = re.compile(r"https?://[^\s<>\"'()\[\]]+")

Found = tuple[tuple[Posting, ...], tuple[Problem, ...]]


def json_of(page: Page, kind: str) -> tuple[Any, tuple[Problem, ...]]:
    """The JSON value of a page, or `None` and a Problem `<kind>.json` of severity error."""
    try:
        return json.loads(decode(page.body, page.encoding)), ()
    except (ValueError, RecursionError) as error:
        return None, (Problem(f"{kind}.json", f"not JSON: {str(error)[:200]}", page.url, "error"),)


def json_postings(kind: str, page: Page, read: Callable[[Record], Posting | None], *path: str) -> Harvest:
    """The postings of a JSON answer whose records lie at the end of a path of keys; without a path the answer is the list."""
    answer, problems = json_of(page, kind)
    if problems:
        return Harvest(problems=problems)
    found, lacks = gather(kind, page, listed(answer, *path), read)
    return Harvest(found, problems=lacks)


def gather(kind: str, page: Page, records: Iterable[Any] | None, read: Callable[[Record], Posting | None]) -> Found:
    """One posting for each record, and Problems for what they lack.

    records None: the page has no list where it should, a Problem `<kind>.shape`. read gives `None` for a record that is no posting.
    A posting without a title or an address is left out; a field that all lack is a Problem `<kind>.shape` of severity error.
    """
    if records is None:
        return (), (Problem(f"{kind}.shape", "the answer has no list of postings", page.url, "error"),)
    known = list(records)
    strange = [record for record in known if not isinstance(record, Mapping)]
    problems = [Problem(f"{kind}.record", f"not an object: {str(record)[:80]}", page.url) for record in strange]
    found = [one for record in known if isinstance(record, Mapping) and (one := read(record)) is not None]
    problems += [problem for needed in NEEDED for problem in _lacks(kind, page, found, needed)]
    kept = {one.native_id or one.url: one for one in reversed(found) if one.title and one.url}
    finished = [_finished(one) for one in reversed(kept.values())]
    problems += [problem for _, problem in finished if problem is not None]
    return tuple(posting for posting, _ in finished), tuple(problems)


def one_posting(kind: str, page: Page, posting: Posting) -> Found:
    """The same care for a page that is one posting."""
    return gather(kind, page, [{}], lambda _: posting)


def _lacks(kind: str, page: Page, found: list[Posting], needed: str) -> list[Problem]:
    """One Problem for each posting without the field, or one of severity error where no posting has it."""
    lacking = [one for one in found if not getattr(one, needed)]
    if lacking and len(lacking) == len(found):
        return [Problem(f"{kind}.shape", f"none of {len(found)} postings has a {needed}", page.url, "error")]
    return [Problem(f"{kind}.{needed}", f"no {needed}: {one.title or one.native_id}", one.url or page.url) for one in lacking]


def _finished(posting: Posting) -> tuple[Posting, Problem | None]:
    """The posting with its description within the limit and the links that are in it."""
    description, problem = clip(posting.description, posting.url)
    found = _links(description, posting) if "http" in description or "href" in description.lower() else ()
    return replace(posting, description=description, links=posting.links or found), problem


def _links(description: str, posting: Posting) -> tuple[tuple[str, str], ...]:
    if posting.description_is_html:
        return links(description, posting.url)
    found = (url.rstrip(".,;:!?") for url in _BARE_URL.findall(description))
    return tuple((url, url) for url in dict.fromkeys(found))
