"""Progress of long work: a live table on a terminal, one quiet line for each thing that ended in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawler import crawling
from crawler.config import Config
from crawler.records import Source

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


def crawls(sources: Sequence[Source], settings: Config, now: str | None = None) -> bool:
    """Crawl sources with a line for each that ended; whether all were complete."""
    console = Console()
    with Progress(*COLUMNS, console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task("crawling", total=len(sources))
        complete = True
        for ended in crawling.apart(sources, settings, now, lambda name: progress.update(bar, description=f"crawling {name}")):
            progress.advance(bar)
            console.print(f"{ended.line} ({ended.seconds:.1f} s)", markup=False, highlight=False, soft_wrap=True)
            complete &= ended.status == 0
    return complete


@contextmanager
def steps(name: str) -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with (what, done, of how many); shown on a terminal only."""
    console = Console(stderr=True)
    with Progress(*COLUMNS, console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task(name, total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(bar, description=f"{name}: {what}", completed=done, total=total)

        yield tell
