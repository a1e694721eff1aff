"""Files that people hand in, as rows: tables (CSV), JSON lines, PDFs. Pure but for reading the file; every fault names its line.

A row becomes a small page with JobPosting data, so that it is read, archived and read again as every other page.
"""

from __future__ import annotations

import csv
import hashlib
import html
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from crawler.clock import now
from crawler.errors import UnreadableFile, UserMistake
from crawler.findings.dates import when

COLUMNS = Path(__file__).parent / "importing.toml"
NEEDED = ("title", "url", "description")
CELL = 10_000_000  # characters
_SCHEMA = {
    "title": "title",
    "url": "url",
    "posted": "datePosted",
    "closes": "validThrough",
    "employment": "employmentType",
    "id": "identifier",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its fields by our names, or the fault for which it is refused. seen: ISO date, if it says one."""

    line: int
    fields: Mapping[str, str]
    fault: str | None = None
    seen: str | None = None


@cache
def aliases() -> Mapping[str, list[str]]:
    """What each field's column may be called, from `importing.toml`."""
    return tomllib.loads(COLUMNS.read_text("utf-8"))


def chosen(pairs: Iterable[str]) -> dict[str, str]:
    """The column map of `--map field=Column`. Raises UserMistake for a pair that is none or names an unknown field."""
    found = {}
    for pair in pairs:
        for one in pair.split(","):
            name, equals, column = one.partition("=")
            if not equals or not column.strip():
                raise UserMistake(f"--map {one}: write it as title=Job")
            if name.strip() not in aliases():
                raise UserMistake(f"--map {one}: no field {name.strip()}; the fields are: {', '.join(aliases())}")
            found[name.strip()] = column.strip()
    return found


def columns(names: Iterable[str], given: Mapping[str, str], where: str) -> dict[str, str]:
    """Field to column, by the map that was given and by the usual names. Raises UserMistake where one is not there."""
    known = list(names)
    for field, column in given.items():
        if column not in known:
            raise UserMistake(f"{where}: no column {column} for {field}; its columns are: {', '.join(known)}")
    folded = {name.strip().lower(): name for name in reversed(known)}
    usual = {field: folded[said] for field, words in aliases().items() for said in reversed(words) if said in folded}
    found = usual | dict(given)
    for field in NEEDED:
        if field not in found:
            raise UserMistake(f"{where}: no column for {field}; name it with --map {field}=COLUMN; its columns are: {', '.join(known)}")
    return found


def table(path: Path, given: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a CSV file with a header, parted by comma, semicolon or tab. Raises UserMistake if it is none."""
    csv.field_size_limit(CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            lines = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
            header = next(lines, [])
            places = columns(header, given, str(path))
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    yield _of_cells(lines.line_num, header, cells, places)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path}: not UTF-8 (byte {error.start}); save it as CSV UTF-8") from error
    except csv.Error as error:
        raise UnreadableFile(f"{path}:{lines.line_num}: no CSV ({error}); rows before it were read") from error


def _of_cells(line: int, header: list[str], cells: list[str], places: Mapping[str, str]) -> Row:
    if len(cells) != len(header):
        return Row(line, {}, f"{len(cells)} cells where the header has {len(header)}")
    return row(line, dict(zip(header, cells, strict=True)), places)


def json_lines(path: Path, given: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a file with one JSON object a line; the first object's keys are its columns. Raises UserMistake if it is none."""
    places: Mapping[str, str] | None = None
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Row(number, {}, f"not JSON ({error})")
                continue
            if not isinstance(value, dict):
                yield Row(number, {}, "not a JSON object; write one object a line")
                continue
            places = places or columns(value, given, f"{path}:{number}")
            yield row(number, {key: _plain(one) for key, one in value.items()}, places)


def _plain(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def row(line: int, values: Mapping[str, str], places: Mapping[str, str]) -> Row:
    """One row by our fields, with its fault if it has one."""
    fields = {field: said for field, column in places.items() if (said := values.get(column, "").strip())}
    fault = next((f"no {field} (column {places[field]})" for field in NEEDED if field not in fields), None)
    if fault is None and not fields["url"].startswith(("http://", "https://")):
        fault = f"url must begin with http:// or https://, not {fields['url'][:60]!r}"
    seen = fields.pop("seen", None)
    on = when(seen, date.fromisoformat(now()[:10])) if seen else None
    if seen and not on:
        fault = fault or f"seen is no date: {seen[:40]!r}"
    return Row(line, fields, fault, on)


def page(fields: Mapping[str, str]) -> bytes:
    """A page that says what a row says: JobPosting data, and the same words for readers. The same row gives the same bytes."""
    value: dict[str, Any] = {"@context": "https://schema.org", "@type": "JobPosting"}
    value |= {name: fields[field] for field, name in _SCHEMA.items() if field in fields}
    value["description"] = fields["description"] + (f"\n\nPay: {fields['pay']}" if "pay" in fields else "")
    if "organization" in fields:
        value["hiringOrganization"] = {"@type": "Organization", "name": fields["organization"]}
    if "location" in fields:
        value["jobLocation"] = {"@type": "Place", "address": fields["location"]}
    data = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")  # no end of the script inside it
    shown = "".join(f"<dt>{name}</dt><dd><pre>{html.escape(said)}</pre></dd>" for name, said in fields.items())
    title = html.escape(fields["title"])
    head = f'<meta charset="utf-8"><title>{title}</title><script type="application/ld+json">{data}</script>'
    note = "<p>Made from a row of an imported file; nobody fetched this page.</p>"
    return f"<!doctype html><html><head>{head}</head><body><h1>{title}</h1>{note}<dl>{shown}</dl></body></html>".encode("utf-8", "replace")


def urn(body: bytes) -> str:
    """The address of a page that was made from a row: no server has it."""
    return f"urn:callboard:import:{hashlib.sha256(body).hexdigest()[:32]}"


def of_document(words: str, body: bytes, url: str | None) -> Row:
    """A document as a row: its first line is the title. Without a url it gets an address that leads nowhere (RFC 2606)."""
    title = next((line.strip() for line in words.splitlines() if line.strip()), "")
    address = url or f"https://imported.invalid/{hashlib.sha256(body).hexdigest()[:16]}"
    return Row(1, {"title": title[:200], "url": address, "description": words}, None if title else "a document without text")
