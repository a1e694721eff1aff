"""A month's report: self-contained, inert, with the publication's own figures, suppressed cells shown as suppressed."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import store_sample
from click.testing import CliRunner
from published import opened, sample

from analysis import cli, report, report_figures
from analysis.chart_files import charts
from analysis.report import Report
from analysis.report_tables import Column
from crawler.errors import UserMistake

MONTH = "2026-10"
VOID = {"meta", "br", "img", "link", "input", "hr", "col"}
CHROMIUM = Path("/usr/bin/chromium")
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"


class Elements(HTMLParser):
    """Every element with its attributes; fails on one that is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def made() -> Report:
    with opened() as db:
        return report.gather(db, MONTH, "https://board.example")


@pytest.fixture(scope="module")
def page(made: Report) -> str:
    return report.html(made, "https://board.example", "corrections@board.example")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_page_is_whole_and_asks_for_nothing(page: str) -> None:
    found = Elements(page).found
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in found}
    assert not any(name.startswith("on") or name == "src" for _, attributes in found for name in attributes)
    leading = [each for _, each in found if "href" in each and "download" not in each]
    assert all((each["href"] or "").startswith(("#", "https://board.example/")) for each in leading)
    assert "default-src 'none'" in page and "url(" not in page and "@import" not in page
    ids = [each["id"] for _, each in found if "id" in each]
    assert len(set(ids)) == len(ids)


def test_every_chart_has_a_table_with_the_same_months(made: Report, page: str) -> None:
    parts = [part for part in made.parts if part.section.name.startswith("chart_")]
    assert {part.section.name for part in parts} == {f"chart_{chart.name}" for chart in charts()}
    assert [bool(part.svg) for part in parts] == [any(row["shown"] for row in part.rows) for part in parts]
    for part in (each for each in parts if each.svg):
        root = ElementTree.fromstring(part.svg)
        assert root.tag.endswith("svg") and part.svg in page
        assert len(root.findall(".//{*}circle")) == sum(row[part.section.columns[3].name] is not None for row in part.rows)
        assert all(row["month"] <= MONTH for row in part.rows)


def test_every_chart_can_be_taken_away_without_a_script(made: Report, page: str) -> None:
    files = [(each["download"], each["href"] or "") for _, each in Elements(page).found if "download" in each]
    assert [name for name, _ in files] == [f"{part.section.name}-{MONTH}.svg" for part in made.parts if part.svg]
    for _, address in files:
        kind, _, coded = address.partition(",")
        root = ElementTree.fromstring(b64decode(coded))
        assert kind == "data:image/svg+xml;base64" and root.findall(".//{*}circle") and root.findall(".//{*}style")
        assert not root.findall(".//{*}a") and b"href" not in b64decode(coded)


def test_figures_are_those_of_the_publication(made: Report) -> None:
    rows = {row["title"]: row for row in made.parts[0].rows}
    with opened() as db:
        new = db.execute("select count(*) from postings where first_month = ? and backlog = 0", [MONTH]).fetchone()[0]
        pay = db.execute(
            "select * from trend_monthly where month = ? and cut = 'all' and panel = 'all' and measure = 'floor_usd'", [MONTH]
        ).fetchone()
    assert rows["Gigs first seen"]["value"] == new > 0
    assert {name: rows["Median guaranteed pay"][name] for name in ("n", "employers", "low", "high", "shown")} == {
        name: pay[name] for name in ("n", "employers", "low", "high", "shown")
    }
    assert rows["Median guaranteed pay"]["value"] == pay["median"]


def test_suppressed_cells_are_shown_as_suppressed(made: Report, page: str) -> None:
    held = [(row, part.section) for part in made.parts for row in part.rows if row.get("shown") == 0 and row.get("n")]
    assert held
    for row, section in held:
        figures = [column.name for column in section.columns if column.kind in report.FIGURES and column.name not in ("before", "panel")]
        assert figures and all(row.get(name) is None for name in figures)
    assert '<td class="n">suppressed</td>' in page


