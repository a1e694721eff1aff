"""The data package: whole, described, read by a strict reader, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from published import opened, sample

from analysis import cli, csv_file
from analysis.description import tables
from analysis.export import export
from crawler.errors import UserMistake

CASTS = {"string": str, "integer": int, "number": float}
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("export") / "package"
    export(sample() / "callboard.db", made)
    return made


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_every_public_table_is_a_resource_with_its_digest(folder: Path, package: dict[str, Any]) -> None:
    assert [each["name"] for each in package["resources"]] == [table.name for table in tables().values() if not table.hidden]
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    assert {path.name for path in folder.iterdir()} == {
        "datapackage.json",
        "README.md",
        "LICENSE.txt",
        *(each["path"] for each in package["resources"]),
    }


def test_rows_keep_to_their_schema(folder: Path, package: dict[str, Any]) -> None:
    keys: dict[tuple[str, str], set[str]] = {}
    read = {resource["name"]: cells(folder / resource["path"]) for resource in package["resources"]}
    for resource in package["resources"]:
        fields, rows = resource["schema"]["fields"], read[resource["name"]]
        assert rows[0] == [field["name"] for field in fields]
        assert all(field["description"] for field in fields)
        for row in rows[1:]:
            assert len(row) == len(fields)
            for field, cell in zip(fields, row, strict=True):
                assert cell == "" or CASTS[field["type"]](cell) is not None
        places = [rows[0].index(name) for name in resource["schema"]["primaryKey"]]
        found = [tuple(row[place] for place in places) for row in rows[1:]]
        assert len(set(found)) == len(found)
        keys |= {(resource["name"], name): {row[rows[0].index(name)] for row in rows[1:]} for name in rows[0]}
    for resource in package["resources"]:
        for link in resource["schema"].get("foreignKeys", ()):
            other = (link["reference"]["resource"] or resource["name"], link["reference"]["fields"])
            assert keys[(resource["name"], link["fields"])] - {""} <= keys[other]


def test_values_are_those_of_the_publication(folder: Path) -> None:
    with opened() as db:
        rows = db.execute("select id, title, floor_usd, number from postings order by id").fetchall()
    found = cells(folder / "postings.csv")
    names = found[0]
    assert len(found) - 1 == len(rows)
    for row, cell in zip(rows, found[1:], strict=True):
        got = dict(zip(names, cell, strict=True))
        assert (got["id"], int(got["number"])) == (row["id"], row["number"])
        assert got["title"].removeprefix("'") == row["title"].removeprefix("'")
        assert (float(got["floor_usd"]) if got["floor_usd"] else None) == row["floor_usd"]


def test_no_cell_is_a_formula(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        for row in cells(path):
            for cell in row:
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                    float(cell)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        (-12.5, "-12.5"),
        (-3, "-3"),
        (None, ""),
        ("plain = text", "plain = text"),
        ('He said "no",\nthen left', 'He said "no",\nthen left'),
        ("- a list item", "'- a list item"),
    ],
)
def test_a_cell_is_written_so(tmp_path: Path, value: object, written: str) -> None:
    csv_file.write(tmp_path / "t.csv", ["a", "b"], [[value, 1]])
    assert cells(tmp_path / "t.csv") == [["a", "b"], [written, "1"]]


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    csv_file.write(path, ["a", "b"], rows)
    assert cells(path)[1:] == [[str(csv_file.neutral(value)) for value in row] for row in rows]


def test_a_package_is_replaced_and_another_folder_is_not(tmp_path: Path) -> None:
    publication = sample() / "callboard.db"
    export(publication, tmp_path / "p")
    export(publication, tmp_path / "p")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(UserMistake, match="holds other things"):
        export(publication, tmp_path / "other")
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["thesis.txt"]


def test_what_is_no_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="nothing published yet"):
        export(tmp_path / "none.db", tmp_path / "p")
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at" * 30, "utf-8")
    with pytest.raises(UserMistake, match="not a publication"):
        export(tmp_path / "text.db", tmp_path / "p")
    with sqlite3.connect(tmp_path / "old.db") as db:
        db.execute("create table postings (id text)")
    with pytest.raises(UserMistake, match="another version"):
        export(tmp_path / "old.db", tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(sample()))
    said = CliRunner().invoke(cli.main, ["export", "-o", str(tmp_path / "package")])
    assert said.exit_code == 0, said.output
    assert "tables" in said.output
    assert (tmp_path / "package" / "datapackage.json").is_file()
