"""`make accuracy`: how often the reading errs on labelled texts, measured by the corpus's own scorers and written to `accuracy.toml`.

On texts that were at hand when the rules were written; on texts by a stranger (`tests/blind`) that no rule was ever mended for; and,
where a folder of them is named, on real texts of other origins. The first and the last belong to others and stay where they are; figures
alone are kept: for each code the labelled rows, precision and recall, the day, and the digest of the labelled file.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import click

from crawler.errors import UserMistake

KEPT = Path(__file__).parent / "accuracy.toml"
BLIND = Path(__file__).parents[1] / "tests" / "blind"
SETS = {
    "pay": ("pay", "crawler.findings.pay:find"),
    "term": ("rights", "crawler.findings.terms:find"),
    "relevance": ("postings", "crawler.findings.relevance:judge"),
}


@cache
def kept() -> list[dict[str, Any]]:
    """The rows last measured: measure, texts (known, blind or elsewhere), code, rows, precision, recall, on, corpus (its SHA-256)."""
    found: list[dict[str, Any]] = tomllib.loads(KEPT.read_text("utf-8")).get("row", []) if KEPT.is_file() else []
    return found


def measure(corpus: Path, day: str, elsewhere: Path | None = None) -> list[dict[str, Any]]:
    """Run every scorer. elsewhere: a folder with `pay.jsonl`, `rights.jsonl`, `postings.jsonl`; without one its last figures stay.

    Raises UserMistake if the corpus or one of its scorers is not there or fails.
    """
    labelled = [each for name in SETS for each in _sets(name, corpus, elsewhere)]
    if gone := [path for *_, path in labelled if not path.is_file()]:
        raise UserMistake(f"{gone[0]}: no labelled texts there; name the corpus with --corpus, other texts with --elsewhere")
    found = [row | {"on": day} for name, texts, path in labelled for row in _scored(name, texts, path, corpus)]
    return found + [row for row in kept() if row["texts"] == "elsewhere" and not elsewhere]


def _sets(name: str, corpus: Path, elsewhere: Path | None) -> Iterator[tuple[str, str, Path]]:
    folder = SETS[name][0]
    yield name, "known", corpus / folder / "dev.jsonl"
    yield name, "blind", BLIND / f"{folder}.jsonl"
    if elsewhere:
        yield name, "elsewhere", elsewhere / f"{folder}.jsonl"


def _scored(name: str, texts: str, labelled: Path, corpus: Path) -> list[dict[str, Any]]:
    folder, target = SETS[name]
    scored = _score(corpus / folder / "score.py", target, labelled)
    digest = hashlib.sha256(labelled.read_bytes()).hexdigest()
    rows = _all_terms(scored, labelled) if name == "term" and texts != "known" else ROWS[name](scored)
    return [{"measure": name, "texts": texts, **row, "corpus": digest} for row in rows]


def _score(scorer: Path, target: str, labelled: Path) -> dict[str, Any]:
    named = ["--file", str(labelled)] if scorer.parent.name == "rights" else [str(labelled)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        done = subprocess.run(
            [sys.executable, str(scorer), target, *named, "--json", str(out)], capture_output=True, text=True, check=False
        )
        if done.returncode or not out.is_file():
            raise UserMistake(f"{scorer}: failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return found


def _pay(scored: dict[str, Any]) -> list[dict[str, Any]]:
    whole = next(iter(scored.values()))
    precision, recall, _ = whole["strict"]
    return [{"code": "amount, currency and unit", "rows": whole["counts"]["rows"], **_rates(precision, recall)}]


def _terms(scored: dict[str, Any]) -> list[dict[str, Any]]:
    codes = {code: each for code, each in sorted(scored.items()) if isinstance(each, dict) and "support" in each}
    return [{"code": code, "rows": each["support"], **_rates(each["P"], each["R"])} for code, each in codes.items()]


def _all_terms(scored: dict[str, Any], labelled: Path) -> list[dict[str, Any]]:
    """All terms together: too few of each for a figure of its own."""
    labels = sum(len(json.loads(line)["terms"]) for line in labelled.read_text("utf-8").splitlines())
    return [{"code": "all terms", "rows": labels, **_rates(scored["_micro"]["P"], scored["_micro"]["R"])}]


def _relevance(scored: dict[str, Any]) -> list[dict[str, Any]]:
    rows = {code: each["tp"] + each["fn"] + each["negatives"] for code, each in scored.items()}
    return [{"code": code, "rows": rows[code], **_rates(each["precision"], each["recall"])} for code, each in scored.items()]


def _rates(precision: float | None, recall: float | None) -> dict[str, float]:
    """Three decimals; a rate without a case is left out."""
    rates = {"precision": precision, "recall": recall}
    return {name: round(rate, 3) for name, rate in rates.items() if rate is not None}


ROWS = {"pay": _pay, "term": _terms, "relevance": _relevance}


def toml(rows: list[dict[str, Any]]) -> str:
    """The rows as the text of `accuracy.toml`."""
    head = "# Written by `make accuracy`: figures only. What was measured, on how many labelled rows, on which day.\n"
    tables = ["\n".join(["[[row]]", *(f"{key} = {json.dumps(value)}" for key, value in row.items())]) for row in rows]
    return head + "\n" + "\n\n".join(tables) + "\n"


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"), show_default=True, help="The labelled texts.")
@click.option("--elsewhere", type=click.Path(path_type=Path), help="A folder of further labelled texts; only their figures are kept.")
def main(corpus: Path, elsewhere: Path | None) -> None:
    """Measure the reading on labelled texts and keep the figures."""
    try:
        rows = measure(corpus, datetime.now(UTC).date().isoformat(), elsewhere)
    except UserMistake as mistake:
        click.echo(f"accuracy: {mistake}", err=True)
        sys.exit(2)
    KEPT.write_text(toml(rows), "utf-8")
    click.echo(f"{KEPT.name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
