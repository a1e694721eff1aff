"""The catalogue of sources: one TOML file each, read strictly.

A wrong key, id, kind or value is refused at load with the file, the key and the nearest right one. What a kind's own settings mean is
known to its spider only; `check_settings` takes the spider's keys, so that nothing here imports one.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.records import Expect, Source

FOLDER = Path(__file__).parent / "sources"
KINDS = Path(__file__).parent / "spiders"
LINEAGES = ("employer", "platform", "board", "aggregator", "union", "casting")
REQUIRED = ("id", "kind", "name", "url", "lineage")
TEXTS = (*REQUIRED, "organization", "region", "refused", "cron", "terms_note", "robots_note")
FLAGS = ("checked", "invented", "authoritative_gone")
NUMBERS = ("expect_min", "expect_max")
KEYS = (*TEXTS, *FLAGS, *NUMBERS, "settings")
DAILY = "0 3 * * *"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CRON = re.compile(r"[0-5]?\d (?:[01]?\d|2[0-3]) (?:\*|[\d,*/-]+) (?:\*|[\d,*/-]+) (?:\*|[\w,*/-]+)")


def load(folder: Path | str = FOLDER) -> dict[str, Source]:
    """Every source of a folder by id, in order of id.

    Raises ConfigError for a folder that is not there and for the first file with a mistake.
    """
    where = Path(folder)
    if not where.is_dir():
        raise ConfigError(f"{where}: no such folder of sources; name an existing one")
    return {path.stem: read(path) for path in sorted(where.glob("*.toml"))}


def load_all(further: str = "") -> dict[str, Source]:
    """The sources that come with Callboard and those of a further folder, if one is named.

    Raises ConfigError also if both have a source of one id.
    """
    known, added = load(), load(further) if further else {}
    twice = sorted(known.keys() & added.keys())
    if twice:
        raise ConfigError(f"{further}/{twice[0]}.toml: source {twice[0]} exists already; give it another id")
    return dict(sorted((known | added).items()))


def one(source: str, folder: Path | str = FOLDER) -> Source:
    """The source of this id. Raises ConfigError, naming the nearest id, if there is none."""
    known = load(folder)
    if source not in known:
        raise ConfigError(unknown(source, known))
    return known[source]


def unknown(source: str | None, known: Iterable[str]) -> str:
    """What to tell somebody who asks for a source that is not there."""
    if source is None:
        return "no source named; see `callboard sources list`"
    return f"no source {source}{_nearest(source, known)}; see `callboard sources list`"


def read(path: Path) -> Source:
    """The source of one TOML file. Raises ConfigError naming the file, the key and what is right."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML ({error}); mend the file") from error
    _check_keys(path, table)
    _check_values(path, table)
    settings = _settings(path, table.get("settings", {}))
    texts: dict[str, Any] = {key: table.get(key) for key in TEXTS}
    return Source(
        **texts | {"cron": table.get("cron", DAILY)},
        checked=table.get("checked", False),
        expect=Expect(table.get("expect_min", 0), table.get("expect_max")),
        settings=settings,
        authoritative_gone=table.get("authoritative_gone", False),
        invented=table.get("invented", False),
    )


def check_settings(source: Source, keys: Iterable[str], required: Iterable[str]) -> None:
    """Raises ConfigError unless the source's settings are among its kind's keys and none that it requires is missing."""
    known = sorted(keys)
    for key in source.settings:
        if key not in known:
            raise ConfigError(
                f"source {source.id}: unknown setting {key} for kind {source.kind}{_nearest(key, known)}; "
                f"its settings are: {', '.join(known)}"
            )
    for key in sorted(required):
        if not source.settings.get(key):
            raise ConfigError(f"source {source.id}: kind {source.kind} needs setting {key}; add it below [settings]")


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of source: the spiders' file names."""
    return tuple(sorted(path.stem for path in KINDS.glob("*.py") if not path.stem.startswith("_")))


def _nearest(word: str, right: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(right), n=1, cutoff=0.5)
    return f" (did you mean {near[0]}?)" if near else ""


def _check_keys(path: Path, table: Mapping[str, Any]) -> None:
    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{path}: unknown key {key}{_nearest(key, KEYS)}; the keys are: {', '.join(KEYS)}")
    for key in REQUIRED:
        if not table.get(key):
            raise ConfigError(f"{path}: key {key} is missing; add it")
    for names, wanted in ((TEXTS, str), (FLAGS, bool), (NUMBERS, int)):
        for key in names:
            if key in table and type(table[key]) is not wanted:
                raise ConfigError(f"{path}: {key} must be {_WANTED[wanted]}, not {table[key]!r}")


_WANTED: Mapping[type, str] = {str: "text in quotes", bool: "true or false", int: "a whole number"}


def _check_values(path: Path, table: Mapping[str, Any]) -> None:
    """Values that are of the right type and still wrong."""
    name, kind, lineage = table["id"], table["kind"], table["lineage"]
    faults = (
        (name != path.stem, f"id {name} must be the file's name, {path.stem}"),
        (not _ID.fullmatch(name), f"id {name} must be kebab-case: small letters, digits and single hyphens"),
        (kind not in kinds(), f"unknown kind {kind}{_nearest(kind, kinds())}; the kinds are: {', '.join(kinds())}"),
        (lineage not in LINEAGES, f"lineage {lineage} must be one of: {', '.join(LINEAGES)}"),
        (not _is_address(table["url"]), f"url {table['url']} must begin with http:// or https://"),
        (not _CRON.fullmatch(table.get("cron", DAILY)), f"cron {table.get('cron')} must read as {DAILY}: minute, hour, days"),
        ("refused" in table and not table["refused"].strip(), "refused must give the reason"),
        (table.get("expect_min", 0) < 0, "expect_min must not be negative"),
        (table.get("expect_max", 0) < 0 or _crossed(table), "expect_max must not be less than expect_min"),
    )
    for wrong, message in faults:
        if wrong:
            raise ConfigError(f"{path}: {message}")


def _crossed(table: Mapping[str, Any]) -> bool:
    return "expect_max" in table and table["expect_max"] < table.get("expect_min", 0)


def _is_address(value: str) -> bool:
    return re.fullmatch(r"https?://[^\s/]+\S*", value) is not None


def _settings(path: Path, table: object) -> dict[str, str]:
    """The settings as text; selectors and patterns must be readable."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{path}: settings must be a table; write [settings] on a line of its own")
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigError(f"{path}: setting {key} must be text in quotes, not {value!r}")
        if key.endswith("_pattern"):
            _check_pattern(path, key, value)
        if key.endswith("_selector"):
            _check_selector(path, key, value)
    return dict(table)


def _check_pattern(path: Path, key: str, value: str) -> None:
    try:
        re.compile(value)
    except re.error as error:
        raise ConfigError(f"{path}: setting {key} is no regular expression ({error})") from error


def _check_selector(path: Path, key: str, value: str) -> None:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # slow to import, and few sources need it

    try:
        LexborHTMLParser("<p>").css(value)
    except SelectolaxError as error:
        raise ConfigError(f"{path}: setting {key} is no CSS selector: {value}") from error
