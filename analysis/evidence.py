"""A published capture and what the archive says to it: bytes fetched, digest proved anew, made inert."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import inert
from crawler import capture
from crawler.errors import CaptureError
from crawler.records import Capture, Page, Role

Row = Mapping[str, Any]

FIELDS = ["url", "fetched_at", "status", "mime", "encoding", "size", "sha256", "warc", "offset", "length", "revisit_of"]
WITHHELD = "This picture shows a page with contact details of persons; they cannot be covered in a picture, so it is not shown."


@dataclass(frozen=True, slots=True)
class Evidence:
    """A capture's row; the row that holds its bytes (its own, unless it is a revisit); the bytes, or why there are none."""

    row: Row
    original: Row
    body: bytes | None
    digest: str | None
    shown: inert.Shown | None
    problem: str | None


def read(warc_dir: Path | None, row: Row, original: Row | None, pictured: Sequence[Row] = ()) -> Evidence:
    """The evidence of a row of `captures`. pictured: the rows whose words a screenshot shows. Reads files and parses: slow.

    Raises nothing for damage; it is what `problem` is for.
    """
    if warc_dir is None:
        return _none(row, original, "No WARC folder is configured here.")
    if original is None:
        return _none(row, None, f"Its bytes are those of capture {row['revisit_of']}, which is not published.")
    try:
        _prove_revisit(warc_dir, row)
        page = capture.page(warc_dir, _capture(original))
        beside = [capture.page(warc_dir, _capture(other)) for other in pictured]
    except CaptureError as error:
        words = str(error).replace(f"{warc_dir}{os.sep}", "")  # the server's own folders are nobody's business
        return _none(row, original, f"The archive does not bear this capture out: {words}.")
    return Evidence(row, original, page.body, hashlib.sha256(page.body).hexdigest(), _shown(page, beside), None)


def _none(row: Row, original: Row | None, problem: str) -> Evidence:
    return Evidence(row, original or row, None, None, None, problem)


def _prove_revisit(warc_dir: Path, row: Row) -> None:
    for problem in capture.verify(warc_dir, [_capture(row)]) if row["revisit_of"] else []:
        raise CaptureError(problem.message)


def _shown(page: Page, beside: Sequence[Page]) -> inert.Shown:
    shown = inert.show(page)
    return inert.withheld(shown, WITHHELD) if any(map(inert.holds_contacts, beside)) else shown


def _capture(row: Row) -> Capture:
    return Capture(role=Role(row["role"]), method="GET", **{name: row[name] for name in FIELDS})
