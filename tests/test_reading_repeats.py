"""A reading is a pure function of text and rules: two processes that hash words differently give the same one, to the order of its rows."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READ = """
import hashlib
from crawler.demo import load
from crawler.findings.reading import read
sheets = [sheet for board in load.boards() for sample in board.samples for sheet in sample.nights[:1] if sheet]
print(hashlib.sha256(repr([read(f"{sheet.title}\\n\\n{sheet.body}") for sheet in sheets]).encode()).hexdigest())
"""


def read_in_a_process(seed: str) -> str:
    settings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", READ], capture_output=True, text=True, check=True, env=settings, timeout=120
    ).stdout.strip()


def test_two_processes_read_alike() -> None:
    first, second = read_in_a_process("1"), read_in_a_process("2")
    assert len(first) == len(hashlib.sha256().hexdigest())
    assert first == second
