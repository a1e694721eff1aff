"""The spider of a kind of source, found by its file's name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from crawler import catalog
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from crawler.spiders._base import BoardSpider


@cache
def spider(kind: str) -> type[BoardSpider]:
    """The spider class in `crawler/spiders/<kind>.py`. Raises ConfigError if there is no such kind."""
    from crawler.spiders._base import BoardSpider

    if kind not in catalog.kinds():
        raise ConfigError(f"unknown kind {kind}; the kinds are: {', '.join(catalog.kinds())}")
    module = import_module(f"crawler.spiders.{kind}")
    found = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, BoardSpider) and each.name == kind]
    return found[0]
