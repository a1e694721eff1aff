"""One settings record, from `callboard.toml` in the working folder (or the file named by CALLBOARD_CONFIG) and CALLBOARD_* variables.

A variable wins over the file, the file over the default. An unknown key is refused with the nearest right one.
"""

from __future__ import annotations

import difflib
import math
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError

FILE = "callboard.toml"
PREFIX = "CALLBOARD_"
ELSEWHERE = frozenset({"CALLBOARD_CONFIG", "CALLBOARD_WARC"})  # read by others


@dataclass(frozen=True, slots=True)
class Config:
    """What an operator may set.

    data_dir: store, publication and WARC files. contact: an e-mail address or URL told to every site we ask; without one only
    loopback is crawled. sources_dir: a folder of further source files. delay: seconds between requests to one host, per_host how many
    at a time. page_limit: pages a crawl. max_body: bytes a page. timeout: seconds a page, crawl_timeout: seconds a crawl.
    parallel: crawls at a time. unchecked: also crawl, unnamed, the sources that nobody has tried live yet. site_url, corrections: the
    public address and where to write, printed on the site. notify: addresses that are told of a broken source, in Apprise's notation.
    """

    data_dir: Path = Path("data")
    contact: str = ""
    sources_dir: str = ""
    delay: float = 1.0
    per_host: int = 1
    page_limit: int = 5000
    max_body: int = 20_000_000
    timeout: float = 60.0
    crawl_timeout: float = 3600.0
    max_crawl_delay: float = 60.0
    parallel: int = 2
    unchecked: bool = False
    site_url: str = ""
    corrections: str = ""
    notify: str = ""
    port: int = 8001

    @property
    def store(self) -> Path:
        """The private store."""
        return self.data_dir / "store.db"

    @property
    def publication(self) -> Path:
        """The public database. Its name is part of every published link."""
        return self.data_dir / "callboard.db"

    @property
    def warc(self) -> Path:
        """The folder of archived responses."""
        return self.data_dir / "warc"


def load(environ: Mapping[str, str] = os.environ, folder: Path | None = None) -> Config:
    """The settings in force. Raises ConfigError for a missing named file, an unknown key or a value of the wrong kind."""
    config = Config()
    path = Path(environ["CALLBOARD_CONFIG"]) if "CALLBOARD_CONFIG" in environ else (folder or Path()) / FILE
    if path.is_file():
        for key, value in _read(path).items():
            config = _with(config, key, value, str(path))
    elif "CALLBOARD_CONFIG" in environ:
        raise ConfigError(f"CALLBOARD_CONFIG: no file {path}; name an existing file or unset the variable")
    for name in sorted(each for each in environ if each.startswith(PREFIX) and each not in ELSEWHERE):
        config = _with(config, name.removeprefix(PREFIX).lower(), environ[name], f"variable {name}")
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: not valid TOML: {wrong}") from wrong


def _with(config: Config, key: str, value: Any, where: str) -> Config:
    known = {each.name: type(getattr(config, each.name)) for each in fields(config)}
    if key not in known:
        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
        raise ConfigError(f"{where}: unknown key {key!r}; {hint}")
    kind = Path if key == "data_dir" else known[key]
    try:
        changed: dict[str, Any] = {key: READ[kind](value)}
    except (TypeError, ValueError) as wrong:
        raise ConfigError(f"{where}: {key} must be {WANTED[kind]}, not {value!r}") from wrong
    least, most = LIMITS.get(key, (-math.inf, math.inf))
    if key in LIMITS and not least <= changed[key] <= most:
        right = f"{least:g} to {most:g}" if most < math.inf else f"at least {least:g}"
        raise ConfigError(f"{where}: {key} must be {right}, not {value!r}")
    return replace(config, **changed)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _path(value: Any) -> Path:
    if not _text(value).strip():
        raise ValueError(value)
    return Path(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise ValueError(value)
    return float(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool | float):
        raise TypeError(value)
    return int(value)


def _truth(value: Any) -> bool:
    if str(value).lower() in ("true", "1", "yes"):
        return True
    if str(value).lower() in ("false", "0", "no", ""):
        return False
    raise ValueError(value)


READ: Mapping[type, Callable[[Any], Any]] = {str: _text, Path: _path, float: _number, int: _whole, bool: _truth}
WANTED: Mapping[type, str] = {str: "text", Path: "a folder", float: "a number", int: "a whole number", bool: "true or false"}
LIMITS: Mapping[str, tuple[float, float]] = {
    "delay": (0, math.inf),
    "per_host": (1, 16),
    "page_limit": (1, math.inf),
    "max_body": (1, math.inf),
    "timeout": (0.1, math.inf),
    "crawl_timeout": (0.1, math.inf),
    "max_crawl_delay": (0, math.inf),
    "parallel": (1, 64),
    "port": (1, 65_535),
}
