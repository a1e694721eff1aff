"""Pay as postings state it: the performers' lines, every example of the vocabulary, properties, and the labelled rows."""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.findings import pay_cues, pay_numerals, pay_percent, pay_quantity, pay_tables
from crawler.findings.pay import find, problems
from crawler.findings.pay_qualifiers import Qualifier, qualifiers
from crawler.findings.pay_vocabulary import currencies, units
from crawler.records import Pay

SHARED = Path(__file__).parents[1].parent / "shared"

# text, minimum, maximum, currency, unit, qualifiers, quantity (minimum, unit, kind), floor
PERFORMERS_LINES: list[tuple[Any, ...]] = [
    ("$150 per hour for at least two hours", 150, 150, "USD", "hour", (), (2, "hour", "guarantee"), 300),
    ("£250 per day + 20% agency", 250, 250, "GBP", "day", ("plus_fee",), None, None),
    ("up to $80,000 for 19 hours total", None, 80000, "USD", "project", ("up_to",), (19, "hour", "estimate"), None),
    ("USD 0.12 per word", 0.12, 0.12, "USD", "word", (), None, None),
    ("$25-$40/hr", 25, 40, "USD", "hour", (), None, None),
    ("$300 per finished hour", 300, 300, "USD", "finished_hour", (), None, None),
    ("150 EUR per session (approx. 2h)", 150, 150, "EUR", "session", (), (2, "hour", "session"), None),
    ("up to $74/hr", None, 74, "USD", "hour", ("up_to",), None, None),
    ("rate: $500 flat buyout", 500, 500, "USD", "project", ("buyout", "flat"), None, 500),
    ("₹1,200/hr", 1200, 1200, "INR", "hour", (), None, None),
    ("$20 per approved minute of video", 20, 20, "USD", "finished_minute", (), None, None),
    ("12k-15k PLN/month", 12000, 15000, "PLN", "month", (), None, None),
    ("$0.35 per utterance, 2,000 utterances", 0.35, 0.35, "USD", "task", (), (2000, "task", "count"), None),
    ("$1,000 per 1,000 words", 1, 1, "USD", "word", (), None, None),
    ("SAG scale + 10%", None, None, None, None, ("union_scale", "plus_fee"), None, None),
    ("unpaid, copy and credit", None, None, None, None, ("unpaid",), None, None),
]


def _quantity(offer: Pay) -> tuple[float | None, str, str] | None:
    return (offer.quantity.amount_min, offer.quantity.unit, offer.quantity.kind) if offer.quantity else None


@pytest.mark.parametrize("line", PERFORMERS_LINES, ids=lambda line: line[0])
def test_performers_lines(line: tuple[Any, ...]) -> None:
    text, *expected = line
    offer = find(text)[0]
    read = [offer.amount_min, offer.amount_max, offer.currency, offer.unit, offer.qualifiers, _quantity(offer), offer.floor]
    assert read == expected


def test_copy_and_credit_is_a_finding_of_its_own() -> None:
    assert [offer.qualifiers for offer in find("unpaid, copy and credit")] == [("unpaid",), ("credit_only",)]


def test_a_figure_brought_to_one_word_keeps_what_was_stated() -> None:
    assert find("$1,000 per 1,000 words")[0].stated == "1,000 per 1,000"


@pytest.mark.parametrize(("unit", "hit"), [(unit.id, hit) for unit in units().values() for hit in unit.hits])
def test_hits_of_every_unit(unit: str, hit: tuple[Any, ...]) -> None:
    text, low, high, currency = hit
    expected = (None if low == "" else low, None if high == "" else high, currency or None, unit)
    assert expected in [(offer.amount_min, offer.amount_max, offer.currency, offer.unit) for offer in find(text)]


@pytest.mark.parametrize(("unit", "text"), [(unit.id, text) for unit in units().values() for text in unit.misses])
def test_misses_of_every_unit(unit: str, text: str) -> None:
    assert unit not in [offer.unit for offer in find(text)]


def test_every_unit_has_hits_and_misses() -> None:
    assert [unit.id for unit in units().values() if not (unit.hits and unit.misses)] == []


