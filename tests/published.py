"""A publication of the sample store, made once a test run, and a Datasette over it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import store_sample

from analysis import metadata, serve
from analysis.publish import publish


@cache
def sample() -> Path:
    """The folder of a sample: `store.db` and `callboard.db`."""
    folder = Path(mkdtemp(prefix="callboard-sample-"))
    publish(store_sample.fill(folder / "store.db"), folder / "callboard.db", store_sample.NOW)
    return folder


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The sample publication, read-only, rows by name."""
    db = sqlite3.connect(f"file:{sample() / 'callboard.db'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        yield db
    finally:
        db.close()


def get(path: str, ours: bool = True) -> Any:
    """The response of Datasette to a path; ours: with our templates and plugins."""
    from datasette.app import Datasette

    site = {
        "template_dir": serve.SITE / "templates",
        "plugins_dir": serve.SITE / "plugins",
        "static_mounts": [("site", str(serve.SITE / "static"))],
    }
    settings = {name: _setting(value) for name, value in serve.SETTINGS.items()}
    ds = Datasette([], immutables=[str(sample() / "callboard.db")], metadata=metadata.build(), settings=settings, **(site if ours else {}))

    async def ask() -> Any:
        await ds.invoke_startup()
        return await ds.client.get(path)

    return asyncio.run(ask())


def _setting(value: object) -> object:
    return {"off": False, "on": True}.get(str(value), value)


def rows(path: str) -> list[dict[str, Any]]:
    """The rows of a JSON path of Datasette without our templates and plugins."""
    answer = get(path, ours=False)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.text)
    return found
