"""The metadata is fresh, complete, and understood by a plain Datasette."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from published import opened, rows, sample

from analysis import description, metadata
from analysis.description import tables
from crawler.errors import ConfigError


def test_the_committed_file_is_fresh() -> None:
    assert metadata.FILE.read_text("utf-8") == metadata.text(), "stale: run `callboard publish --metadata`"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("desk@callboard.example", "mailto:desk@callboard.example"),
        ("https://callboard.example/c", "https://callboard.example/c"),
        ("javascript:alert(1)", None),
    ],
)
def test_the_address_for_corrections_is_a_link(given: str, shown: str | None) -> None:
    plugins = metadata.build("https://callboard.example", given)["plugins"]["site"]
    assert plugins["site_url"] == "https://callboard.example"
    assert plugins.get("corrections") == shown


def test_every_table_of_the_publication_is_described_or_hidden() -> None:
    described = metadata.build()["databases"]["callboard"]["tables"]
    with opened() as db:
        there = {row[0] for row in db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")}
    assert there == set(described)


def test_words_are_whole_sentences_in_one_line() -> None:
    for table in tables().values():
        for says in (table.says, *(column.says for column in table.columns)):
            assert "\n" not in says
            assert says.strip()[-1] in '.:"', (table.name, says)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("size = 10", "sice = 10"), "unknown key 'sice'"),
        (('"text", says = "SHA', '"string", says = "SHA'), "has the type 'string'"),
        (('key = ["sha256"]', 'key = ["sha"]'), "'sha' is named but is no column"),
        (('title = "Texts"\n', ""), "'title' is missing"),
        (("[columns]", "[columns"), "not valid TOML"),
    ],
)
def test_a_wrong_description_is_refused_with_its_place(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    words = (description.FOLDER / "texts.toml").read_text("utf-8")
    assert change[0] in words
    path = tmp_path / "texts.toml"
    path.write_text(words.replace(*change), "utf-8")
    with pytest.raises(ConfigError, match=message):
        description.read(path)


def test_plain_datasette_serves_the_publication_with_the_metadata(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text(metadata.text(), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = [str(sample() / "callboard.db"), "-m", str(tmp_path / "metadata.json"), "--port", str(port)]
    server = subprocess.Popen([sys.executable, "-m", "datasette", "serve", *given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        front = _get(f"http://127.0.0.1:{port}/")
        assert "Callboard" in front and "CC BY 4.0" in front
        found = json.loads(_get(f"http://127.0.0.1:{port}/callboard/postings.json?_search=perpetuity&_shape=array"))
        assert found
        assert all("perpetuity" not in row["title"] for row in found)
        assert "Voice" in _get(f"http://127.0.0.1:{port}/callboard/postings?_facet=kind").replace("voice", "Voice")
    finally:
        server.terminate()
        server.wait(10)


def _get(url: str) -> str:
    deadline = time.monotonic() + 30
    while True:
        try:
            answer = httpx.get(url, timeout=30)
        except httpx.ConnectError:
            assert time.monotonic() < deadline, "Datasette did not start"
            continue
        assert answer.status_code == 200, answer.text
        return answer.text


def test_labels_stand_for_linked_rows() -> None:
    row = rows("/callboard/postings.json?_shape=array&_labels=on&_size=1")[0]
    assert row["source_id"]["label"].endswith("(invented)")