def _spellings() -> list[tuple[str, str, bool]]:
    plain = [(c.code, sign, False) for c in currencies().values() for sign in (c.code, *c.signs)]
    words = [(c.code, f"{word}s" if c.code == "USD" else word, True) for c in currencies().values() for word in c.words]
    return plain + words


@pytest.mark.parametrize(("code", "spelling", "behind"), _spellings())
def test_every_spelling_of_every_currency(code: str, spelling: str, behind: bool) -> None:
    text = f"Pay: 500 {spelling} per hour" if behind else f"Pay: {spelling} 500 per hour"
    assert [(offer.amount_min, offer.currency) for offer in find(text)] == [(500, code)]


@pytest.mark.parametrize(
    ("text", "country", "currency"),
    [
        ("Pay: $40 per hour", None, "USD"),
        ("Pay: $40 per hour", "AU", "AUD"),
        ("Pay: $40 per hour (CAD)", None, "CAD"),
        ("Actors in Toronto\nPay: $40 per hour", None, "CAD"),
        ("Pay: kr 400 per hour", "SE", "SEK"),
        ("Pay: 400 kr per hour", "NO", "NOK"),
        ("Pay: 400 kr per hour", None, None),
        ("Pay: ¥5000 per hour", "JP", "JPY"),
        ("Pay: Rs. 500 per hour", None, "INR"),
        ("Pay: Rs. 500 per hour", "PK", "PKR"),
        ("Rates: AU$60 per hour, $90 with travel", None, "AUD"),
    ],
)
def test_what_a_shared_sign_means(text: str, country: str | None, currency: str | None) -> None:
    offers = find(text, country)
    assert {offer.currency for offer in offers} == {currency}
    undecided = [problem.rule for problem in problems(text, offers) if problem.rule == "pay-currency-undecided"]
    assert bool(undecided) == (currency is None)


def _listed(kind: str) -> list[tuple[Qualifier, str]]:
    return [(qualifier, text) for qualifier in qualifiers().values() for text in getattr(qualifier, kind)]


@pytest.mark.parametrize(("qualifier", "text"), _listed("hits"), ids=lambda value: getattr(value, "id", value))
def test_hits_of_every_qualifier(qualifier: Qualifier, text: str) -> None:
    assert any(qualifier.id in offer.qualifiers for offer in find(text))


@pytest.mark.parametrize(("qualifier", "text"), _listed("misses"), ids=lambda value: getattr(value, "id", value))
def test_misses_of_every_qualifier(qualifier: Qualifier, text: str) -> None:
    assert not any(qualifier.id in offer.qualifiers for offer in find(text))


def test_every_qualifier_has_hits_and_misses() -> None:
    assert [q.id for q in qualifiers().values() if not (q.hits and q.misses)] == []


@pytest.mark.parametrize(("kind", "hit"), [(kind, hit) for kind, table in pay_quantity.kinds().items() for hit in table.hits])
def test_hits_of_every_kind_of_quantity(kind: str, hit: list[Any]) -> None:
    text, low, high, unit = hit
    quantity = find(text)[0].quantity
    assert quantity is not None
    assert (quantity.amount_min, quantity.amount_max, quantity.unit, quantity.kind) == (low, high, unit, kind)


@pytest.mark.parametrize("text", pay_cues.cues().hits)
def test_cues_let_pay_through(text: str) -> None:
    assert [offer for offer in find(text) if offer.amount_max is not None and offer.unit != "percent"]


@pytest.mark.parametrize("text", pay_cues.cues().misses)
def test_cues_keep_decoys_out(text: str) -> None:
    assert [offer for offer in find(text) if offer.amount_min is not None or offer.amount_max is not None] == []


@pytest.mark.parametrize(("written", "number"), pay_numerals.numbers().examples.items())
def test_numbers_as_written(written: str, number: float) -> None:
    read = pay_numerals.value(written) if written[0].isdigit() else pay_numerals.in_words(pay_numerals.words_of(written))
    assert read == number


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Role | Rate per day\nLead | £400", "rate per day"),
        ("| Role | Fee |\n|---|---|\n| Lead | £400 |", "fee"),
        ("Role | 2024 rate\nLead | £400", ""),
        ("Lead | £400", ""),
        ("No table here\nFee: £400", ""),
        ("Role | Day\nin words between\nLead | £400", ""),
        ("Role\nLead | £400", ""),
    ],
)
def test_the_head_of_a_column(text: str, head: str) -> None:
    assert pay_tables.head(text.lower(), text.index("£")) == head


