"""Relevance: invented postings with the facts of gigs really seen, near misses with the same words, and the reasons kept."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from crawler.errors import ConfigError
from crawler.findings import signals
from crawler.findings.lexicon import Lexicon, Source
from crawler.findings.relevance import judge
from crawler.findings.signals import Pattern
from crawler.findings.weights import rules

HERE = Path(__file__).parent / "relevance"
SHARED = Path(__file__).parents[1].parent / "shared"
ANSWERS = {"unclear": None}


def postings() -> list[Any]:
    tables = [table for path in sorted(HERE.glob("*.toml")) for table in tomllib.loads(path.read_text(encoding="utf-8"))["gig"]]
    return [pytest.param(table, id=f"{table['row']}: {table['title']}") for table in tables]


@pytest.mark.parametrize("gig", postings())
def test_answers(gig: dict[str, Any]) -> None:
    got = judge(gig["title"], gig["text"])
    if "ai_training" in gig:
        assert got.ai_training == ANSWERS.get(gig["ai_training"], gig["ai_training"])
    if "performers" in gig:
        assert got.performers == ANSWERS.get(gig["performers"], gig["performers"])
    if "published" in gig:
        assert gig["published"] == (got.ai_training is not False and (got.performers is not False or bool(got.modalities)))
    wanted = gig.get("modalities", [])
    assert set(got.modalities) >= set(wanted) if wanted else "modalities" not in gig or not got.modalities


@pytest.mark.parametrize("gig", postings())
def test_reasons_are_verbatim(gig: dict[str, Any]) -> None:
    for signal in judge(gig["title"], gig["text"]).signals:
        source = gig["title"] if signal.rule.startswith("title:") else gig["text"]
        assert signal.quote and source[signal.start : signal.end] == signal.quote


def signal_examples(wanted: str) -> list[Any]:
    return [
        pytest.param(pattern, example, id=f"{pattern.id}: {example}")
        for pattern in rules().lexicon.patterns
        for example in getattr(pattern, wanted)
    ]


def found(pattern: Pattern, example: str) -> bool:
    lexicon, source = Lexicon([replace(pattern, when=())]), Source.of(pattern.where, example)
    possible = lexicon.possible_in_title if pattern.where == "title" else lexicon.possible
    return pattern.family in lexicon.signs(source, *possible(source))


@pytest.mark.parametrize(("pattern", "example"), signal_examples("hit"))
def test_signal_hits(pattern: Pattern, example: str) -> None:
    assert found(pattern, example)


@pytest.mark.parametrize(("pattern", "example"), signal_examples("miss"))
def test_signal_misses(pattern: Pattern, example: str) -> None:
    assert not found(pattern, example)


def test_gates_hide_nothing() -> None:
    """Whatever a signal's patterns find in the invented texts, the words in its gates let it be sought."""
    lexicon = rules().lexicon
    ungated = Lexicon([replace(pattern, gates=()) for pattern in lexicon.patterns])
    texts = [f"{table.values[0]['title']}\n{table.values[0]['text']}" for table in postings()]
    for text in texts + [example for pattern in lexicon.patterns for example in pattern.hit]:
        source = Source.of("text", text)
        sought, free = (each.signs(source, *each.possible(source)) for each in (lexicon, ungated))
        assert {family: sign.id for family, sign in free.items()} == {family: sign.id for family, sign in sought.items()}, text


def test_every_signal_has_examples() -> None:
    assert [pattern.id for pattern in rules().lexicon.patterns if not (pattern.hit and pattern.miss)] == []


def test_every_modality_has_a_signal() -> None:
    assert set(rules().modalities) <= rules().lexicon.families


def test_a_key_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text('[[signal]]\nid = "a"\nfamily = "b"\npatterns = ["c"]\nweigth = 1\n')
    with pytest.raises(ConfigError, match="weigth"):
        signals.read(tmp_path)


@pytest.mark.parametrize("unit", ["record the ", "train our voice, ", "actors who are not ", "é record your voice, "])
def test_time_grows_with_length_only(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (50_000, 500_000))
    judge("", short)
    assert seconds(long) < 40 * max(seconds(short), 0.001)


def seconds(text: str) -> float:
    took = []
    for _ in range(3):
        start = process_time()
        judge("", text)
        took.append(process_time() - start)
    return min(took)


def test_offsets_count_characters() -> None:
    text = "Größe égal – “naïve”: your voice will be recorded to train AI."
    reasons = judge("", text).signals
    assert {"your voice", "train AI"} <= {reason.quote for reason in reasons}
    assert all(text[reason.start : reason.end] == reason.quote for reason in reasons)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared yardstick is not here")
def test_yardstick() -> None:
    title, _, text = (SHARED / "yardstick/posting.txt").read_text(encoding="utf-8").partition("\n")
    wanted = json.loads((SHARED / "yardstick/expected.json").read_text(encoding="utf-8"))["posting"]["relevance"]
    for got in (judge(title, text), judge("", title + "\n" + text)):
        assert [got.ai_training, got.performers] == [wanted["ai_training"], wanted["performers"]]
        assert list(got.modalities) == wanted["modalities"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_false_alarms_on_real_postings() -> None:
    rows = [json.loads(line) for line in (SHARED / "corpus/postings/dev.jsonl").open(encoding="utf-8")]
    alarms = {"ai_training": 0, "performers": 0}
    for row in rows:
        got = judge(row["title"], row["text"])
        alarms["ai_training"] += got.ai_training is True and row["labels"]["ai_training_gig"] is False
        alarms["performers"] += got.performers is True and row["labels"]["performer_audience"] is False
        if row["class"] == "positive":
            assert got.ai_training is not False
    assert alarms["ai_training"] <= 0.02 * len(rows)
    assert alarms["performers"] <= 0.01 * len(rows)
