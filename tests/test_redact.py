"""Contact details disappear, everything else stays where it was. Persons and numbers are invented."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler import redact
from crawler.contacts import spans

DATA = tomllib.loads((Path(redact.__file__).with_suffix(".toml")).read_text("utf-8"))


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda example: example["text"][:40])
def test_examples(example: dict[str, Any]) -> None:
    text = example["text"]
    assert [text[start:end] for start, end, _ in spans(text)] == example["hidden"]


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda example: example["text"][:40])
def test_offsets_stay_true(example: dict[str, Any]) -> None:
    text = example["text"]
    covered = redact.redact(text)
    assert len(covered) == len(text)
    assert [a for a, b in zip(text, covered, strict=True) if a != b and b != redact.BLOCK] == []
    assert redact.redact(covered) == covered


HTML = [
    ("<p>Mail <b>jane</b>@invented.example</p>", "<p>Mail <b>████</b>█████████████████</p>"),
    ('<a href="mailto:jd@invented.example">write</a>', '<a href="mailto:███████████████████">write</a>'),
    ("<p>Contact: <b>Jane</b> <i>Doe</i></p>", "<p>Contact: <b>████</b>█<i>███</i></p>"),
    ("<p>Contact: Jane\n  Doe</p><p>Rate &amp; fee: $30</p>", "<p>Contact: ██████████</p><p>Rate &amp; fee: $30</p>"),
    ("<b>Jane</b> Doe and Jane Doe: mail jane.doe@invented.example", "<b>████</b>" + "█" * 4 + " and " + "█" * 8 + ": mail " + "█" * 25),
    ("<p>No one here</p>", "<p>No one here</p>"),
]


@pytest.mark.parametrize(("html", "expected"), HTML)
def test_markup_hides_nothing_from_it(html: str, expected: str) -> None:
    assert redact.redact_html(html) == expected


HOSTILE = {
    "addresses": " ".join(f"a{n}.b{n}@invented.example" for n in range(20_000)),
    "names": "\n".join(f"Contact: Jane Invented{n}" for n in range(20_000)),
    "word": "a." * 500_000 + "@",
    "ats": "@" * 1_000_000,
    "digits": "1 " * 500_000,
    "capitals": "Contact: " + "Jane " * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    started = time.process_time()
    covered = redact.redact(HOSTILE[name])
    assert time.process_time() - started < 4
    assert len(covered) == len(HOSTILE[name])
    assert "@invented" not in covered
    assert "Jane Invented" not in covered


EDGES = [
    ("a@b.example@c.example", ["a@b.example"]),
    ("x" * 70 + "@invented.example", []),
    ("mail a%b@invented.example", ["a%b@invented.example"]),
    ("jane%40invented.example, tom@invented.example", ["jane%40invented.example", "tom@invented.example"]),
    ("Jane Doe\njane@invented.example", ["Jane Doe", "jane@invented.example"]),
    ("EMAIL Jane Doe (she) or contact\u00a0Tom Invented on", ["Jane Doe", "Tom Invented"]),
    ("İ. Contact: İrem Öz", ["İrem Öz"]),
    ("Your contact : \nJane Doe", ["Jane Doe"]),
    ("non-exclusive, contact-Jane Doe", ["Jane Doe"]),
    ("Jo Invented, jo.invented@mail.example, JO  INVENTED", ["Jo Invented", "jo.invented@mail.example", "JO  INVENTED"]),
    ("Reference 123456789. Batch 2079460958", ["2079460958"]),
    ("+(415) 555-2671 (or)", []),
]


@pytest.mark.parametrize(("text", "hidden"), EDGES)
def test_what_begins_where_it_is_looked_for(text: str, hidden: list[str]) -> None:
    assert [text[start:end] for start, end, _ in spans(text)] == hidden