@pytest.mark.parametrize(("kind", "hit"), [(kind, hit) for kind, share in pay_percent.shares().items() for hit in share.hits])
def test_shares_of_what_the_work_earns(kind: str, hit: list[Any]) -> None:
    text, low, high = hit
    assert (low, high, "percent", (kind,)) in [(p.amount_min, p.amount_max, p.unit, p.qualifiers) for p in find(text)]


@pytest.mark.parametrize("text", [text for share in pay_percent.shares().values() for text in share.misses])
def test_percentages_that_are_no_share(text: str) -> None:
    assert [offer for offer in find(text) if offer.unit == "percent"] == []


# text, then the offers in order: (minimum, maximum, currency, unit)
WHOLE_TEXTS: list[tuple[str, list[tuple[float | None, float | None, str | None, str | None]]]] = [
    ("Lead: £400/day. Featured: £250/day.", [(400, 400, "GBP", "day"), (250, 250, "GBP", "day")]),
    ("Onboarding pays $15/hour, then up to $50/hour.", [(15, 15, "USD", "hour"), (None, 50, "USD", "hour")]),
    ("| Role | Rate |\n| Lead | $500/day |\n| Extra | $150/day |", [(500, 500, "USD", "day"), (150, 150, "USD", "day")]),
    ("Compensation\n$35.50 - $41.25\nHourly", [(35.5, 41.25, "USD", "hour")]),
    ("Pay: $11.25/hr - $16.80/hr", [(11.25, 16.8, "USD", "hour")]),
    ("MIN: $90,500 - MID: $110,000 - MAX: $131,250 Currency: CAD", [(90500, 131250, "CAD", "year")]),
    ("ranges from $98,000/year in our lowest market up to $165,000/year", [(98000, 165000, "USD", "year")]),
    ("$30 an hour. Again: thirty dollars an hour.", [(30, 30, "USD", "hour")]),
    ("1.200 - 1.500 € brutos al mes", [(1200, 1500, "EUR", "month")]),
    ("3,000,000 won a month ($2,300)", [(3000000, 3000000, "KRW", "month")]),
    ("All-in fee € 750,- per dag", [(750, 750, "EUR", "day")]),
    ("Pays fifteen to twenty dollars an hour", [(15, 20, "USD", "hour")]),
    ("Talent fee: $2,000 for 2 shoot days + $5,000 usage", [(2000, 2000, "USD", "project"), (5000, 5000, "USD", "project")]),
    ("$18 per person per hour", [(18, 18, "USD", "hour")]),
    ("$45/hr, $67.50/hr overtime after 8 hours", [(45, 45, "USD", "hour"), (67.5, 67.5, "USD", "hour")]),
    ("Lead - £1,000 + £3,000 buyout\nFriend - £750 + £1,500 buyout", [(sum_, sum_, "GBP", "project") for sum_ in (1000, 3000, 750, 1500)]),
    ("Lead £400/day, featured £250, walk-on £120", [(400, 400, "GBP", "day"), (250, 250, "GBP", "day"), (120, 120, "GBP", "day")]),
    ("Lead £400/day, fitting £60", [(400, 400, "GBP", "day"), (60, 60, "GBP", "session")]),
    ("A lean team ($4M ARR) hires an AI trainer at $80-$120/hr.", [(80, 120, "USD", "hour")]),
    ("$0.20 per accepted photo, min payout $10", [(0.2, 0.2, "USD", "image")]),
    ("$25 per visit, 4 visits, $20 bonus for finishing", [(25, 25, "USD", "session")]),
    ("Language | Per hour\nDanish | $40\nThai | $18", [(40, 40, "USD", "hour"), (18, 18, "USD", "hour")]),
    ("Payment of 0.02 ETH per accepted recording (about $60)", [(0.02, 0.02, "ETH", "task")]),
    ("Up to $130/hr depending on skill. Most earn about $95.", [(None, 130, "USD", "hour")]),
    ("Roles paying up to $850. Pays $850.", [(850, 850, "USD", "project")]),
    ("There is a $25 submission fee for members and $40 for everybody else.", []),
    ("Rates (USD): lead 400/day, extra 120/day", [(400, 400, "USD", "day"), (120, 120, "USD", "day")]),
    ("Lead 1,000/week, ensemble 800/week, USD.", [(1000, 1000, "USD", "week"), (800, 800, "USD", "week")]),
    ("£40 per finished minute for dialogue, £25 for narration", [(40, 40, "GBP", "finished_minute"), (25, 25, "GBP", "finished_minute")]),
    ("Pay: $18/hour guaranteed 8 hours ($144)", [(18, 18, "USD", "hour")]),
    ("BASIC FEE: £250\nUSAGE: £1,500", [(250, 250, "GBP", "project"), (1500, 1500, "GBP", "project")]),
    ("Fee: £300, buyout from £2,000 per territory", [(300, 300, "GBP", "project"), (2000, None, "GBP", "task")]),
    ("Fee: £80 p/d + expenses up to £20", [(80, 80, "GBP", "day")]),
    ("The rate rose from £15 per hour to £20 per hour.", [(15, 15, "GBP", "hour"), (20, 20, "GBP", "hour")]),
    ("", []),
    ("No figures here, only words about pay.", []),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE_TEXTS)
