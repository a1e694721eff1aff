"""Work spread over cores comes back in order, the same as in one process, and only when there is enough of it."""

from __future__ import annotations

import os

from analysis import cores
from analysis.shingles import cut
from crawler.redact import redact


def who(text: str) -> tuple[str, int]:
    """The text and the process that read it."""
    return text, os.getpid()


def test_much_work_comes_back_in_order_from_other_processes() -> None:
    rows = [(number, f"text {number}") for number in range(cores.FEW + 2 * cores.SLAB + 7)]
    made = list(cores.mapped(who, rows, lambda row: row[1]))
    assert [row for row, _ in made] == rows
    assert [text for _, (text, _) in made] == [text for _, text in rows]
    assert {process for _, (_, process) in made[: cores.FEW]} == {os.getpid()}
    assert os.getpid() not in {process for _, (_, process) in made[cores.FEW :]}


def test_little_work_stays_here() -> None:
    assert [process for _, (_, process) in cores.mapped(who, ["a", "b"], str)] == [os.getpid()] * 2
    assert list(cores.mapped(who, [], str)) == []


def test_other_processes_give_the_same_answers() -> None:
    texts = [f"Contact: Jane Invented{number}, jane{number}@invented.example, for {number} hours of reading" for number in range(2300)]
    assert [made for _, made in cores.mapped(redact, texts, str)] == list(map(redact, texts))
    away, here = list(cores.mapped(cut, texts, str))[-1][1], cut(texts[-1])
    assert away.triples.tolist() == here.triples.tolist()
    assert away.signature.tolist() == here.signature.tolist()
