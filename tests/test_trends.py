"""The statistics of the trend tables, against figures worked out by hand or by brute force."""

from __future__ import annotations

import random
from statistics import median

import pytest
from published import opened

from analysis.charting import Chart, Point, between, svg, ticks
from analysis.sample import path
from analysis.trends import is_shown, median_interval, panel, share, spread, tail


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([5.0], (1, 5.0, 5.0, 5.0)),
        ([1.0, 2.0, 3.0, 4.0, 5.0], (5, 2.0, 3.0, 4.0)),
        ([10.0, 20.0], (2, 12.5, 15.0, 17.5)),
    ],
)
def test_quartiles(values: list[float], expected: tuple[int, float, float, float] | None) -> None:
    found = spread(values)
    assert (found and (found.n, found.p25, found.median, found.p75)) == expected


@pytest.mark.parametrize("n", [5, 11, 25, 60])
def test_the_interval_is_that_of_a_bootstrap_with_many_resamples(n: int) -> None:
    chance = random.Random(n)
    ordered = sorted(chance.lognormvariate(5, 0.6) for _ in range(n))
    medians = sorted(sorted(chance.choices(ordered, k=n))[(n - 1) // 2] for _ in range(20_000))
    simulated = medians[500], medians[19_499]
    low, high = median_interval(ordered)
    ranks = [ordered.index(value) for value in (low, simulated[0])], [ordered.index(value) for value in (high, simulated[1])]
    assert all(abs(one - other) <= 1 for one, other in ranks)
    assert low <= median(ordered) <= high


def test_the_tail_is_the_same_by_sum_and_by_normal() -> None:
    assert tail(10, 0.5, 5) == pytest.approx(0.623046875)
    assert tail(400, 0.3, 130) == pytest.approx(tail(401, 0.3, 130), abs=0.02)
    assert tail(3, 1.0, 3) == 1.0


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (58, 100, 0.4821, 0.6720)],
)
def test_wilson(k: int, n: int, low: float, high: float) -> None:
    found = share(k, n)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_no_n_no_figure() -> None:
    assert share(0, 0) is None
    assert [is_shown(*cell) for cell in ((5, 3), (4, 4), (9, 2))] == [True, False, False]


def test_the_panel_holds_only_sources_seen_in_every_month() -> None:
    seen = {"a": {"2026-01", "2026-02", "2026-03"}, "b": {"2026-01", "2026-03"}}
    assert panel(seen, ["2026-01", "2026-02", "2026-03"]) == {"a"}
    assert panel(seen, ["2026-03"]) == {"a", "b"}
    assert panel(seen, []) == frozenset()


def test_every_shown_cell_has_its_n_and_suppressed_ones_have_nothing() -> None:
    with opened() as db:
        rows = db.execute("select * from trend_monthly").fetchall()
    assert rows
    assert all(row["n"] >= 5 and row["employers"] >= 3 and row["low"] <= row["median"] <= row["high"] for row in rows if row["shown"])
    assert all(row["median"] is None for row in rows if not row["shown"])


def test_a_cell_leads_to_as_many_rows_as_it_counts() -> None:
    with opened() as db:
        cell = db.execute(
            "select * from trend_monthly where measure = 'floor_usd' and cut = 'all' and panel = 'all' order by n desc"
        ).fetchone()
        query = "select count(*) from postings where first_month = ? and backlog = 0 and floor_usd is not null"
        assert db.execute(query, [cell["month"]]).fetchone()[0] == cell["n"]
    assert cell["rows"] == path(cell["month"], "all", "all", floor_usd__notblank="1")


def test_shares_of_a_cell_add_up() -> None:
    with opened() as db:
        for row in db.execute("select * from silence_monthly where shown"):
            assert row["granted"] + row["limited"] + row["denied"] + row["silent"] == pytest.approx(1, abs=0.001)


def test_a_chart_says_its_figures_and_breaks_where_there_is_none() -> None:
    points = (Point("2026-01", 10.0, 8, 12, 7, 14, 9, "/x?a=1&b=<"), Point("2026-02", None), Point("2026-03", 20.0, n=7))
    drawn = svg(Chart("Pay <b>", "USD", points, blind=frozenset({"2026-02"})))
    assert "2026-01: 10 USD, n = 9" in drawn
    assert "<b>" not in drawn and "/x?a=1&amp;b=&lt;" in drawn
    assert 'class="blind"' in drawn and drawn.count('class="line"') == 2


@pytest.mark.parametrize(
    ("most", "expected"), [(0, [0, 1]), (4, [0, 1, 2, 3, 4]), (330, [0, 100, 200, 300, 400]), (0.9, [0, 0.2, 0.4, 0.6, 0.8, 1.0])]
)
def test_ticks_are_round(most: float, expected: list[float]) -> None:
    assert ticks(most) == pytest.approx(expected)


def test_months_between() -> None:
    assert between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
