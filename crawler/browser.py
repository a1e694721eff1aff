"""Finds Chromium for pages that exist only after JavaScript ran, or installs it.

Search order: $CHROMIUM_PATH, Playwright's own browser (the one it is tested with), then the system's. The browser runs in its sandbox
wherever that can work: it opens pages that strangers wrote.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from crawler.errors import UserMistake

VARIABLE = "CHROMIUM_PATH"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = f"run `python -m playwright install chromium`, or install your system's chromium package (or set {VARIABLE} to one)"
INSTALL_SECONDS = 600

# Nothing but the pages asked for goes over the network; QUIC would pass by the logged HTTP connection.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """The Chromium to use, or None. Raises UserMistake if $CHROMIUM_PATH names no program."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise UserMistake(f"{VARIABLE}={named}: no such program; correct it or unset it")
        return Path(found)
    return _playwrights_own() or _systems()


def _playwrights_own() -> Path | None:
    """Playwright's browser, if it is there. Asked in a thread: its API refuses to start inside a running event loop."""
    with ThreadPoolExecutor(1) as thread:
        path = thread.submit(_ask_playwright).result()
    return path if path.is_file() else None


def _ask_playwright() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _systems() -> Path | None:
    found = (shutil.which(name) for name in SYSTEM_NAMES)
    return next((Path(path) for path in found if path), None)


def install() -> Path:
    """Install Playwright's Chromium (some 150 MB from Playwright's servers). Raises UserMistake with both ways out if that fails."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UserMistake(f"Chromium was not installed within {INSTALL_SECONDS} seconds; {ADVICE}") from None
    found = _playwrights_own() if done.returncode == 0 else None
    if found is None:
        raise UserMistake(f"Chromium was not installed ({_last_line(done.stderr or done.stdout)}); {ADVICE}")
    return found


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no reason given"


def launch_options(executable: Path | None = None) -> dict[str, Any]:
    """Keyword arguments for Playwright's `launch`. Raises UserMistake if there is no Chromium."""
    found = executable or find()
    if found is None:
        raise UserMistake(f"no Chromium found; {ADVICE}")
    sandbox = can_sandbox(os.environ)
    arguments = ARGUMENTS if sandbox else ("--no-sandbox", *ARGUMENTS)
    return {"executable_path": str(found), "headless": True, "chromium_sandbox": sandbox, "args": list(arguments)}


def can_sandbox(environ: Mapping[str, str]) -> bool:
    """Can Chromium's sandbox work? Not for root, not in CI, and on Linux not without user namespaces (most containers)."""
    if not hasattr(os, "geteuid"):
        return True
    if os.geteuid() == 0 or environ.get("CI"):
        return False
    unshare = shutil.which("unshare")
    if sys.platform != "linux" or unshare is None:
        return True
    return subprocess.run([unshare, "--user", "--map-root-user", "true"], capture_output=True, check=False).returncode == 0
