"""Saved queries: one `.sql` a query in `queries/`, whose header comment says what it answers, with an example and what it costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from crawler.errors import ConfigError

FOLDER = Path(__file__).parent / "queries"
COSTS = {"small": "indexed or counted in advance", "medium": "reads a whole table", "large": "may take seconds"}
_KEYS = ("title", "description", "example", "cost")


@dataclass(frozen=True, slots=True)
class Canned:
    """One saved query. example: parameters that give rows on the sample boards; cost: a key of COSTS."""

    name: str
    title: str
    description: str
    example: Mapping[str, str]
    cost: str
    sql: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names it asks for, in order."""
        return tuple(dict.fromkeys(re.findall(r"(?<![:\w]):([a-z_]\w*)", re.sub(r"'[^']*'", "", self.sql))))


@cache
def queries(folder: Path = FOLDER) -> tuple[Canned, ...]:
    """Every saved query by name. Raises ConfigError naming the file and what its header lacks."""
    return tuple(read(path) for path in sorted(folder.glob("*.sql")))


def read(path: Path) -> Canned:
    """One saved query. Raises ConfigError for a missing or unknown header line or a wrong cost."""
    lines = path.read_text("utf-8").splitlines()
    head = [line[2:].strip() for line in lines if line.startswith("--")]
    said = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head)}
    if tuple(said) != _KEYS:
        raise ConfigError(f"{path.name}: its header has {', '.join(said) or 'nothing'}; write {', '.join(_KEYS)}, in this order")
    if said["cost"] not in COSTS:
        raise ConfigError(f"{path.name}: cost {said['cost']!r}; use one of {', '.join(COSTS)}")
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
    example = dict(parse_qsl(said["example"], keep_blank_values=True))
    return Canned(path.stem, said["title"], said["description"], example, said["cost"], sql)
