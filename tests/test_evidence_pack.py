"""The evidence of a gig in one zip: everything in it proves itself, by tools that are not ours."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawls import Crawls, Place
from warcio.archiveiterator import ArchiveIterator

from crawler import store, submissions
from crawler.demo import server, sources
from crawler.demo.clock import NIGHTS
from crawler.submissions import Submission

pytestmark = pytest.mark.slow
BOARDS = ("prompters-corner", "halfmoon-audio")


@pytest.fixture(scope="module")
def place(crawls: Crawls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Three nights of two sample boards; one gig links to a licence, others are edited."""
    made = Place(tmp_path_factory.mktemp("evidence"))
    with server.serve() as boards:
        sources.write(boards.base_url, made.sources)
        for night, now in enumerate(NIGHTS, 1):
            boards.night = night
            crawls.crawl_many(made, list(BOARDS), now, per_host="8")
    yield made


def packed(place: Place, gig: str, folder: Path) -> dict[str, bytes]:
    """The files of a gig's pack, by their names inside the bag."""
    done = place.run("evidence", gig, "-o", str(folder / "pack.zip"))
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256((folder / "pack.zip").read_bytes()).hexdigest() in done.stdout
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def edited(place: Place) -> str:
    """A gig with two versions."""
    return str(place.one("select posting_id from version where number = 2 order by posting_id limit 1")["posting_id"])


def licensed(place: Place) -> str:
    """A gig with a linked licence."""
    return str(place.one("select posting_id from document where posting_id is not null order by posting_id limit 1")["posting_id"])


def test_every_file_stands_in_the_manifest_with_its_digest(place: Place, tmp_path: Path) -> None:
    files = packed(place, licensed(place), tmp_path)
    manifest = dict(reversed(line.split("  ")) for line in files.pop("manifest-sha256.txt").decode().splitlines())
    assert files.pop("bagit.txt").startswith(b"BagIt-Version: 1.0\n")
    assert manifest == {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    assert {name.split("/")[1] for name in files} >= {"README.txt", "gig.json", "captures.csv", "texts", "pages"}


def test_the_records_are_those_of_the_archive_and_another_reader_proves_them(place: Place, tmp_path: Path) -> None:
    gig = licensed(place)
    files = packed(place, gig, tmp_path)
    warc = files[f"data/{gig}.warc.gz"]
    records = [(one.rec_type, one.rec_headers["WARC-Target-URI"]) for one in ArchiveIterator(io.BytesIO(warc), check_digests="raise")]
    rows = list(csv.DictReader(io.StringIO(files["data/captures.csv"].decode())))
    assert {row["url"] for row in rows} == {url for kind, url in records if kind in ("response", "revisit")}
    assert sum(kind == "request" for kind, _ in records) == len(rows)
    for row in rows:
        whole = (place.data / "warc" / row["warc"]).read_bytes()[int(row["offset"]) :][: int(row["length"])]
        assert warc[int(row["offset_here"]) :].startswith(whole)
    assert "document" in {row["role"] for row in rows}


def test_both_versions_and_every_quote_stand_in_their_texts(place: Place, tmp_path: Path) -> None:
    files = packed(place, edited(place), tmp_path)
    gig = json.loads(files["data/gig.json"])
    assert [one["number"] for one in gig["versions"]] == [1, 2]
    assert {one["kind"] for one in gig["events"]} & {"pay_changed", "term_added", "term_removed", "promise_removed", "text_edited"}
    quotes = 0
    for version in gig["versions"]:
        body = files[f"data/texts/{version['text_sha256']}.txt"]
        assert hashlib.sha256(body).hexdigest() == version["text_sha256"]
        for found in [*version["reading"]["pay"], *version["reading"]["terms"]]:
            assert body.decode()[found["start"] : found["end"]] == found["quote"]
            quotes += 1
    assert quotes


def test_the_same_store_gives_the_same_bytes(place: Place, tmp_path: Path) -> None:
    first = packed(place, edited(place), tmp_path)
    assert packed(place, edited(place), tmp_path) == first


def test_what_was_handed_in_in_confidence_is_left_out(place: Place, tmp_path: Path) -> None:
    gig, words = edited(place), "You grant Halfmoon (invented) an irrevocable licence."
    db = store.open_store(place.data / "store.db")
    submissions.attach(db, place.data / "warc", Submission(words, words.encode(), "release.txt", posting=gig), NIGHTS[2])
    db.close()
    assert json.loads(packed(place, gig, tmp_path)["data/gig.json"])["documents"] == []


def test_an_unknown_gig_is_the_users_mistake(place: Place, tmp_path: Path) -> None:
    done = place.run("evidence", "000000000000", "-o", str(tmp_path / "pack.zip"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "no gig of the store" in done.stderr
    assert not (tmp_path / "pack.zip").exists()


def test_damage_in_the_archive_makes_no_pack(place: Place, tmp_path: Path) -> None:
    gig = licensed(place)
    archive = place.data / "warc"
    archive.rename(archive.with_name("away"))
    done = place.run("evidence", gig, "-o", str(tmp_path / "pack.zip"))
    archive.with_name("away").rename(archive)
    assert done.returncode == 1 and "cannot be read" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "pack.zip").exists()
