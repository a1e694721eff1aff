"""What the site gives out is valid: HTML by two parsers that are not ours, CSV by a strict reader, JSON by its schema."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import html5lib
import jsonschema
import pytest
from published import get, sample
from test_site import pages

from analysis import metadata, serve
from analysis.canned import queries
from analysis.description import tables

ROOT = Path(__file__).parents[1]
VALIDATOR = Path(os.environ.get("NODE_MODULES", ROOT / "node_modules")) / ".bin" / "html-validate"
# Matters of taste, not of validity: inline widths, long titles, and the spelling that Jinja and Datasette give to tags.
TASTE = ("no-inline-style", "long-title", "void-style", "no-trailing-whitespace", "attribute-boolean-style", "doctype-style")
OTHER = ["/nothing", "/callboard?sql=select+1", "/callboard?sql=select+*+from+nothing", "/callboard/terms/1", "/-/evidence/1"]
BIG = 2**31 - 1


@pytest.mark.parametrize("path", [*pages(), *OTHER])
def test_html_is_parsed_without_an_error(path: str) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(get(path).text)
    assert parser.errors == []


def test_html_is_valid_by_html_validate(tmp_path: Path) -> None:
    if not VALIDATOR.is_file() or not shutil.which("node"):
        pytest.skip("no html-validate: npm install --no-save html-validate")
    rules = {"root": True, "extends": ["html-validate:standard"], "rules": dict.fromkeys(TASTE, "off")}
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(rules), "utf-8")
    for number, path in enumerate([*pages(), *OTHER]):
        (tmp_path / f"{number:03}.html").write_text(get(path).text, "utf-8")
    ran = subprocess.run(
        [str(VALIDATOR), "--formatter", "text", *sorted(map(str, tmp_path.glob("*.html")))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")


def answers(paths: list[str]) -> dict[str, Any]:
    """Many paths of one Datasette with our templates and plugins."""
    from datasette.app import Datasette

    site = {"template_dir": serve.SITE / "templates", "plugins_dir": serve.SITE / "plugins"}
    ds = Datasette([], immutables=[str(sample() / "callboard.db")], metadata=metadata.build(), settings={"max_csv_mb": 0}, **site)

    async def ask() -> dict[str, Any]:
        await ds.invoke_startup()
        return {path: await ds.client.get(path) for path in paths}

    return asyncio.run(ask())


def test_csv_is_read_by_a_strict_reader() -> None:
    csv.field_size_limit(BIG)
    shown = [f"/callboard/{table.name}.csv?_stream=on" for table in tables().values() if not table.hidden]
    asked = [f"/callboard/{query.name}.csv?{urlencode(query.example)}" for query in queries()]
    for path, answer in answers([*shown, *asked]).items():
        assert answer.status_code == 200, path
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8"), newline=""), strict=True))
        assert rows and len(set(rows[0])) == len(rows[0]), path
        assert {len(row) for row in rows} == {len(rows[0])}, path


def test_json_is_as_its_schema_says() -> None:
    shown = [table.name for table in tables().values() if not table.hidden]
    found = answers([f"/-/schema/{name}.json" for name in shown] + [f"/callboard/{name}.json?_shape=array&_size=200" for name in shown])
    for name in shown:
        schema, rows = found[f"/-/schema/{name}.json"].json(), found[f"/callboard/{name}.json?_shape=array&_size=200"].json()
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(rows, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([{"stray": 1}], schema)
    assert get("/-/schema/nothing.json").status_code == 404


def test_newline_json_is_one_row_a_line() -> None:
    path = "/callboard/postings.json?_shape=array&_nl=on&_size=20"
    lines = answers([path])[path].text.splitlines()
    assert len(lines) == 20 and all(re.fullmatch(r"[0-9a-f]{12}", json.loads(line)["id"]) for line in lines)
