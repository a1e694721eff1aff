"""Datasette in a process of its own, asked by one client and by ten: milliseconds an answer, and the server's CPU."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx

from analysis import metadata, serve

LIMITS_MET = ("Too many rows to count", "timed out", "SQL query took too long", "These facets timed out")
TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and a client of it."""

    client: httpx.Client
    process: int

    def cpu(self) -> float:
        """Milliseconds of CPU that the server has used; as a system without /proc cannot tell, 0 there."""
        stat = Path(f"/proc/{self.process}/stat")
        fields = stat.read_text().rsplit(")", 1)[1].split() if stat.is_file() else ["0"] * 13
        return (int(fields[11]) + int(fields[12])) * TICK


@dataclass(slots=True)
class Answers:
    """What came back for one kind of page: milliseconds each, and those that failed or met a limit, in words."""

    spent: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """The 95th percentile of the milliseconds."""
        return quantiles(self.spent, n=20, method="inclusive")[-1] if len(self.spent) > 1 else sum(self.spent)


@contextmanager
def served(publication: Path) -> Iterator[Served]:
    """The publication's site on a free loopback port, as `callboard serve` has it."""
    described = publication.with_name("metadata.json")
    metadata.write(described)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = ("--inspect-file", str(serve.count(publication, publication.with_name("counts.json"))))
    command = [sys.executable, "-m", "datasette", *serve.arguments(publication, described, "127.0.0.1", port, more)]
    running = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, transport=httpx.HTTPTransport(retries=60)) as client:
            client.get("/-/versions.json")
            yield Served(client, running.pid)
    finally:
        running.terminate()
        running.wait(20)


def ask(client: httpx.Client, path: str, answers: Answers) -> None:
    """One request: its milliseconds, and what was wrong with it."""
    began = time.perf_counter()
    try:
        answer = client.get(path)
    except httpx.TimeoutException:
        answers.wrong.append(f"{path}: no answer within {client.timeout.read:.0f} s")
        return
    answers.spent.append((time.perf_counter() - began) * 1000)
    if answer.status_code != 200:
        answers.wrong.append(f"{path}: status {answer.status_code}")
    answers.wrong += [f"{path}: {limit}" for limit in LIMITS_MET if limit in answer.text]


def ten_at_once(server: Served, paths: Mapping[str, Sequence[str]], rounds: int, clients: int = 10) -> dict[str, Answers]:
    """Every kind of page `rounds` times by each of the clients, each in an order of its own."""
    found = {name: Answers() for name in paths}

    def one(number: int) -> None:
        asked = [(name, each) for name, several in paths.items() for each in several[number % len(several) :][:rounds] or several[:rounds]]
        random.Random(number).shuffle(asked)
        with httpx.Client(base_url=server.client.base_url, timeout=60) as client:
            for name, path in asked:
                ask(client, path, found[name])

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
