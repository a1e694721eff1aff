"""Offers against reference rates: the rate in force on the day, the ratio, and the words to read it by."""

import json
from pathlib import Path

import pytest

from analysis.comparable import compare
from analysis.reference_rates import CERTAINTIES, rates
from analysis.scale import Against, against, matching
from crawler.errors import ConfigError
from crawler.findings.pay import find

SHARED = Path(__file__).parents[1].parent / "shared"


def _against(text: str, day: str | None) -> Against:
    offer = find(text)[0]
    return against(offer, compare(offer, day), day)


def test_every_rate_has_dates_a_citation_and_a_certainty() -> None:
    assert len({rate.id for rate in rates()}) == len(rates())
    for rate in rates():
        assert rate.valid_from < rate.valid_to
        assert rate.citation
        assert rate.certainty in CERTAINTIES
        assert (rate.amount is None) == (rate.certainty == "no figure")
        assert rate.certainty == "stated" or rate.note


@pytest.mark.parametrize(
    ("currency", "day", "expected"),
    [
        ("USD", "2014-07-01", "sag-background-2014"),
        ("USD", "2015-06-30", "sag-background-2014"),
        ("USD", "2015-07-01", None),
        ("EUR", "2023-10-19", "sag-background-2023"),
        ("USD", "2023-11-09", "sag-stand-in-2023"),  # the background rate of that day is a percentage only
        ("USD", "2026-11-20T02:14:07Z", "sag-stand-in-2026"),
        ("GBP", "2022-03-01", "pact-faa-2022"),
        ("GBP", "2020-03-01", "pact-equity-2020"),
        ("GBP", "2024-03-01", "sag-stand-in-2023"),  # no British rate of that year has been read
        ("USD", None, None),
    ],
)
def test_the_rate_in_force(currency: str, day: str | None, expected: str | None) -> None:
    rate = matching(currency, day)
    assert (rate.id if rate else None) == expected


@pytest.mark.parametrize(
    ("text", "day", "ratio", "hourly"),
    [
        ("$150 per hour for at least two hours of work", "2023-10-01", 1.5, 6.0),
        ("$100 per day", "2023-10-01", 0.5, None),
        ("$200/8", "2016-08-01", 1.2346, 1.2346),
        ("£250 per day", "2025-03-02", 2.3323, None),
        ("up to $50/hr", "2023-10-01", 2.0, 2.0),
        ("$20 for a 60-minute session", "2023-10-01", 0.8, 0.8),
        ("$300 per finished hour", "2023-10-01", None, None),
        ("$60,000 a year", "2023-10-01", None, None),
        ("unpaid", "2023-10-01", None, None),
        ("$40/hr", None, None, None),
        ("Pay: 400 kr per hour", "2023-10-01", None, None),
    ],
)
def test_ratios(text: str, day: str | None, ratio: float | None, hourly: float | None) -> None:
    found = _against(text, day)
    assert (found.ratio, found.hourly) == (ratio, hourly)
    assert found.words.endswith(".")


def test_the_words_of_the_yardstick() -> None:
    words = _against("$150 per hour for at least two hours of work", "2023-10-01").words
    assert words.startswith("The guaranteed 300 USD are 1.5 times a general background actor's day (about 200 USD for 8 hours)")
    assert "of the time" in words


def test_a_ceiling_is_called_one() -> None:
    assert "at most 2.0 times" in _against("up to $50/hr", "2023-10-01").words


def test_a_computed_rate_is_called_one() -> None:
    assert "(computed: 269.86 USD" in _against("$40/hr", "2026-11-20").words


def test_the_yardstick_ratio() -> None:
    folder = SHARED / "yardstick"
    if not folder.is_dir():
        pytest.skip("no yardstick beside the project")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["scale"]["floor_ratio"]
    text = (folder / "posting.txt").read_text(encoding="utf-8")
    assert _against(text, "2023-10-01").ratio == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [('certainty = "hoped"', "certainty is one of"), ('certainty = "stated"\nsalary = 3', "unknown or missing: salary"), ("", "certainty")],
)
def test_a_wrong_rate_file_is_refused_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    head = 'body = "B"\nagreement = "A"\nplace = "P"\ncurrency = "USD"\nfor_currencies = ["*"]\n[[rate]]\nid = "x"\nwork = "w"\nrank = 1\n'
    tail = f'unit = "day"\nfrom = 2020-01-01\nto = 2020-12-31\ncitation = "c"\n{line}\n'
    (tmp_path / "wrong.toml").write_text(head + tail, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as raised:
        rates(tmp_path)
    assert "wrong.toml" in str(raised.value)
