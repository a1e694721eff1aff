"""Countries: the table that is kept is the one that pycountry gives today."""

from __future__ import annotations

from crawler.findings import countries


def test_the_table_is_fresh() -> None:
    made = countries.as_toml(countries.from_pycountry())
    assert countries.DATA.read_text(encoding="utf-8") == made, "run: python -m crawler.findings.countries"


def test_codes_and_names() -> None:
    table = countries.countries()
    assert table.names["DE"] == ("Germany", "Federal Republic of Germany")
    assert table.alpha_3["DEU"] == "DE"
    assert table.states["US"]["TX"] == "Texas"
    assert table.states["CA"]["QC"] == "Quebec"
