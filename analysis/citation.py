"""A gig as it stood on a date, as a citation: plain, Chicago, BibTeX and CSL-JSON. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PUBLISHER = "Callboard"


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited. on: the date of the row, ISO; captured_at: when the page behind it was archived; sha256: digest of the text read."""

    id: str
    title: str
    organization: str | None
    on: str
    url: str
    captured_at: str
    sha256: str


def formats(cited: Cited) -> dict[str, str]:
    """The citation in every form, by the form's name."""
    return {"Plain": plain(cited), "Chicago": chicago(cited), "BibTeX": bibtex(cited), "CSL-JSON": csl_json(cited)}


def plain(cited: Cited) -> str:
    """A footnote in plain words, with the digest."""
    who = f"{cited.organization}, " if cited.organization else ""
    proof = f"Archived {_moment(cited.captured_at)}, SHA-256 of the text {cited.sha256}."
    return f'{who}"{_one_line(cited.title)}", {PUBLISHER}, gig {cited.id} as of {_day(cited.on)}. {cited.url}. {proof}'


def chicago(cited: Cited) -> str:
    """Chicago Manual of Style, notes and bibliography, for a web page."""
    who = f"{cited.organization}. " if cited.organization else ""
    return f"{who}\u201c{_one_line(cited.title)}.\u201d {PUBLISHER}, gig {cited.id}. As of {_american(cited.on)}. {cited.url}."


def bibtex(cited: Cited) -> str:
    """A BibTeX @misc entry; signs that TeX would act on are escaped."""
    fields = {
        "author": f"{{{_tex(cited.organization)}}}" if cited.organization else "",
        "title": f"{{{_tex(_one_line(cited.title))}}}",
        "howpublished": f"{PUBLISHER}, gig {cited.id}",
        "year": cited.on[:4],
        "url": cited.url,
        "note": f"As of {cited.on}; archived {cited.captured_at}; SHA-256 {cited.sha256}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{callboard-{cited.id}-{cited.on},", *lines, "}"])


def csl_json(cited: Cited) -> str:
    """One CSL-JSON item in a list."""
    item: dict[str, Any] = {"id": f"callboard-{cited.id}-{cited.on}", "type": "webpage", "title": _one_line(cited.title)}
    if cited.organization:
        item["author"] = [{"literal": cited.organization}]
    item |= {"container-title": PUBLISHER, "number": cited.id, "URL": cited.url, "issued": _parts(cited.on)}
    item |= {"accessed": _parts(cited.captured_at[:10]), "note": f"SHA-256 {cited.sha256}"}
    return json.dumps([item], indent=2, ensure_ascii=False)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _day(on: str) -> str:
    date = datetime.fromisoformat(on)
    return f"{date.day} {date:%B %Y}"


def _american(on: str) -> str:
    date = datetime.fromisoformat(on)
    return f"{date:%B} {date.day}, {date.year}"


def _moment(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _parts(on: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in on.split("-")]]}


def _tex(words: str) -> str:
    spelled = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\{}$&#%_~^]", lambda found: spelled.get(found[0], "\\" + found[0]), words)
