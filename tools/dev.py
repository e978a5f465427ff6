"""What `bin/dev` runs: prepares the shop, serves it, and ends every process with the one you started.

Plain: SQLite in instance/ and one process. `--full`: PostgreSQL and Valkey from wheels under instance/full/, and web,
worker, relay and cron apart, as in production.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import load_dotenv

from tools import dev_environment, dev_prepare
from tools.processes import ServerFailed, spawn, stop_all

if TYPE_CHECKING:
    from tools.local_servers import Postgres, Valkey

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--log-level", "warning")
HELPERS = ("work", "relay", "cron")
ACCOUNTS = (
    ("Owner", "owner@truestyle.example", "Owner-Demo-2026!"),
    ("Customer", "customer@truestyle.example", "Customer-Demo-2026!"),
)


class Stopped(Exception):
    """Ctrl-C, or a polite request to end."""


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C; returns the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    load_dotenv(ROOT / ".env")
    try:
        _serve(is_full="--full" in arguments)
    except Stopped:
        print("\nStopped.")
        return 0
    except (ServerFailed, dev_prepare.NotPrepared) as error:
        print(error, file=sys.stderr)
        return 1
    return 1


def _serve(*, is_full: bool) -> None:
    host, port = dev_environment.address()
    _refuse_taken(host, port)
    running = Running()
    try:
        environment = dev_environment.make(ROOT, host, port, is_full=is_full)
        if is_full:
            # Only here: a plain start has not installed the servers' wheels.
            from tools.dev_servers import start

            environment |= start(running.servers, ROOT / "instance" / "full")
        is_ours = is_full or "DATABASE_URL" not in environment
        dev_prepare.prepare(ROOT, environment, is_ours=is_ours)
        running.start("web", GUNICORN, environment)
        for helper in HELPERS if is_full else ():
            running.start(helper, ("worker.py", helper), environment)
        _greet(environment, running)
        running.watch()
    finally:
        running.stop()


class Running:
    """The processes of this start: the shop's parts end first, then the servers under them."""

    def __init__(self) -> None:
        self.servers: list[Postgres | Valkey] = []
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: tuple[str, ...], environment: dict[str, str]) -> None:
        """Start one part of the shop; it writes to our own terminal."""
        self.parts[name] = spawn([sys.executable, *command], ROOT, None, env=environment)

    def check(self) -> None:
        """Raise when a part has ended by itself."""
        for name, process in self.parts.items():
            if process.poll() is not None:
                raise ServerFailed(f"{name} ended by itself (status {process.returncode}); everything is stopped.")

    def watch(self) -> None:
        """Return only by an exception: a part ended, or Ctrl-C."""
        while True:
            self.check()
            time.sleep(0.3)

    def stop(self) -> None:
        """End everything; a second Ctrl-C does not leave half of it behind."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        stop_all(list(self.parts.values()), seconds=5)
        for server in reversed(self.servers):
            server.stop()


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerFailed(
                f"Port {port} on {host} cannot be used ({error.strerror}). Is the shop running already? "
                f"Another port: PORT={port + 1} bin/dev"
            ) from None


def _greet(environment: dict[str, str], running: Running) -> None:
    """Say where the shop is, once it answers."""
    url = environment["BASE_URL"]
    local = f"http://127.0.0.1:{environment['PORT']}" if environment["HOST"] == "0.0.0.0" else url
    while not _answers(f"{local}/health"):
        running.check()
        time.sleep(0.05)
    print(f"\nTrue Style is open: {url}   (owner's pages: {url}/staff)")
    for who, email, password in ACCOUNTS:
        print(f"  {who:<9} {email:<28} {password}")
    print("Ctrl-C stops it.\n", flush=True)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _stop(_number: int, _frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
