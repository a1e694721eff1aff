"""One process at a time works on a source: a lock file that the system lets go when the process ends, however it ends."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from crawler.errors import UserMistake


def take(data: Path, source: str) -> IO[str]:
    """The lock of a source in a data folder, held as long as the file is open. Raises UserMistake if another process holds it."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    handle = (folder / f"{source}.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        handle.close()
        raise UserMistake(f"source {source} is being crawled by another process; wait for it or stop it") from busy
    return handle
