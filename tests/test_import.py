"""Files that people hand in: tables, JSON lines, saved pages, documents, WARC files; row by row, once, and as history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import gig_page, leaf, tables, write
from crawls import Crawls, Place

from crawler import importing_rows
from crawler.errors import UserMistake
from crawler.importing import address_of
from crawler.importing_rows import chosen, columns, page, row

GIGS = """Job,Link,Text,Company,Pay,Seen on
Voice reader,https://fernhill.example/1,"Read prompts. You grant us a perpetual, worldwide licence.",Fernhill Studio,$40 per hour,2024-02-03
Choir singer,https://fernhill.example/2,"Sing one verse, twice.",Fernhill Studio,,2024-02-04
"""
MAP = ("--map", "title=Job,url=Link", "--map", "description=Text")


@pytest.fixture
def there(place: Place) -> Place:
    place.sources.mkdir(parents=True)
    return place


def given(place: Place, name: str, body: str | bytes) -> str:
    path = place.folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return str(path)


def take(crawls: Crawls, place: Place, *arguments: str) -> str:
    status, said = crawls.run(place, "import", *arguments)
    assert status == 0, said
    return said


def state(place: Place) -> list[object]:
    return [place.rows(f"select * from {name} order by 1, 2") for name in tables()]


def test_a_table_becomes_dated_history(crawls: Crawls, there: Place) -> None:
    assert "2 taken, 0 known before, 0 refused" in take(crawls, there, given(there, "gigs.csv", GIGS), *MAP)
    found = there.rows(
        "select p.*, v.title, v.organization, t.text from posting p join version v on v.id = p.version_id "
        "join text t on t.sha256 = v.text_sha256 order by p.url"
    )
    assert [(one["title"], one["url"], one["first_seen"]) for one in found] == [
        ("Voice reader", "https://fernhill.example/1", "2024-02-03T00:00:00Z"),
        ("Choir singer", "https://fernhill.example/2", "2024-02-04T00:00:00Z"),
    ]
    assert {(one["source_id"], one["state"], one["backfilled"], one["organization"]) for one in found} == {
        ("imported", "closed", 1, "Fernhill Studio")
    }
    assert found[0]["state_reason"] == "in an imported file on 3 February 2024; never seen live"
    assert "Pay: $40 per hour" in found[0]["text"]
    assert there.one("select amount_min, unit from pay where origin = 'text'") == {"amount_min": 40.0, "unit": "hour"}
    assert there.one("select count(*) as n from term where code = 'perpetual'")["n"] >= 1
    assert there.rows("select * from event") == []


def test_the_same_file_twice_adds_nothing_and_its_evidence_holds(crawls: Crawls, there: Place) -> None:
    file = given(there, "gigs.csv", GIGS)
    take(crawls, there, file, *MAP)
    before = state(there)
    assert "0 taken, 2 known before, 0 refused" in take(crawls, there, file, *MAP)
    assert state(there) == before
    for command in ("verify", "replay"):
        status, said = crawls.run(there, command)
        assert status == 0, said


def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(crawls: Crawls, there: Place) -> None:
    assert "2 would be taken" in take(crawls, there, given(there, "gigs.csv", GIGS), *MAP, "--dry-run")
    assert not (there.data / "store.db").exists()
    take(crawls, there, given(there, "gigs.csv", GIGS), *MAP)
    before = state(there)
    assert "0 would be taken, 2 known before" in take(crawls, there, given(there, "gigs.csv", GIGS), *MAP, "--dry-run")
    assert state(there) == before


def test_faults_are_told_row_by_row_and_the_rest_is_taken(crawls: Crawls, there: Place) -> None:
    more = "No link,,words,,,\nBad link,ftp://x.example,words,,,\nNo words,https://fernhill.example/3,,,,\nBad day,https://fernhill.example/4,words,,,someday\nshort,row\n"
    status, said = crawls.run(there, "import", given(there, "gigs.csv", GIGS + more), *MAP)
    assert status == 1 and "2 taken, 0 known before, 5 refused" in said
    for words in (
        "gigs.csv:4: no url (column Link)",
        ":5: url must begin",
        ":6: no description",
        ":7: seen is no date",
        ":8: 2 cells where the header has 6",
    ):
        assert words in said


def test_json_lines_are_read_with_the_usual_names(crawls: Crawls, there: Place) -> None:
    lines = [
        json.dumps({"title": f"Reader {n}", "url": f"https://fernhill.example/{n}", "description": "Read.", "id": n, "city": "Leeds"})
        for n in range(3)
    ]
    status, said = crawls.run(there, "import", given(there, "gigs.jsonl", "\n".join([*lines, "{broken", "[1]"])))
    assert status == 1 and "3 taken" in said and "gigs.jsonl:4: not JSON" in said and ":5: not a JSON object" in said
    assert {one["location"] for one in there.rows("select location from version")} == {"Leeds"}


def test_a_saved_page_keeps_its_own_bytes(crawls: Crawls, there: Place) -> None:
    body = gig_page(1).replace("<html>", "<!-- saved from url=(0031)https://fernhill.example/gigs/1 --><html>")
    file = given(there, "gig.html", body)
    assert "1 taken" in take(crawls, there, file, "--seen", "2024-02-03")
    assert there.one("select url, fetched_at, size from capture") == {
        "url": "https://fernhill.example/gigs/1",
        "fetched_at": "2024-02-03T00:00:00Z",
        "size": len(body),
    }
    assert "1 known before" in take(crawls, there, file, "--seen", "2024-02-04")


@pytest.mark.parametrize(
    ("body", "more", "said"),
    [
        (gig_page(1), (), "does not name its own address"),
        (gig_page(1, marked=False), (), "no JobPosting data"),
        (gig_page(1), ("--url", "https://fernhill.example/1"), "1 taken"),
    ],
)
def test_a_saved_page_needs_data_and_an_address(crawls: Crawls, there: Place, body: str, more: tuple[str, ...], said: str) -> None:
    assert said in crawls.run(there, "import", given(there, "gig.html", body), *more)[1]


def test_a_pdf_is_a_posting_and_is_kept_beside_its_page(crawls: Crawls, there: Place) -> None:
    file = given(there, "call.pdf", pdf("Voice actors wanted", "Pay is 50 dollars an hour for four hours."))
    assert "1 taken" in take(crawls, there, file)
    posting = there.one("select v.title, p.url from posting p join version v on v.id = p.version_id")
    assert posting["title"].startswith("Voice actors wanted") and posting["url"].startswith("https://imported.invalid/")
    beside = there.one("select * from capture where parent is not null")
    assert (beside["mime"], beside["role"]) == ("application/pdf", "document")
    assert "0 taken, 1 known before" in take(crawls, there, file)
    assert crawls.run(there, "verify")[0] == 0


def test_a_warc_file_is_taken_into_imported(crawls: Crawls, there: Place) -> None:
    file = write(there.folder / "x.warc.gz", [leaf(1), leaf(2), leaf(3, marked=False)])
    assert "2 taken, 0 known before, 0 refused" in take(crawls, there, str(file))
    assert "0 taken, 2 known before" in take(crawls, there, str(file))
    assert {one["source_id"] for one in there.rows("select source_id from posting")} == {"imported"}


@pytest.mark.parametrize(
    ("name", "body", "more", "said"),
    [
        ("a.csv", "Job,Link\nx,y\n", (), "no column for title"),
        ("a.csv", GIGS, ("--map", "title=Nothing"), "no column Nothing for title"),
        ("a.csv", GIGS, ("--map", "colour=Job"), "no field colour"),
        ("a.csv", GIGS, ("--map", "title"), "write it as title=Job"),
        ("a.csv", b"title,url,description\n\xff\xfe,b,c\n", (), "not UTF-8"),
        ("a.json", '[{"title": 1}]', (), "a JSON list"),
        ("a.gz", b"\x1f\x8b\x08nothing", (), "cannot be read"),
        ("a.pdf", b"%PDF-1.4 broken", (), "a damaged PDF"),
        ("a.csv", "", (), "empty"),
        ("a.csv", GIGS, ("--source", "nobody"), "no source nobody"),
        ("a.csv", GIGS, ("--source", "board"), "is of kind lever"),
    ],
)
def test_a_mistake_is_one_line(crawls: Crawls, there: Place, name: str, body: str | bytes, more: tuple[str, ...], said: str) -> None:
    there.source("board", "lever", "https://jobs.lever.example/x", {"site": "x"})
    status, out = crawls.run(there, "import", given(there, name, body), *more)
    assert status == 2 and said in out and len(out.splitlines()) == 1, out


def test_a_missing_file_is_a_mistake(crawls: Crawls, there: Place) -> None:
    status, said = crawls.run(there, "import", str(there.folder / "nothing.csv"))
    assert status == 2 and "cannot be read" in said


def test_rows_of_a_source_of_pages_become_its_history(crawls: Crawls, there: Place) -> None:
    there.source("fernhill", "jsonld", "https://fernhill.example/", {"listing": "https://fernhill.example/gigs", "link_selector": "a.gig"})
    take(crawls, there, given(there, "gigs.csv", GIGS), *MAP, "--source", "fernhill")
    assert {one["source_id"] for one in there.rows("select source_id from posting")} == {"fernhill"}


def test_a_row_that_was_edited_is_a_further_version(crawls: Crawls, there: Place) -> None:
    take(crawls, there, given(there, "a.csv", GIGS), *MAP)
    assert "1 taken, 1 known" in take(
        crawls, there, given(there, "b.csv", GIGS.replace("$40", "$30").replace("2024-02-03", "2024-03-03")), *MAP
    )
    found = there.rows(
        "select seen_from, seen_to from version v join posting p on p.id = v.posting_id where p.url like '%/1' order by number"
    )
    assert [(one["seen_from"][:10], (one["seen_to"] or "")[:10]) for one in found] == [("2024-02-03", "2024-03-03"), ("2024-03-03", "")]


def test_semicolons_tabs_quotes_and_line_breaks_are_read(tmp_path: Path) -> None:
    for mark in ";\t":
        path = tmp_path / "x.csv"
        path.write_text(f'\ufefftitle{mark}url{mark}description\n"A{mark}B"{mark}https://x.example{mark}"two\nlines"\n', "utf-8")
        (found,) = importing_rows.table(path, {})
        assert (found.line, found.fault, found.fields["title"], found.fields["description"]) == (3, None, f"A{mark}B", "two\nlines")


@pytest.mark.parametrize("field", importing_rows.aliases())
def test_every_usual_name_is_found(field: str) -> None:
    needed = {"title": "title", "url": "url", "description": "description"}
    for word in importing_rows.aliases()[field]:
        names = [word.title(), *(name for key, name in needed.items() if key != field)]
        assert columns(names, {}, "x.csv")[field] == word.title()


def test_hostile_words_stay_inside_their_page() -> None:
    body = page({"title": "</script><b>", "url": "https://x.example", "description": "<!-- </script><script>alert(1)</script>"}).decode()
    assert body.count("<script") == 1 and body.count("</script>") == 1
    assert chosen(["title=Job, url=Link"]) == {"title": "Job", "url": "Link"}
    assert row(3, {"a": "x"}, {"title": "a", "url": "b", "description": "c"}).fault == "no url (column b)"
    assert address_of(b'<link rel=canonical href="https://x.example/1">') == "https://x.example/1"
    with pytest.raises(UserMistake):
        chosen(["title="])


def pdf(*lines: str) -> bytes:
    """A small PDF of a few lines."""
    text = "BT /F1 12 Tf 14 TL 72 720 Td " + " T* ".join(f"({line}) Tj" for line in lines) + " ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return out + f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
