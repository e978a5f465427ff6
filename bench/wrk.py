"""Runs wrk and reads what it measured."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
MISSING = "bin/bench needs wrk (Debian and Ubuntu: apt-get install wrk; macOS: brew install wrk)"
CLIENTS = 8
LONGEST = 120


class NoWrk(RuntimeError):
    """wrk is not installed, or could not do its work."""


@dataclass(frozen=True)
class Ask:
    """One request: an address of the shop, the cookie it comes with, and a body when it is posted."""

    path: str
    cookie: str = ""
    body: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw; times in milliseconds. `refused` counts answers from 400 on, `failed` lost ones."""

    requests: int
    seconds: float
    p50: float
    p99: float
    refused: int = 0
    failed: int = 0

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return self.requests / self.seconds if self.seconds else 0.0


def require() -> str:
    """wrk's path. Raises NoWrk with the way to get it."""
    path = shutil.which("wrk")
    if path is None:
        raise NoWrk(MISSING)
    return path


def again(url: str, asks: Sequence[Ask], seconds: float, clients: int = CLIENTS) -> Load:
    """Ask in a circle for some seconds."""
    return _run(url, asks, ["again", "0"], seconds, clients)


def once(url: str, asks: Sequence[Ask], clients: int = CLIENTS, seconds: float = LONGEST) -> Load:
    """Ask each at most once: until all but the last few are answered, or the seconds are over."""
    return _run(url, asks, ["once", str(clients)], seconds, clients)


def parse(said: str) -> Load:
    """The figures in wrk's output: the line that `load.lua` writes at the end."""
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if not lines:
        raise NoWrk(f"wrk measured nothing:\n{said}")
    return Load(**json.loads(lines[-1]))


def _run(url: str, asks: Sequence[Ask], how: list[str], seconds: float, clients: int) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{ask.method}\t{ask.path}\t{ask.cookie}\t{ask.body}\n" for ask in asks)
        file.flush()
        size = ["-t", "1", "-c", str(clients), "-d", f"{max(1, round(seconds))}s", "--timeout", "30s"]
        command = [require(), *size, "-s", str(SCRIPT), url, "--", file.name, *how]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return parse(done.stdout + done.stderr)
