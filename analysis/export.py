"""The publication as a data package: one CSV a table, their schemas and words in `datapackage.json`, a README and the licence.

Format: Frictionless Data Package 1.0, https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import csv_file
from analysis.description import Table, tables
from analysis.publication_file import published_at, reading
from analysis.site_words import site
from crawler import __version__
from crawler.errors import UserMistake

TYPES: Mapping[str, str] = {"text": "string", "integer": "integer", "real": "number"}
PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table."""

    folder: Path
    rows: Mapping[str, int]

    def __str__(self) -> str:
        return f"{self.folder}: {len(self.rows)} tables, {sum(self.rows.values())} rows"


def export(publication: Path, folder: Path) -> Exported:
    """Write the package into a folder that is new, empty, or holds an older package. Raises UserMistake for any other."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / PACKAGE).is_file())):
        raise UserMistake(f"{folder}: holds other things; name a new or empty folder")
    with reading(publication) as db:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PACKAGE).unlink(missing_ok=True)  # written last: a folder without it is not whole
        chosen = [table for table in tables().values() if not table.hidden]
        rows = {table.name: _table(db, table, folder) for table in chosen}
        at = published_at(db)
    (folder / "README.md").write_text(_readme(chosen, rows, at), "utf-8")
    (folder / "LICENSE.txt").write_text(_licence(at), "utf-8")
    package = _package([_resource(table, folder) for table in chosen], at)
    (folder / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return Exported(folder, rows)


def _table(db: sqlite3.Connection, table: Table, folder: Path) -> int:
    order = ", ".join(f'"{name}"' for name in table.key)
    found = db.execute(f'select * from "{table.name}" order by {order}')
    return csv_file.write(folder / f"{table.name}.csv", table.names, (tuple(row) for row in found))


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    made: dict[str, Any] = {"name": table.name, "title": table.title, "description": table.says, "path": path.name}
    made |= {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    made |= {"bytes": path.stat().st_size, "hash": f"sha256:{digest}", "dialect": {"lineTerminator": "\r\n", "caseSensitiveHeader": True}}
    return made | {"schema": _schema(table)}


def _schema(table: Table) -> dict[str, Any]:
    """Links to a table that is not in the package are left out."""
    fields = [{"name": each.name, "type": TYPES[each.type], "description": each.says} for each in table.columns]
    links = []
    for column in table.columns:
        other, _, name = (column.to or "").partition(".")
        if column.to and not tables()[other].hidden:
            links.append({"fields": column.name, "reference": {"resource": "" if other == table.name else other, "fields": name}})
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return schema | ({"foreignKeys": links} if links else {})


def _package(resources: list[dict[str, Any]], at: str) -> dict[str, Any]:
    words = site()
    made: dict[str, Any] = {"profile": "data-package", "name": "callboard", "id": f"callboard-{at}", "title": words["title"]}
    made |= {"description": words["description"], "version": at[:10], "created": at, "keywords": ["AI training", "performers", "rights"]}
    made["licenses"] = [{"name": "CC-BY-4.0", "path": words["license_url"], "title": words["license"]}]
    made["sources"] = [{"title": words["source"]}]
    made["contributors"] = [{"title": f"{words['title']} {__version__}", "role": "publisher"}]
    return made | {"resources": resources}


def _readme(chosen: list[Table], rows: Mapping[str, int], at: str) -> str:
    words = site()
    lines = [f"# {words['title']}: the data of {at[:10]}", "", words["description"], "", f"Published {at} (UTC).", "", "## Tables", ""]
    lines += ["| file | rows | what it holds |", "|---|---|---|"]
    lines += [f"| `{table.name}.csv` | {rows[table.name]} | {table.says} |" for table in chosen]
    lines += ["", "Every column is described in `datapackage.json`, a Frictionless data package.", "", "## Reading the files", ""]
    lines += [
        "CSV by RFC 4180, UTF-8, one line of headings. An empty cell is a value that is not known, which is not nought and not no.",
        "A text that a spreadsheet would run as a formula has an apostrophe before it; take it off to get the text as published. Offsets",
        "(`start`, `end`) count characters of the column `text` of `texts.csv`, without that apostrophe. A text may be longer than the",
        "131 072 characters that some readers take in one cell (Python: `csv.field_size_limit(2**31 - 1)`).",
        "",
        "Small cells of the trend tables (`shown` is 0) have no figures: fewer than 5 gigs or 3 posters.",
        "",
        "## Citing",
        "",
        f"{words['title']}, data of {at[:10]}, {words['license']}. Each file's SHA-256 is in `datapackage.json`.",
    ]
    return "\n".join(lines) + "\n"


def _licence(at: str) -> str:
    words = site()
    return (
        f"{words['title']}, data of {at[:10]}\n\nThe data are licensed under {words['license']}:\n{words['license_url']}\n\n"
        f"Name {words['title']} and the date. Quoted words belong to those who wrote them and are quoted for reporting, criticism\n"
        "and research. Findings are of words, not legal advice. Not stated is not no.\n"
    )
