"""Web processes of the bench: gunicorn as in production, started anew for what has to be cold, and their memory."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.ground import ROOT, surroundings
from bench.wrk import Ask
from tools.processes import free_port, spawn, stop, wait_until

# No worker is replaced in the middle of a measurement; everything else is as in deploy/gunicorn.conf.py.
GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--max-requests", "0")
WORKERS, THREADS = 2, 4
FLOOR, SHOP = "bench.floor_app:app", "bench.shop_app:app"
COOKIE = "__Host-shop"
PRODUCTION = {
    "SHOP_ENV": "production",
    "BASE_URL": "https://shop.example.com",
    "MAIL_SERVER": "smtp.example.com",
    "MAIL_FROM": "Shop <shop@example.com>",
}


@dataclass(frozen=True)
class Answer:
    """One answer, asked outside of any load."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage


class Web:
    """One application under gunicorn on a port of its own."""

    def __init__(
        self, application: str, url: str, folder: Path, settings: Mapping[str, str], *, preload: bool = True
    ) -> None:
        self.folder, self.name = folder, application.partition(":")[0]
        self.command = [sys.executable, *GUNICORN, *(("--preload",) if preload else ()), application]
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        size = {"WEB_WORKERS": str(WORKERS), "WEB_THREADS": str(THREADS), "PORT": str(self.port)}
        self.environment = surroundings(url, folder, **(PRODUCTION | size | dict(settings)))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until the first answer."""
        log = self.folder / f"{self.name}-{self.port}.log"
        self.process = spawn(self.command, ROOT, log, env=self.environment)
        wait_until(self._answers, self.process, log)

    def stop(self) -> None:
        """End every process of it."""
        stop(self.process, seconds=40)
        self.process = None

    def restart(self) -> None:
        """Begin again, with nothing kept in memory."""
        self.stop()
        self.start()

    def ask(self, ask: Ask, encoding: str = "identity") -> Answer:
        """One request by itself."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = "application/json" if ask.path.startswith("/api/") else "text/html"
        headers = {"Accept": kind, "Accept-Encoding": encoding, "Sec-Fetch-Site": "same-origin"}
        headers |= {"Cookie": ask.cookie} if ask.cookie else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if ask.body else {}
        line.request(ask.method, ask.path, ask.body or None, headers)
        answer = line.getresponse()
        try:
            return Answer(answer.status, answer.read(), answer.headers)
        finally:
            line.close()

    def memory(self) -> list[float]:
        """Megabytes of each worker: its own pages, and its share of those it has in common with others (PSS)."""
        assert self.process is not None
        return [_proportional(pid) for pid in _children(self.process.pid)]

    def _answers(self) -> bool:
        try:
            return self.ask(Ask("/")).status < 500
        except OSError:
            return False


@contextmanager
def served(web: Web) -> Iterator[Web]:
    """Serve inside the block."""
    web.start()
    try:
        yield web
    finally:
        web.stop()


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _proportional(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
