"""Series of consumer prices: what publishers give out, what is kept of it, and where real terms end. All figures here are invented."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from loopback import Board

from analysis import inflation, make_cpi_table, price_readings, price_series
from analysis.price_readings import Rows
from analysis.price_series import Series, all_series, first_month, months_between, table
from crawler.errors import ConfigError, UserMistake

ONS = """"Title","CPI INDEX (invented)"
"CDID","XXXX"
"Unit","Index, base year = 100"
"2009","70.1"
"2024","100.0"
"2024 Q1","99.0"
"2024 FEB","99.5"
"2024 JAN","99.0"
"""
SDMX = "KEY,FREQ,TIME_PERIOD,OBS_VALUE\nA.B,{freq},{first},100.5\nA.B,{freq},{second},101\nA.B,{freq},{third},\n"
MONTHS = SDMX.format(freq="M", first="2024-01", second="2024-02", third="2024-03")
QUARTERS = SDMX.format(freq="Q", first="2024-Q1", second="2024-Q2", third="2024-Q3")


@pytest.mark.parametrize(
    ("reading", "text", "step", "expected"),
    [
        ("ons-csv", ONS, "month", [("2024-01", 99.0), ("2024-02", 99.5)]),
        ("sdmx-csv", MONTHS, "month", [("2024-01", 100.5), ("2024-02", 101.0)]),
        ("sdmx-csv", "\ufeff" + QUARTERS, "quarter", [("2024-Q1", 100.5), ("2024-Q2", 101.0)]),
    ],
)
def test_what_publishers_give_out(reading: str, text: str, step: str, expected: list[tuple[str, float]]) -> None:
    assert price_readings.rows(reading, text, step) == expected


@pytest.mark.parametrize(
    ("reading", "text", "words"),
    [
        ("ons-csv", "<html>not found</html>", "no usable index by the month"),
        ("sdmx-csv", MONTHS.replace("101", "n/a"), "not sdmx-csv"),
        ("sdmx-csv", MONTHS.replace("2024-02", "2024-01"), "more than once"),
        ("sdmx-csv", MONTHS.replace("101", "-1"), "no usable index"),
        ("sdmx-csv", QUARTERS, "by the month"),
    ],
)
def test_a_wrong_file_is_the_users_mistake(reading: str, text: str, words: str) -> None:
    with pytest.raises(UserMistake, match=words):
        price_readings.rows(reading, text, "month")


def test_the_package_of_the_us_bureau_gives_months_only() -> None:
    index = SimpleNamespace(period=SimpleNamespace(type="monthly"), year=2024, value=313.548, date=date(2024, 5, 1))
    yearly = SimpleNamespace(period=SimpleNamespace(type="annual"), year=2024, value=1, date=index.date)
    assert list(price_readings.bls(SimpleNamespace(indexes=[yearly, index]))) == [("2024-05", 313.548)]


def test_every_series_names_its_publisher_licence_and_address() -> None:
    assert [series.id for series in all_series()] == sorted(path.stem for path in price_series.FOLDER.glob("*.toml"))
    for series in all_series():
        assert series.title and series.publisher and series.licence and series.page.startswith("https://")
        assert series.reading == "bls-package" or series.address.startswith("https://")
        assert series.reading in price_series.READINGS and len(series.currency) == 3


def test_every_table_is_in_order_and_belongs_to_a_series() -> None:
    assert {path.stem for path in price_series.FOLDER.glob("*.csv")} <= {series.id for series in all_series()}
    for series in all_series():
        months = [first_month(period) for period, _ in table(series.id)]
        assert months == sorted(set(months))
        assert all(index > 0 for _, index in table(series.id))
    assert len(table("us")) > 190


def _kept(folder: Path, step: str, rows: Rows, stands: int | None) -> None:
    """One series of an invented currency in a folder of its own."""
    series = Series("xx", "t", "Office of Nowhere", "S1", "XXX", step, "l", "https://page.invalid", "https://x.invalid", "sdmx-csv", stands)
    text = [f'{key} = "{getattr(series, key)}"' for key in ("title", "publisher", "series", "currency", "step", "licence", "page")]
    text += [f'address = "{series.address}"', f'reading = "{series.reading}"']
    text += [f"stands_months = {stands}"] if stands is not None else []
    (folder / "xx.toml").write_text("\n".join(text), encoding="utf-8")
    make_cpi_table.write(series, rows, folder)


QUARTERLY = [("2024-Q1", 100.0), ("2024-Q3", 110.0)]
YEARLY = [("2023", 100.0), ("2024", 110.0)]


@pytest.mark.parametrize(
    ("step", "rows", "stands", "day", "expected"),
    [
        ("quarter", QUARTERLY, 6, "2024-02-11", (1.1, "2024-Q1", "2024-Q3")),
        ("quarter", QUARTERLY, 6, "2024-06-30", (1.1, "2024-Q1", "2024-Q3")),  # the second quarter was never published: no interpolation
        ("quarter", QUARTERLY, 6, "2025-03-31", (1.0, "2024-Q3", "2024-Q3")),  # six months after the end of September
        ("quarter", QUARTERLY, 6, "2025-04-01", None),
        ("quarter", QUARTERLY, 6, "2023-12-31", None),
        ("year", YEARLY, 0, "2024-12-31", (1.0, "2024", "2024")),
        ("year", YEARLY, 0, "2025-01-01", None),
        ("year", YEARLY, 0, "2023-05-05", (1.1, "2023", "2024")),
        ("month", [("2024-01", 100.0)], None, "2031-01-01", (1.0, "2024-01", "2024-01")),
    ],
)
def test_where_real_terms_begin_and_end(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    rows: Rows,
    stands: int | None,
    day: str,
    expected: object,
) -> None:
    _kept(tmp_path, step, rows, stands)
    monkeypatch.setattr(inflation, "of_currency", lambda currency: price_series.of_currency(currency, tmp_path))
    monkeypatch.setattr(inflation, "table", lambda series: price_series.table(series, tmp_path))
    found = inflation.prices(day, "XXX")
    assert (found and (pytest.approx(found.factor), found.used, found.base)) == expected
    assert found is None or found.source == "Office of Nowhere, S1"


def test_months_between() -> None:
    assert (months_between("2024-11", "2025-02"), first_month("2024-Q4"), first_month("2024")) == (3, "2024-10", "2024-01")


@pytest.mark.parametrize(
    ("lines", "message"),
    [("colour = 1", "unknown or missing: colour"), ('step = "week"', "step is one of month, quarter, year")],
)
def test_a_wrong_series_is_refused_with_its_file(tmp_path: Path, lines: str, message: str) -> None:
    _kept(tmp_path, "month", [("2024-01", 1.0)], None)
    text = (tmp_path / "xx.toml").read_text(encoding="utf-8")
    (tmp_path / "xx.toml").write_text((text.replace('step = "month"\n', "") if "step" in lines else text) + "\n" + lines, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as raised:
        all_series(tmp_path)
    assert "xx.toml" in str(raised.value)


def test_two_series_of_one_currency_are_refused(tmp_path: Path) -> None:
    _kept(tmp_path, "month", [("2024-01", 1.0)], None)
    (tmp_path / "yy.toml").write_text((tmp_path / "xx.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ConfigError, match="more than one series for XXX"):
        all_series(tmp_path)


def test_a_saved_file_becomes_a_table(tmp_path: Path) -> None:
    saved = tmp_path / "saved.csv"
    saved.write_text(ONS, encoding="utf-8")
    british = next(series for series in all_series() if series.id == "gb")
    path = make_cpi_table.write(british, make_cpi_table.read(british, saved), tmp_path)
    assert path.read_text(encoding="utf-8") == "period,index\n2024-01,99.0\n2024-02,99.5\n"
    assert table("gb", tmp_path) == (("2024-01", 99.0), ("2024-02", 99.5))


def test_the_command_tells_a_wrong_file_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "saved.csv").write_text("<html></html>", encoding="utf-8")
    result = CliRunner().invoke(make_cpi_table.main, ["gb", "--from", str(tmp_path / "saved.csv")])
    assert result.exit_code == 2
    assert result.output.startswith("gb: what was read has no usable index")


def test_a_file_belongs_to_one_series(tmp_path: Path) -> None:
    (tmp_path / "saved.csv").write_text(ONS, encoding="utf-8")
    result = CliRunner().invoke(make_cpi_table.main, ["gb", "ca", "--from", str(tmp_path / "saved.csv")])
    assert result.exit_code == 2 and "name that series" in result.output


def test_a_table_is_never_replaced_by_one_that_ends_earlier(tmp_path: Path) -> None:
    british = next(series for series in all_series() if series.id == "gb")
    make_cpi_table.write(british, [("2024-01", 99.0), ("2024-02", 99.5)], tmp_path)
    with pytest.raises(UserMistake, match=r"ends with 2024-01, gb\.csv with 2024-02"):
        make_cpi_table.write(british, [("2024-01", 99.0)], tmp_path)
    assert (tmp_path / "gb.csv").read_text(encoding="utf-8").endswith("2024-02,99.5\n")
    assert [path.name for path in tmp_path.iterdir()] == ["gb.csv"]


def test_a_publisher_is_asked_and_one_that_is_down_is_told(site: Board) -> None:
    british = next(series for series in all_series() if series.id == "gb")
    there = site.put("/d7bt.csv", ONS, mime="text/csv")
    assert make_cpi_table.read(replace(british, address=there)) == [("2024-01", 99.0), ("2024-02", 99.5)]
    with pytest.raises(UserMistake, match=r"gave nothing that can be read .*use --from"):
        make_cpi_table.read(replace(british, address=site.url + "/gone.csv"))
