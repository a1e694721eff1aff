"""Fixtures that many tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crawls import Crawls, Place
from loopback import Board, board


@pytest.fixture(scope="session")
def crawls() -> Iterator[Crawls]:
    """Crawls in processes of their own, forked from one that is warm."""
    running = Crawls()
    yield running
    running.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty data folder."""
    return Place(tmp_path)


@pytest.fixture
def site() -> Iterator[Board]:
    """A board on loopback."""
    with board() as running:
        yield running
