"""One function over many texts on every core of this machine, in order and with few of them in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

FEW = 2000  # fewer are done in this process: others take a while to start
SLAB = 4000  # rows handed out at a time; two slabs are under way, so that no core waits for the rows to be written
CHUNK = 100  # rows to a process at once

Row = TypeVar("Row")
Given = TypeVar("Given")
Made = TypeVar("Made")


def mapped(function: Callable[[Given], Made], rows: Iterable[Row], given: Callable[[Row], Given]) -> Iterator[tuple[Row, Made]]:
    """Each row with what the function makes of its part. The function must be pure, and known to other processes by its name."""
    ahead = iter(rows)
    first = list(islice(ahead, FEW))
    yield from ((row, function(given(row))) for row in first)
    if len(first) < FEW:
        return
    with ProcessPoolExecutor() as pool:
        under_way: deque[Iterator[tuple[Row, Made]]] = deque()
        while slab := list(islice(ahead, SLAB)):
            under_way.append(zip(slab, pool.map(function, map(given, slab), chunksize=CHUNK), strict=True))
            if len(under_way) > 1:
                yield from under_way.popleft()
        for last in under_way:
            yield from last
