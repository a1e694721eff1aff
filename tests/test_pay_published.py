"""Pay as it is published: dollars of the day with the rate, its day and its source, real terms, and what is missing said as issues."""

import sqlite3
from contextlib import closing
from pathlib import Path

import published
import pytest
import store_sample

from analysis import exchange, inflation
from analysis.publish import publish


def test_an_offer_keeps_the_rate_its_day_and_its_source() -> None:
    with published.opened() as db:
        rows = db.execute("select * from pay_offers where currency = 'GBP' and amount_max is not null").fetchall()
    assert rows
    for row in rows:
        rate = exchange.rate("GBP", row["day"])
        assert rate is not None and rate.day is not None and rate.day <= row["day"]
        assert (row["usd_rate"], row["usd_rate_day"], row["usd_rate_source"]) == (rate.usd, rate.day, rate.source)
        assert row["usd_high"] == pytest.approx(row["amount_max"] * rate.usd, abs=1e-3)


def test_an_offer_in_dollars_has_no_day_of_a_rate() -> None:
    with published.opened() as db:
        row = db.execute("select * from pay_offers where currency = 'USD' and amount_min is not null").fetchone()
    assert (row["usd_low"], row["usd_rate"], row["usd_rate_day"], row["usd_rate_source"]) == (row["amount_min"], 1, None, exchange.OWN)
    assert row["real_base"] == inflation.base_period("USD")
    assert row["real_low"] == pytest.approx(row["amount_min"] * inflation.prices(row["day"]).factor, abs=1e-3)  # type: ignore[union-attr]


def test_a_currency_without_figures_of_its_prices_is_an_issue() -> None:
    with published.opened() as db:
        count = db.execute("select count(*) from pay_offers where current and currency = 'GBP' and amount_max is not null").fetchone()[0]
        (message,) = db.execute("select message from issues where rule = 'pay-not-in-real-terms' and message like '%GBP%'").fetchone()
        assert not db.execute("select 1 from issues where rule = 'pay-not-in-real-terms' and message like '%USD%'").fetchone()
    assert message.startswith(f"Offers in GBP that are not in real terms: {count}. The reason: ")


def test_a_reader_of_the_gig_sees_that_the_boards_field_and_the_words_disagree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_sample.fill(tmp_path / "store.db", gigs=12)
    with closing(sqlite3.connect(store)) as db, db:
        gig, source = db.execute("select id, source_id from posting limit 1").fetchone()
        row = (
            source,
            gig,
            "pay-disagreement",
            "The field says <b>20</b>; the text says 40.",
            "warning",
            store_sample.NOW,
            store_sample.NOW,
        )
        names = "source_id, posting_id, rule, message, severity, opened_at, last_at, times"
        db.execute(f"insert into issue ({names}) values (?, ?, ?, ?, ?, ?, ?, 1)", row)
    publish(store, tmp_path / "callboard.db", store_sample.NOW)
    monkeypatch.setattr(published, "sample", lambda: tmp_path)
    page = published.get(f"/callboard/gig/{gig}@{store_sample.NOW[:10]}").text
    assert "Not settled by the words:" in page
    assert "The field says &lt;b&gt;20&lt;/b&gt;; the text says 40." in page
