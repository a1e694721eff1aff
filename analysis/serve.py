"""Datasette on the publication: immutable, without facet suggestion, with our templates and plugins."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from analysis.metadata import write
from crawler.config import Config
from crawler.errors import UserMistake

WARC_VARIABLE = "CALLBOARD_WARC"
SITE = Path(__file__).parent / "site"
SETTINGS: Mapping[str, object] = {
    "suggest_facets": "off",  # the largest cost at size, and our facets are chosen
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "max_csv_mb": 0,  # a whole table may be taken away
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 500,
    "num_sql_threads": 4,
    "truncate_cells_html": 300,
    "default_facet_size": 12,
    "default_cache_ttl": 300,
}


def arguments(db: Path, metadata: Path, host: str, port: int, more: Sequence[str] = ()) -> list[str]:
    """The arguments of `datasette` for serving a publication. Raises UserMistake if a file is missing."""
    for path, hint in ((db, "run `callboard publish`"), (metadata, "run `callboard publish --metadata`")):
        if not path.is_file():
            raise UserMistake(f"{path}: no such file; {hint}")
    made = ["serve", "-i", str(db), "-m", str(metadata), "--host", host, "--port", str(port)]
    made += ["--template-dir", str(SITE / "templates"), "--plugins-dir", str(SITE / "plugins"), "--static", f"site:{SITE / 'static'}"]
    for name, value in SETTINGS.items():
        made += ["--setting", name, str(value)]
    return [*made, *more]


def count(db: Path, to: Path) -> Path:
    """Write what Datasette would count anew for every page: the rows of each table, with the file's size and digest; where it stands.

    The form is that of `datasette inspect`. Raises UserMistake if the file is no database.
    """
    try:
        with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as reading:
            names = [row[0] for row in reading.execute("select name from sqlite_master where type = 'table'")]
            tables = {name: {"count": reading.execute(f'select count(*) from "{name}"').fetchone()[0]} for name in names}
    except sqlite3.DatabaseError as wrong:
        raise UserMistake(f"{db}: not a publication ({wrong}); move it away and run `callboard publish`") from wrong
    with db.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = {db.stem: {"hash": digest, "size": db.stat().st_size, "file": str(db), "tables": tables}}
    to.write_text(json.dumps(found), "utf-8")
    return to


def serve(settings: Config, host: str, port: int) -> NoReturn:
    """Serve the publication until told to stop, in this process's place. Raises UserMistake if there is none."""
    metadata = settings.data_dir / "datasette_metadata.json"
    write(metadata, settings.site_url, settings.corrections)
    given = arguments(settings.publication, metadata, host, port)
    given += ["--inspect-file", str(count(settings.publication, settings.data_dir / "datasette_counts.json"))]
    environ = os.environ | {WARC_VARIABLE: str(settings.warc.resolve())}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "datasette", *given], environ)
