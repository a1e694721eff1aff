"""Languages: what a text is written in, and what it asks for."""

from __future__ import annotations

import tomllib
from time import perf_counter
from typing import Any

import py3langid
import pytest

from crawler.findings import language
from crawler.findings.language_model import identifier

EXAMPLES = tomllib.loads(language.DATA.read_text(encoding="utf-8"))["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["text"]))
def test_asked(example: dict[str, Any]) -> None:
    found = language.asked(example["text"])
    assert [each.code for each in found] == example["asked"]
    assert all(example["text"][each.start : each.end] == each.name for each in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Voice actors wanted for a recording project in our studio.", "en"),
        ("Wir suchen Sprecherinnen und Sprecher für Aufnahmen im Studio.", "de"),
        ("Nous recherchons des comédiens pour enregistrer des dialogues.", "fr"),
        ("Se buscan locutores nativos de México para grabar frases.", "es"),
        ("Cerchiamo attori e attrici per registrare dialoghi in studio.", "it"),
        ("Procuramos atores para gravar diálogos em estúdio.", "pt"),
        ("Wij zoeken stemacteurs voor opnames in onze studio.", "nl"),
        ("招募配音演员，录制五千个句子。", "zh"),
        ("声優を募集しています。スタジオで録音します。", "ja"),
        ("성우를 모집합니다. 스튜디오에서 녹음합니다.", "ko"),
        ("TTS", None),
        ("150 - 300 $", None),
        ("", None),
    ],
)
def test_of(text: str, wanted: str | None) -> None:
    assert language.of(text) == wanted


@pytest.mark.parametrize(
    "text", [example["text"] for example in EXAMPLES] + ["a", "é", "АБВ ґ", "मंच के कलाकार", "x" * 3000, "Ὀδυσσεύς, voice; голос"]
)
def test_the_model_walked_at_once_ranks_as_the_library_does(text: str) -> None:
    assert [code for code, _ in identifier().rank(text)][:5] == [code for code, _ in py3langid.rank(text)][:5]


def test_time_grows_with_length_only() -> None:
    language.asked("x")
    language.of("Voice actors wanted for recordings")
    start = perf_counter()
    assert [each.code for each in language.asked("a\n" + "speak French, " * 70_000)] == ["fr"]
    assert language.of("voice actors wanted " * 50_000) == "en"
    assert perf_counter() - start < 5
