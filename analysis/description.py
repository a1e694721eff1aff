"""What the published tables are called and mean: one TOML a table in `describe/`, which is also the table's schema.

A table is created from its description, so a column without words cannot exist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError

FOLDER = Path(__file__).parent / "describe"
TYPES = frozenset({"text", "integer", "real"})
_TABLE_KEYS = {"title", "says", "key", "label", "sort", "sort_desc", "facets", "size", "hidden", "indexes", "columns"}
_COLUMN_KEYS = {"type", "says", "to"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQLite type, what it holds in one line, and `to`, the "table.column" it leads to."""

    name: str
    type: str
    says: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. key: its primary key; label: the column that stands for a row in links; facets, sort: as Datasette opens it."""

    name: str
    title: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    label: str | None = None
    sort: str | None = None
    sort_desc: str | None = None
    facets: tuple[str, ...] = ()
    size: int = 50
    hidden: bool = False
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


@cache
def tables(folder: Path = FOLDER) -> Mapping[str, Table]:
    """Every described table by name. Raises ConfigError naming the file and the key that is wrong."""
    found = {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}
    for table in found.values():
        _check_links(table, found)
    return found


def read(path: Path) -> Table:
    """One table's description. Raises ConfigError for an unknown or missing key, an unknown type or broken TOML."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        _refuse_unknown(data, _TABLE_KEYS, path.name)
        columns = tuple(_column(name, row, path.name) for name, row in data["columns"].items())
        given: dict[str, Any] = {name: data[name] for name in ("label", "sort", "sort_desc", "size", "hidden") if name in data}
        given |= {"facets": tuple(data.get("facets", ())), "indexes": tuple(tuple(each) for each in data.get("indexes", ()))}
        table = Table(path.stem, data["title"], data["says"], tuple(data["key"]), columns, **given)
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(f"{path.name}: not valid TOML ({wrong}); mend the file") from wrong
    except (KeyError, TypeError) as wrong:
        raise ConfigError(f"{path.name}: {wrong} is missing; add it") from wrong
    _check_names(table)
    return table


def _column(name: str, row: Mapping[str, Any], file: str) -> Column:
    _refuse_unknown(row, _COLUMN_KEYS, f"{file}: {name}")
    if row["type"] not in TYPES:
        raise ConfigError(f"{file}: {name} has the type {row['type']!r}; use one of {', '.join(sorted(TYPES))}")
    return Column(name, row["type"], row["says"], row.get("to"))


def _refuse_unknown(data: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}; use one of {', '.join(sorted(known))}")


def _check_names(table: Table) -> None:
    used = {*table.key, *table.facets, *(name.removesuffix(" desc") for index in table.indexes for name in index)}
    used |= {name for name in (table.label, table.sort, table.sort_desc) if name}
    for name in sorted(used - set(table.names)):
        raise ConfigError(f"{table.name}.toml: {name!r} is named but is no column; describe it or take it out")


def _check_links(table: Table, known: Mapping[str, Table]) -> None:
    for column in table.columns:
        other, _, name = (column.to or "").partition(".")
        if column.to and (other not in known or name not in known[other].names):
            raise ConfigError(f"{table.name}.toml: {column.name} leads to {column.to!r}, which is not described")
