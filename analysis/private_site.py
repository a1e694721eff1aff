"""The private site: Datasette on the store itself, on this machine only, with the review page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from crawler.config import Config

ROOM = Path(__file__).parent / "private"


def arguments(store: Path, port: int) -> list[str]:
    """The arguments of `datasette` for the private site. It listens on loopback: the store holds what is not published."""
    rooms = ["--plugins-dir", str(ROOM / "plugins"), "--template-dir", str(ROOM / "templates")]
    return ["serve", str(store), "--host", "127.0.0.1", "--port", str(port), *rooms, "--setting", "suggest_facets", "off"]


def serve(settings: Config, port: int) -> NoReturn:
    """Serve it until told to stop, in this process's place."""
    environ = os.environ | {"CALLBOARD_STORE": str(settings.store.resolve())}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "datasette", *arguments(settings.store, port)], environ)