def test_several_offers_and_layouts(text: str, expected: list[tuple[float | None, float | None, str | None, str | None]]) -> None:
    assert [(offer.amount_min, offer.amount_max, offer.currency, offer.unit) for offer in find(text)] == expected


def test_what_is_said_of_a_sum_joins_it() -> None:
    offers = find("We pay 9 dollars an hour, but that rate is negotiable. Hours are negotiable too.")
    assert [(offer.amount_min, offer.qualifiers, offer.quote) for offer in offers] == [
        (9, ("negotiable",), "9 dollars an hour, but that rate is negotiable")
    ]


def test_overtime_is_marked_and_never_part_of_the_range() -> None:
    offers = find("$45/hr, $67.50/hr overtime. Time and a half after 10 hours.")
    assert [(offer.amount_min, offer.amount_max, offer.qualifiers) for offer in offers] == [
        (45, 45, ()),
        (67.5, 67.5, ("overtime",)),
        (None, None, ("overtime",)),
    ]


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("$50/hr with a 4-hour minimum", 200),
        ("£60 per hour, guaranteed 90 minutes", 90),
        ("$500 buyout", 500),
        ("$500 flat, deferred", None),
        ("up to $500 flat", None),
        ("$25/hr for about 3 hours", None),
        ("$40-60 per hour, at least 2 hours", 80),
    ],
)
def test_the_money_that_is_certain(text: str, floor: float | None) -> None:
    assert find(text)[0].floor == floor


def test_the_yardstick_posting() -> None:
    folder = SHARED / "yardstick"
    if not folder.is_dir():
        pytest.skip("no yardstick beside the project")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["posting"]["pay"]
    offers = find((folder / "posting.txt").read_text(encoding="utf-8"))
    assert len(offers) == len(expected)
    for offer, row in zip(offers, expected, strict=True):
        wanted = row["quantity"]
        assert _quantity(offer) == (wanted["amount_min"], wanted["unit"], wanted["kind"])
        assert {key: getattr(offer, key) for key in row if key != "quantity"} == {key: row[key] for key in row if key != "quantity"}


def test_the_labelled_rows() -> None:
    script = SHARED / "corpus" / "pay" / "score.py"
    if not script.is_file():
        pytest.skip("no labelled rows beside the project")
    spec = importlib.util.spec_from_file_location("pay_score", script)
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    spec.loader.exec_module(score)
    sys.dont_write_bytecode = before
    rows = [json.loads(line) for line in (script.parent / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    counts, _, _ = score.run(find, rows)
    assert counts["crash"] == 0
    assert counts["tp"] / (counts["tp"] + counts["fp"]) >= 0.96
    assert counts["tp"] / (counts["tp"] + counts["fn"]) >= 0.93
    assert counts["nopay_fp"] / counts["nopay"] <= 0.03


def test_what_all_performers_get_together_is_nobodys_offer() -> None:
    assert [pay.amount_min for pay in find("Budget: $600 per voice × 2 voices = $1,200 total")] == [600.0]
