"""The public database while it is being built: described tables, with the store attached beside them as `store`, read-only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from analysis.description import Column, Table, tables
from crawler.errors import PublishError

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Publication:
    """db: the new file, tables empty until each is filled; now: the time of this publication, ISO 8601 UTC;
    last: the publication before, attached as `last`, if there is one.
    """

    db: sqlite3.Connection
    now: str
    last: Path | None = None

    def write(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a described table. A column that a row leaves out is NULL; one that is not described is refused."""
        names = tables()[table].names
        known = frozenset(names)
        marks = ", ".join("?" * len(names))
        self.db.executemany(f'insert into "{table}" values ({marks})', (_whole(table, names, known, row) for row in rows))

    def fill(self, table: str, select: str, values: Mapping[str, object] | None = None) -> None:
        """Put the rows of a query into a described table; the query's columns carry the table's names, those left out are NULL."""
        chosen = [each[0] for each in self.db.execute(f"{select} limit 0", values or {}).description]
        stray = set(chosen) - set(tables()[table].names)
        if stray:
            raise PublishError(f"{table}: {', '.join(sorted(stray))} is not described; add it to describe/{table}.toml")
        columns = ", ".join(f'"{name}"' for name in chosen)
        self.db.execute(f'insert into "{table}" ({columns}) {select}', values or {})

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Rows of a query, by name."""
        return self.db.execute(sql, values).fetchall()


def _whole(table: str, names: Sequence[str], known: AbstractSet[str], row: Row) -> tuple[object, ...]:
    if not row.keys() <= known:
        raise PublishError(f"{table}: {', '.join(sorted(set(row) - known))} is not described; add it to describe/{table}.toml")
    return tuple(map(row.get, names))


def as_json(values: Iterable[object]) -> str:
    """A list as the JSON that Datasette's array facets read."""
    return json.dumps(list(values), ensure_ascii=False)


def begin(path: Path, store: Path, now: str, last: Path | None = None) -> Publication:
    """An empty publication at `path` with every described table, the store and the last publication attached read-only.

    Raises PublishError.
    """
    db = sqlite3.connect(f"file:{path}?mode=rwc", uri=True, isolation_level=None)
    db.row_factory = sqlite3.Row
    for pragma in ("journal_mode=off", "synchronous=off", "page_size=8192", "cache_size=-200000", "temp_store=memory"):
        db.execute(f"pragma {pragma}")
    try:
        db.execute("attach ? as store", [f"file:{store}?mode=ro"])
        if last:
            db.execute("attach ? as last", [f"file:{last}?mode=ro"])
        db.execute("select 1 from store.posting limit 1")
    except sqlite3.DatabaseError as wrong:
        raise PublishError(f"{store}: not a store that can be read ({wrong})") from wrong
    for table in tables().values():
        db.execute(schema(table))
    return Publication(db, now, last)


def schema(table: Table) -> str:
    """The statement that creates a described table. Tables lead to one another in rings, which sqlite-utils refuses to create."""
    lines = [_column(column) for column in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    lines.append(f"primary key ({key})")
    return f'create table "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column) -> str:
    link = ""
    if column.to:
        other, _, name = column.to.partition(".")
        link = f' references "{other}"("{name}")'
    return f'"{column.name}" {column.type}{link}'


def index(db: sqlite3.Connection) -> None:
    """Indexes on every column that leads elsewhere, that a facet counts or a sort uses, made after the rows are in."""
    for table in tables().values():
        for columns in sorted(indexed(table)):
            names = ", ".join(f'"{name.removesuffix(" desc")}"{" desc" if name.endswith(" desc") else ""}' for name in columns)
            plain = "_".join(columns[:4]).replace(" desc", "")
            db.execute(f'create index "ix_{table.name}_{plain}" on "{table.name}" ({names})')


def indexed(table: Table) -> set[tuple[str, ...]]:
    """The columns that get an index: links, facets, sort orders and those asked for; an index that another begins with is left out."""
    wanted: set[tuple[str, ...]] = {(column.name,) for column in table.columns if column.to}
    wanted |= {(name,) for name in (table.sort, table.sort_desc, *table.facets) if name}
    wanted.update(table.indexes)
    leading = {index[:1] for index in wanted if len(index) > 1}
    return {index for index in wanted if index != table.key[: len(index)] and not (len(index) == 1 and index in leading)}
