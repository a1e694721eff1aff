"""`callboard sources check`: is every source file right, and does one source answer when asked politely, once?"""

from __future__ import annotations

import click
import httpx

from crawler import catalog
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.kinds import spider
from crawler.one_page import robots_refusal
from crawler.records import Ask, Page, Source
from crawler.spiders import _failures, _manners


def check(source: str | None, settings: Config) -> bool:
    """Check all files, or fetch the first page of one source and report; whether all was well. Raises ConfigError as a crawl would."""
    known = catalog.load_all(settings.sources_dir)
    for each in known.values():
        kind = spider(each.kind)
        catalog.check_settings(each, kind.keys, kind.required)
    if source is None:
        refused = sum(1 for each in known.values() if each.refused)
        unchecked = sum(1 for each in known.values() if not each.refused and not each.checked)
        click.echo(f"{len(known)} source files are right; {refused} are refused and never fetched, {unchecked} not yet tried live")
        return True
    if source not in known:
        raise ConfigError(catalog.unknown(source, known))
    return _try(known[source], settings)


def _try(source: Source, settings: Config) -> bool:
    kind = spider(source.kind)
    asks = kind.start_asks(source)
    _manners.allowed(source, asks, settings)
    with httpx.Client(
        headers={"User-Agent": _manners.user_agent(settings.contact)}, timeout=settings.timeout, follow_redirects=True
    ) as client:
        refusal = robots_refusal(client, asks[0].url)
        if refusal:
            click.echo(f"{source.id}: {asks[0].url}: {refusal}")
            return False
        try:
            answer = client.request(asks[0].method, asks[0].url, content=asks[0].body, headers=dict(asks[0].headers))
        except httpx.HTTPError as error:
            click.echo(f"{source.id}: {asks[0].url}: {type(error).__name__}: {_failures.sentence(error)}")
            return False
    return _report(source, asks[0], answer)


def _report(source: Source, ask: Ask, answer: httpx.Response) -> bool:
    if answer.status_code >= 400:
        click.echo(f"{source.id}: {ask.url} answered {answer.status_code}")
        return False
    mime = answer.headers.get("content-type", "").partition(";")[0]
    page = Page(str(answer.url), ask.role, answer.content, mime, answer.status_code, "", answer.charset_encoding, ask.context)
    found = spider(source.kind).read(page, source)
    note = " (this kind needs a browser: only the bare page was looked at)" if ask.render else ""
    counts = f"{len(found.postings)} postings, {len(found.follow)} pages to follow"
    click.echo(f"{source.id}: {answer.status_code}, {len(answer.content)} bytes, {counts}{note}")
    for problem in found.problems:
        click.echo(f"  {problem.rule}: {problem.message}")
    return not any(each.severity == "error" for each in found.problems)
