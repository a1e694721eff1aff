"""Reads `boards/<id>/`: `board.toml`, one TOML a posting in `postings/`, one a linked document in `papers/`.

A posting's `[night2]` and `[night3]` tables change it from that night on: any key of the posting, and `replace` (pairs of
old and new words), `add` (a last paragraph), `absent`, `edition` (relisted under a new id), `touched` (a new date, not a
new word). `first` is the night on which it appears.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from crawler.demo.board import MEANT, Board, Paper, Sample, Sheet, Wage
from crawler.demo.clock import NIGHTS
from crawler.errors import ConfigError

FOLDER = Path(__file__).parent / "boards"
NAMESPACE = uuid.UUID("6f1d9c1e-0b7a-5c39-9d55-3f0c4a1d2b70")
COMPUTED = {"slug", "native_id", "updated"}
STEPS = {"replace", "add", "absent", "edition", "touched"}
NIGHT_TABLES = {f"night{night}" for night in range(2, len(NIGHTS) + 1)}
POSTING_KEYS = {field.name for field in fields(Sheet)} - COMPUTED
BOARD_KEYS = {field.name for field in fields(Board)} - {"id", "samples", "papers"}


@cache
def boards(folder: Path = FOLDER) -> tuple[Board, ...]:
    """Every sample board, by id. Raises ConfigError for an unknown or missing key, or old words that are not there."""
    return tuple(_board(path) for path in sorted(folder.iterdir()) if (path / "board.toml").is_file())


def _board(folder: Path) -> Board:
    raw = _read(folder / "board.toml")
    _refuse_unknown(raw, BOARD_KEYS, folder / "board.toml")
    trouble = {int(night): what for night, what in raw.pop("trouble", {}).items()}
    samples = tuple(_sample(path, raw["kind"], raw.get("organization")) for path in _files(folder, "postings"))
    papers = tuple(_paper(path) for path in _files(folder, "papers"))
    return Board(**{"organization": None, **raw}, id=folder.name, samples=samples, papers=papers, trouble=trouble)


def _files(folder: Path, name: str) -> Iterable[Path]:
    return sorted((folder / name).glob("*.toml"))


def _sample(path: Path, kind: str, organization: str | None) -> Sample:
    raw = _read(path)
    _refuse_unknown(raw, POSTING_KEYS | NIGHT_TABLES | {"first", "meant"}, path)
    first, meant = raw.pop("first", 1), raw.pop("meant", None)
    if meant not in MEANT:
        raise ConfigError(f"{path}: meant is {meant!r}; say one of {', '.join(MEANT)}")
    base = {"organization": organization} | {key: raw[key] for key in raw if key not in NIGHT_TABLES}
    nights = []
    for night, state in enumerate(_states(base, raw, path), start=1):
        hangs = night >= first and not state.get("absent", False)
        nights.append(_sheet(path, kind, state) if hangs else None)
    return Sample(slug=path.stem, meant=meant, nights=tuple(nights))


def _states(base: dict[str, Any], raw: Mapping[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    state = base | {"updated": base["posted"]}
    for night, moment in enumerate(NIGHTS, start=1):
        change = raw.get(f"night{night}", {})
        _refuse_unknown(change, POSTING_KEYS | STEPS, path)
        state = state | {key: value for key, value in change.items() if key not in ("replace", "add", "touched")}
        if set(change) - {"absent"}:
            state["updated"] = moment
        state["body"] = _edited(state["body"], change, path)
        yield state


def _edited(body: str, change: Mapping[str, Any], path: Path) -> str:
    for old, new in change.get("replace", ()):
        if body.count(old) != 1:
            raise ConfigError(f"{path}: replace: {old!r} stands {body.count(old)} times in the text; quote words that stand once")
        body = body.replace(old, new)
    return body.rstrip() + "\n\n" + change["add"] if "add" in change else body


def _sheet(path: Path, kind: str, state: Mapping[str, Any]) -> Sheet:
    edition = state.get("edition", 1)
    known = {key: value for key, value in state.items() if key in POSTING_KEYS | {"updated"}}
    try:
        wage = Wage(**known.pop("wage")) if "wage" in known else None
        return Sheet(**known, wage=wage, slug=path.stem, native_id=identity(kind, path, edition))
    except TypeError as error:
        raise ConfigError(f"{path}: {error}") from error


def identity(kind: str, path: Path, edition: int) -> str:
    """The id a board of this kind would give: digits, a UUID, or a slug. One file and edition, one id."""
    made = uuid.uuid5(NAMESPACE, f"{path.parent.parent.name}/{path.stem}/{edition}")
    if kind == "greenhouse":
        return str(4_000_000_000 + made.int % 1_000_000_000)
    if kind in ("lever", "ashby"):
        return str(made)
    return path.stem if edition == 1 else f"{path.stem}-{edition}"


def _paper(path: Path) -> Paper:
    raw = _read(path)
    _refuse_unknown(raw, {"title", "form", "body"} | NIGHT_TABLES, path)
    nights = [raw["body"]]
    for night in range(2, len(NIGHTS) + 1):
        nights.append(_edited(nights[-1], raw.get(f"night{night}", {}), path))
    return Paper(slug=path.stem, title=raw["title"], form=raw["form"], nights=tuple(nights))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error


def _refuse_unknown(raw: Mapping[str, Any], known: set[str], path: Path) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise ConfigError(f"{path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
