"""A real Datasette in a process of its own, on loopback, over a publication."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from analysis import metadata, serve


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site over the folder's callboard.db, with our pages, until the block ends."""
    described = folder / "served_metadata.json"
    metadata.write(described)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    counted = serve.count(folder / "callboard.db", folder / "served_counts.json")
    given = serve.arguments(folder / "callboard.db", described, "127.0.0.1", port, ("--inspect-file", str(counted)))
    environ = os.environ | {serve.WARC_VARIABLE: str(folder / "warc")}
    running = subprocess.Popen(
        [sys.executable, "-m", "datasette", *given], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}", running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            httpx.get(f"{address}/-/versions.json", timeout=30).raise_for_status()
            return
        except httpx.TransportError:
            assert running.poll() is None, "Datasette ended"
            assert time.monotonic() < deadline, "Datasette did not start"