def test_csv_files_hold_the_same_rows(made: Report, tmp_path: Path) -> None:
    paths = report.csv_files(made, tmp_path / "csv")
    assert [path.stem for path in paths] == [part.section.name for part in made.parts]
    for path, part in zip(paths, made.parts, strict=True):
        assert len(table(path)) == len(part.rows)
        for row in table(path):
            assert all(cell[:1] not in tuple("=+-@\t\r") or float(cell) is not None for cell in row.values())


def test_hostile_words_are_inert(tmp_path: Path) -> None:
    sql = (
        "select first_month from postings p join promises r on r.posting_id = p.id where title like '%script%' and verdict = 'contradicts'"
    )
    with opened() as db:
        made = report.gather(db, db.execute(sql).fetchone()[0])
    page = report.html(made)
    found = Elements(page).found
    assert "&lt;script&gt;" in page and not any(tag in ("script", "img") for tag, _ in found)
    assert "\u202e" not in page


def test_a_printed_report_is_pages_of_paper(page: str, tmp_path: Path) -> None:
    if not CHROMIUM.is_file():
        pytest.skip("no /usr/bin/chromium")
    (tmp_path / "r.html").write_text(page, "utf-8")
    asked = [str(CHROMIUM), *QUIET.split(), f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'r.pdf'}"]
    subprocess.run([*asked, (tmp_path / "r.html").as_uri()], check=True, capture_output=True, timeout=90)
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("month", "said"),
    [("October", "write year and month"), ("2026-13", "write year and month"), ("2031-01", "holds 2026-01 to"), ("2025-12", "holds")],
)
def test_a_wrong_month_is_refused(month: str, said: str) -> None:
    with opened() as db, pytest.raises(UserMistake, match=said):
        report.gather(db, month)


def test_an_empty_month_is_reported_as_empty() -> None:
    with opened() as db:
        copy = sqlite3.connect(":memory:")
        db.backup(copy)
    copy.row_factory = sqlite3.Row
    for sql in ("delete from postings where first_month = ?", "delete from events where month = ?"):
        copy.execute(sql, [MONTH])
    for name in ("trend_monthly", "silence_monthly"):
        copy.execute(f"delete from {name} where month = ?", [MONTH])
    made = report.gather(copy, MONTH)
    assert "None in this month." in report.html(made)
    assert {row["value"] for row in made.parts[0].rows[:4]} == {0}


def test_the_month_before() -> None:
    assert [report_figures.before(month) for month in ("2026-10", "2026-01", "2000-12")] == ["2026-09", "2025-12", "2000-11"]
    with opened() as db:
        rows = {row["title"]: row for row in report_figures.figures(db, "2026-01").rows}
    assert rows["Gigs first seen"]["before"] is None


@pytest.mark.parametrize(
    ("row", "kind", "shown"),
    [
        ({"v": 0.425}, "share", "42 %"),
        ({"v": None, "shown": 0, "n": 3}, "number", "suppressed"),
        ({"v": None, "shown": 0, "n": 0}, "number", "none"),
        ({"v": None, "shown": 1}, "number", "–"),
        ({"v": 1234.5}, "number", "1\u202f234.50"),
        ({"v": 300, "unit": "USD"}, "unit", "300.00 USD"),
        ({"v": 1.5, "unit": "times scale"}, "unit", "1.50 ×"),
        ({"v": None}, "words", ""),
        ({"v": "a" * 3_000_000}, "words", f"<bdi>{'a' * 1000} …</bdi>"),
        ({"v": "<b>\u202e"}, "quote", "<q><bdi>&lt;b&gt;</bdi></q>"),
    ],
)
def test_a_cell_is_printed_so(row: dict[str, object], kind: str, shown: str) -> None:
    assert report.cell(row, Column("v", "V", kind)) == shown


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBOARD_DATA_DIR", str(sample()))
    said = CliRunner().invoke(cli.main, ["report", "--month", MONTH, "-o", str(tmp_path / "r.html"), "--csv", str(tmp_path / "csv")])
    assert said.exit_code == 0, said.output
    assert re.search(r"r\.html: written\n.*csv: \d+ tables written", said.output)
    assert store_sample.NOW in (tmp_path / "r.html").read_text("utf-8")
    refused = CliRunner().invoke(cli.main, ["report", "--month", MONTH])
    assert refused.exit_code != 0 and "nothing to write" in str(refused.output) + str(refused.exception)
