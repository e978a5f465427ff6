"""The shop's processes, forked from one that has imported the shop: importing it anew was most of what each start cost.

Each is a process as from a shell, with a session, an environment and a log of its own, and `kill -9` ends it.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tools.processes import die_with_parent

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.support.imported"])


class Fork:
    """One such process, with what the tests use of `subprocess.Popen`."""

    def __init__(self, command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str]) -> None:
        self.args = command
        # A daemon: it ends with the tests, at the latest.
        self.process: ForkServerProcess = forks.Process(
            target=_become, args=(list(command), folder, log, dict(environment)), daemon=True
        )
        self.process.start()
        assert self.process.pid
        self.pid: int = self.process.pid
        while self.poll() is None and os.getpgid(self.pid) != self.pid:
            time.sleep(0.001)

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended; raises TimeoutExpired."""
        self.process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, number: int, /) -> None:
        """Send it a signal if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def _become(command: list[str], folder: Path, log: Path, environment: dict[str, str]) -> None:
    """Do what `python COMMAND…` does: a script, or a module after -m."""
    os.setsid()
    die_with_parent()
    # Nothing of ours stays open, as after an exec: one of these lines would keep alive whom it was forked from.
    os.closerange(3, 256)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")
