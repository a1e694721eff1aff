"""The digest of everything that decides a reading: the code and the data of this folder, and how a text is made from a page."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def digest() -> str:
    """SHA-256 over the name and the content of each `.py` and `.toml` under `crawler/findings`, in order of name."""
    total = hashlib.sha256()
    for path in sorted((*HERE.rglob("*.toml"), *HERE.rglob("*.py"))):
        total.update(path.relative_to(HERE).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
