"""Relevance on the sample boards: what each posting is meant to be against what its text says, read as the pipeline reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from crawler import text
from crawler.demo import load, markup
from crawler.demo.board import Board, Sheet
from crawler.findings.relevance import judge
from crawler.records import Relevance

PAPERS = "https://boards.example/papers"


@dataclass(frozen=True, slots=True)
class Notice:
    """A posting as it hangs on some nights. last: on its last night, of which `meant` speaks."""

    meant: str
    words: str
    last: bool


def composed(sheet: Sheet, board: Board) -> str:
    """The text that the pipeline makes of a posting."""
    body = text.from_html(markup.to_html(markup.blocks(sheet.body), PAPERS))
    return text.compose(sheet.title, sheet.organization or board.organization, sheet.location, body)


def notices() -> Iterator[Any]:
    for board in load.boards():
        for sample in board.samples:
            nights = [composed(sheet, board) for sheet in sample.nights if sheet]
            for words in dict.fromkeys(nights):
                notice = Notice(sample.meant, words, last=words == nights[-1])
                yield pytest.param(notice, id=f"{sample.meant}: {board.id}/{sample.slug}{'' if notice.last else ' (earlier)'}")


def read(notice: Notice) -> Relevance:
    title, _, _ = notice.words.partition("\n")
    return judge(title, notice.words)


def is_published(answer: Relevance) -> bool:
    return answer.ai_training is not False and (answer.performers is not False or bool(answer.modalities))


def meant(*kinds: str) -> list[Any]:
    return [each for each in notices() if each.values[0].meant in kinds]


@pytest.mark.parametrize("notice", [each for each in meant("gig") if each.values[0].last])
def test_a_gig_is_published(notice: Notice) -> None:
    assert is_published(read(notice))


@pytest.mark.parametrize("notice", meant("near_miss", "ordinary"))
def test_nothing_else_is(notice: Notice) -> None:
    assert not is_published(read(notice))


def test_most_gigs_are_sure() -> None:
    """`None` is for texts that cannot tell: nine in ten of the gigs say it somehow."""
    answers = [read(each.values[0]) for each in meant("gig") if each.values[0].last]
    assert sum(answer.ai_training is True for answer in answers) >= 0.9 * len(answers)


def test_a_clause_added_later_is_seen() -> None:
    """A narration job that lets the publisher train models since its third night: no gig before, one after."""
    series = [each.values[0] for each in meant("gig") if "detective hedgehog" in each.values[0].words]
    assert [read(notice).ai_training for notice in series] == [False, True]
