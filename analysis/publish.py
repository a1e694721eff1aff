"""Store to public database: built beside the last one, checked, then moved into its place in one step.

Readers see the old publication or the new one, never half of either.
"""

from __future__ import annotations

import os
import pkgutil
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import Protocol

from analysis import covering, inertness, organization, pay_words, publication, published_once, scope
from analysis import tables as folder
from analysis.description import tables as described
from analysis.publication import Publication
from crawler.errors import PublishError


class Filling(Protocol):
    """A module of `tables/`: which tables it reads, and how its own is filled."""

    AFTER: tuple[str, ...]

    def fill(self, pub: Publication) -> None:
        """Put its rows in."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a publication holds: rows by table, seconds it took, bytes of the file."""

    path: Path
    rows: Mapping[str, int]
    seconds: float
    size: int

    def __str__(self) -> str:
        told = ", ".join(f"{self.rows[name]} {name}" for name in ("postings", "versions", "documents", "events"))
        return f"{told} in {self.seconds:.1f} s, {self.size / 1e6:.1f} MB"


def fillings() -> dict[str, Filling]:
    """The modules of `tables/` by name, in an order in which each comes after what it reads."""
    found = {name: import_module(f"{folder.__name__}.{name}") for _, name, _ in pkgutil.iter_modules(folder.__path__)}
    order = TopologicalSorter({name: module.AFTER for name, module in sorted(found.items())}).static_order()
    return {name: found[name] for name in order if name in found}


def publish(store: Path, out: Path, now: str, force: bool = False) -> PublishReport:
    """Build the publication of `store` at `out`, stamped with the time `now` (ISO 8601 UTC).

    Raises PublishError, and leaves the last publication as it is, if the store cannot be read, the new file fails its integrity check,
    or it has fewer than half the gigs of the last one (unless force).
    """
    began = time.perf_counter()
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    draft.unlink(missing_ok=True)
    try:
        before = counts(out) if out.is_file() else {}
        rows = _build(draft, store, now, out if before.get("texts") and before.get("methods") else None)
        _check(rows, before, force)
        published_once.remember(store, draft, now)
        _move(draft, out)
    finally:
        draft.unlink(missing_ok=True)
    return PublishReport(out, rows, round(time.perf_counter() - began, 2), out.stat().st_size)


def _build(draft: Path, store: Path, now: str, last: Path | None) -> dict[str, int]:
    pub = publication.begin(draft, store, now, last)
    try:
        for module in (covering, inertness, organization, pay_words):
            module.install(pub.db)
        pub.db.execute("begin")
        scope.choose(pub)
        for filling in fillings().values():
            filling.fill(pub)
        publication.index(pub.db)
        pub.db.execute("commit")
        for other in ("store", "last") if last else ("store",):
            pub.db.execute(f"detach {other}")
        pub.db.execute("analyze")
        _check_integrity(pub.db)
        return _counts(pub.db)
    except sqlite3.DatabaseError as wrong:
        raise PublishError(f"{draft.name}: {wrong}") from wrong
    finally:
        pub.db.close()


def _check_integrity(db: sqlite3.Connection) -> None:
    verdict = db.execute("pragma integrity_check").fetchone()[0]
    if verdict != "ok":
        raise PublishError(f"the new publication is damaged ({verdict}); nothing was replaced")


def counts(path: Path) -> dict[str, int]:
    """Rows by described table of a publication. Raises PublishError if it is not one."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return _counts(db)
    except sqlite3.DatabaseError as wrong:
        raise PublishError(f"{path}: not a publication ({wrong}); move it away") from wrong
    finally:
        db.close()


def _counts(db: sqlite3.Connection) -> dict[str, int]:
    there = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in described() if name in there}


def _check(now: Mapping[str, int], last: Mapping[str, int], force: bool) -> None:
    before, after = last.get("postings", 0), now["postings"]
    if after * 2 < before and not force:
        raise PublishError(f"{after} gigs where the last publication has {before}; look at the crawls, or publish with --force")


def _move(draft: Path, out: Path) -> None:
    """Onto the disk, then into place."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(out)
