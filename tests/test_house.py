"""The house holds: imports go one way, no cycles, small files and functions, generated files fresh, everything documented."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from analysis.cli_reference import reference

ROOT = Path(__file__).parents[1]
CODE = sorted(path for folder in ("crawler", "analysis") for path in (ROOT / folder).rglob("*.py"))

# Left never imports right. A new module of the crawl side must be given its place here.
ORDER: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "records errors clock",
        "config charset lines markup text pdf wrapped word catalog telephone contacts redact",
        "findings",
        "warc warc_tail warc_file capture excerpt derive browser",
        "lifecycle changes migrations rows store source_lock timing intake backfill_intake settle health "
        "verifying signatures submissions review",
        "kinds download spiders replay evidence_pack one_page trying settings backfill backfill_warc backfill_wayback",
        "crawling progress listing submitting reviewing notifying nightly demo cli __main__ "
        "backfilling importing importing_rows discovering discovering_boards cli_intake",
    )
)
FOR_ANALYSIS = frozenset(
    {"records", "errors", "config", "clock", "capture", "store", "rows", "redact", "text", "markup", "lines", "findings", "crawler"}
)
# The review page writes judgements, by the very functions that `callboard review` uses.
ENTRY_POINTS = frozenset(
    {"analysis.private.plugins.review", "analysis.cli", "analysis.demo", "analysis.__main__", "analysis.cli_reference"}
)
FILE_LINES = 250
LONG_FILES = {"crawler/records.py": 420}  # every record in one place, as the design has it
FUNCTION_LINES = 50


def module(path: Path) -> str:
    name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    return name.removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Every module of ours that a file imports, also inside functions; imports that only type checkers see are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    known = {module(each) for each in CODE}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            deep = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else node.module for name in deep}
    return {name for name in found if name in known}


def tier(name: str) -> int:
    part = name.split(".")[1] if "." in name else "records"
    places = [number for number, names in enumerate(ORDER) if part in names]
    assert len(places) == 1, f"{name}: give crawler/{part} its place in ORDER"
    return places[0]


@pytest.mark.parametrize("path", CODE, ids=module)
def test_imports_go_one_way(path: Path) -> None:
    name = module(path)
    for other in imports(path):
        if name.startswith("crawler"):
            assert not other.startswith("analysis"), f"{name} imports {other}"
            assert other == "crawler" or tier(other) <= tier(name), f"{name} imports {other}, which stands to its right"
        elif other.startswith("crawler") and name not in ENTRY_POINTS:
            part = other.split(".")[1] if "." in other else other
            assert part in FOR_ANALYSIS, f"{name} imports {other}"


def test_findings_know_nothing_of_scrapy_or_sqlite() -> None:
    for path in (ROOT / "crawler" / "findings").rglob("*.py"):
        assert not re.search(r"^\s*(?:import|from) (?:scrapy|sqlite3|sqlite_utils)\b", path.read_text("utf-8"), re.M), path


def test_there_is_no_cycle() -> None:
    graph = {module(path): {other for other in imports(path) if other != module(path)} for path in CODE}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(CODE)


@pytest.mark.parametrize("path", CODE, ids=module)
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    limit = LONG_FILES.get(path.relative_to(ROOT).as_posix(), FILE_LINES)
    assert len(text.splitlines()) <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= FUNCTION_LINES, f"{path}: {node.name}"


@pytest.mark.parametrize("path", CODE, ids=module)
def test_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert path.stat().st_size <= 1 or ast.get_docstring(tree), f"{path}: no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}: {node.name} has no docstring"


def test_no_room_for_odds_and_ends() -> None:
    for path in CODE:
        assert not re.search(r"util|helper|manager|misc|common", path.stem), path


def test_root_packages_hold_a_version_and_no_re_exports() -> None:
    for folder in ("crawler", "analysis"):
        tree = ast.parse((ROOT / folder / "__init__.py").read_text("utf-8"))
        assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_command_reference_is_fresh() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == reference(), "run `make fresh`"


def test_locks_name_no_host_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        pins = re.findall(r"^[a-z][^\n]*==[^\n]*\n    --hash=sha256:", text, re.M)
        assert len(pins) == len(re.findall(r"^[a-z]", text, re.M))


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text[text.index("\ndependencies = [") : text.index("[project.scripts]")]
    lines = [line for line in block.splitlines() if line.startswith('  "')]
    assert lines
    assert all("# " in line for line in lines)
