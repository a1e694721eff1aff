"""Words of strangers before they are published: contact details of persons covered, formulas made inert. SQL sees `redact(text)`."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache, lru_cache
from pathlib import Path

from analysis.inertness import inert
from crawler import redact as redaction
from crawler.errors import PublishError
from crawler.findings import language
from crawler.redact import redact

_short = lru_cache(maxsize=50_000)(redact)
SHORT = 300


def covered(text: str | None) -> str | None:
    """A text with contact details covered, as long as before. Raises PublishError if it is not: offsets would lie."""
    if not text:
        return text
    safe = inert(_short(text) if len(text) < SHORT else redact(text))
    if safe is None or len(safe) != len(text):
        raise PublishError("covering contact details changed the length of a text; offsets would lie")
    return safe


@cache
def rules() -> str:
    """The digest of the rules: texts covered, and their languages told, by the same rules need not be read again."""
    here = Path(str(redaction.__file__))
    files = [here.with_name(name) for name in ("redact.py", "redact.toml", "contacts.py", "telephone.py")]
    files += [language.DATA, language.DATA.with_suffix(".py"), language.DATA.with_name("language_model.py")]
    files += [Path(__file__), Path(__file__).with_name("inertness.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def install(db: sqlite3.Connection) -> None:
    """Make `redact(text)` known to a connection."""
    db.create_function("redact", 1, covered, deterministic=True)
