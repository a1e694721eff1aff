"""The notebook is whole by Jupyter's own schema, is kept without outputs, and every cell runs against a real site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from served import served

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "examples" / "callboard.ipynb"
CELLS = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three nights crawled, published and served."""
    folder = tmp_path_factory.mktemp("demo")
    demo = [sys.executable, "-m", "analysis", "demo", "--no-serve", "--data", str(folder)]
    subprocess.run(demo, check=True, cwd=ROOT, capture_output=True, timeout=500)
    with served(folder) as address:
        yield address


def test_it_is_whole_and_has_no_outputs() -> None:
    nbformat.validate(nbformat.read(NOTEBOOK, as_version=4))
    assert len(CELLS) >= 8
    assert all(cell.outputs == [] and cell.execution_count is None for cell in CELLS)


def test_every_cell_runs_and_finds_something(site: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CALLBOARD_SITE", site)
    known: dict[str, object] = {}
    said = []
    for cell in CELLS:
        exec(compile(cell.source, str(NOTEBOOK), "exec"), known)  # the cells share one space of names, as in Jupyter
        said.append(capsys.readouterr().out)
    assert all(said[1:])
    assert "perpetual: " in said[1] and "removed '" in said[2] and "suppressed" in said[3]
    assert "say nothing about withdrawal" in said[4] and f"({site}/-/evidence/" in said[5] and said[-1].startswith("200 ")
