"""What every template needs: the site's own words, printable times, chips, harmless strings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from analysis.hook import hookimpl
from analysis.page_marks import look
from analysis.pay_words import pay_words
from analysis.site_address import origin
from analysis.site_words import CONTROLS, site

SYMBOLS = {"granted": "●", "limited": "◐", "denied": "○", "not stated": "–"}
OTHER = {"contradicts": "✕", "narrows": "◐", "silent": "–", "supports": "✓", "met": "✓", "partly": "◐", "not_met": "✕", "stated": "●"}
HEADINGS = {"perpetual": "Rights for ever", "kind": "Kind of work", "organization_id": "Poster", "source_id": "Board", "code": "Term"}
OTHER |= {"not_stated": "–", "open": "●", "uncertain": "◐", "closed": "○"}


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """`here`: the path asked for; `host`: for links that leave the site."""
    return {"here": request.path if request else None, "host": origin(datasette, request)}


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Filters of all templates, and `site` also for error pages, which get no other variables."""
    env.globals["site"] = {**site(), **(datasette.plugin_config("site") or {})}
    env.filters |= {
        "when": when,
        "day": day,
        "date": date,
        "month": month,
        "real_terms": real_terms,
        "chip": chip,
        "plain": plain,
        "bare": bare,
        "label": label,
        "archived": archived,
        "heading": heading,
        "outcome": outcome,
        "thousands": thousands,
    }


def when(at: str | None) -> Markup | str:
    """`2026-11-21T02:14:07Z` as `21 November 2026, 02:14 UTC`, with the moment for machines."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    return Markup('<time datetime="{}">{}</time>').format(at, f"{moment.day} {moment:%B %Y}, {moment:%H:%M} UTC")


def day(at: str | None) -> str:
    """`2026-11-21T02:14:07Z` as `21 November 2026`."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    return f"{moment.day} {moment:%B %Y}"


def date(at: str | None) -> Markup | str:
    """`2026-11-21T02:14:07Z` as `21 Nov 2026`, never broken over two lines."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    return Markup('<span class="date">{}</span>').format(f"{moment.day} {moment:%b %Y}")


def month(at: str | None) -> str:
    """`2026-11` as `Nov 2026`."""
    return f"{datetime.fromisoformat(at + '-01'):%b %Y}" if at else ""


def real_terms(offer: Any) -> Markup | str:
    """An offer in the prices of a named period: by the hour in US dollars where there is an hour, else in its own currency and unit."""
    low, high, base = offer["hourly_real_low"], offer["hourly_real_high"], offer["base_month"]
    said = pay_words(low, high, "USD", "hour", None)
    if said is None:
        low, high, base = offer["real_low"], offer["real_high"], offer["real_base"]
        said = pay_words(low, high, offer["currency"], offer["unit"], None)
    if said is None or base is None:
        return "–"
    return Markup('{}<br><span class="small">{} prices</span>').format(said, period(base))


def period(base: str) -> str:
    """`2026-08` as `Aug 2026`, `2026-Q2` as `Q2 2026`, `2026` as it is."""
    year, _, part = base.partition("-")
    return f"{part} {year}" if part.startswith("Q") else month(base) if part else year


def label(value: object) -> str:
    """An id as words: `body_motion` as `body motion`."""
    return str(value).replace("_", " ")


def thousands(value: float | None) -> str:
    """`12345` as `12 345`, with a thin space."""
    return "" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def chip(value: str | None, effect: str = "takes") -> Markup | str:
    """A reading as colour, symbol and word. effect: what the term does when granted (`takes`, `protects`, `neutral`)."""
    if not value:
        return ""
    symbol = SYMBOLS.get(value) or OTHER.get(value)
    kind = look(value, effect) if value in SYMBOLS else value if value in OTHER else "silent"
    kind = "silent" if kind == "not_stated" else kind
    mark = Markup('<span aria-hidden="true">{}</span> ').format(symbol) if symbol else ""
    return Markup('<span class="chip {}">{}{}</span>').format(kind, mark, label(value))


def heading(column: str) -> str:
    """A column as the heading of its facet."""
    return HEADINGS.get(column) or label(column).capitalize()


def outcome(value: str | None) -> Markup | str:
    """How a crawl ended, as colour, symbol and word."""
    if not value:
        return ""
    kind, symbol = {"complete": ("keeps", "✓"), "failed": ("takes", "✕")}.get(value, ("limited", "◐"))
    return Markup('<span class="chip {}"><span aria-hidden="true">{}</span> {}</span>').format(kind, symbol, value)


def archived(backfilled: object) -> Markup | str:
    """A badge on what only archives of others hold."""
    badge = Markup('<span class="chip archived"><span aria-hidden="true">◌</span> from an archive, not seen live</span>')
    return badge if backfilled else ""


def plain(value: object) -> Markup:
    """Words of strangers: escaped, cut off from their surroundings, and without signs that turn the writing direction."""
    return Markup("<bdi>{}</bdi>").format(bare(value))


def bare(value: object) -> Markup:
    """Words of strangers inside a text that is cut off already."""
    return escape(str("" if value is None else value).translate(CONTROLS))
