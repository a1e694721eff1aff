"""A gig, a version, a licence or the rows of a query as they stood on a date, as a citation: plain, Chicago, BibTeX, CSL-JSON. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PUBLISHER = "Callboard"


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited. on: the date of the row, ISO; captured_at: when the page behind it was archived, or the rows were published;
    sha256: digest of the text read, or of the rows; what: gig, version, licence or query.
    """

    id: str
    title: str
    organization: str | None
    on: str
    url: str
    captured_at: str
    sha256: str
    what: str = "gig"

    @property
    def name(self) -> str:
        """What it is, with its id."""
        return f"{self.what} {self.id}"

    @property
    def proof(self) -> str:
        """Where and when it can be proved."""
        if self.what == "query":
            return f"Publication of {_moment(self.captured_at)}, SHA-256 of the rows {self.sha256}."
        return f"Archived {_moment(self.captured_at)}, SHA-256 of the text {self.sha256}."


def formats(cited: Cited) -> dict[str, str]:
    """The citation in every form, by the form's name."""
    return {"Plain": plain(cited), "Chicago": chicago(cited), "BibTeX": bibtex(cited), "CSL-JSON": csl_json(cited)}


def plain(cited: Cited) -> str:
    """A footnote in plain words, with the digest."""
    who = f"{cited.organization}, " if cited.organization else ""
    return f'{who}"{_one_line(cited.title)}", {PUBLISHER}, {cited.name} as of {_day(cited.on)}. {cited.url}. {cited.proof}'


def chicago(cited: Cited) -> str:
    """Chicago Manual of Style, notes and bibliography, for a web page."""
    who = f"{cited.organization}. " if cited.organization else ""
    return f"{who}\u201c{_one_line(cited.title)}.\u201d {PUBLISHER}, {cited.name}. As of {_american(cited.on)}. {cited.url}."


def bibtex(cited: Cited) -> str:
    """A BibTeX @misc entry; signs that TeX would act on are escaped."""
    fields = {
        "author": f"{{{_tex(cited.organization)}}}" if cited.organization else "",
        "title": f"{{{_tex(_one_line(cited.title))}}}",
        "howpublished": f"{PUBLISHER}, {_tex(cited.name)}",
        "year": cited.on[:4],
        "url": cited.url,
        "note": f"As of {cited.on}; {_tex(cited.proof)}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(cited)},", *lines, "}"])


def csl_json(cited: Cited) -> str:
    """One CSL-JSON item in a list."""
    item: dict[str, Any] = {"id": _key(cited), "type": "webpage", "title": _one_line(cited.title)}
    if cited.organization:
        item["author"] = [{"literal": cited.organization}]
    item |= {"container-title": PUBLISHER, "number": cited.id, "URL": cited.url, "issued": _parts(cited.on)}
    item |= {"accessed": _parts(cited.captured_at[:10]), "note": cited.proof}
    return json.dumps([item], indent=2, ensure_ascii=False)


def _key(cited: Cited) -> str:
    what = "" if cited.what == "gig" else f"{cited.what}-"
    return f"callboard-{what}{cited.id}-{cited.on}"


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
