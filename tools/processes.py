"""Child processes that end in order and never outlive the one who started them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

NOBODY = 65534


class Child(Protocol):
    """A process we started: a Popen, or what the tests fork."""

    args: Any
    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int, /) -> None: ...


class ServerFailed(RuntimeError):
    """A server did not come up; carries the end of its log."""


def spawn(
    command: Sequence[str],
    folder: Path,
    log: Path | None,
    *,
    env: Mapping[str, str] | None = None,
    as_nobody: bool = False,
) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we end things in order.

    Output goes to `log`, or where ours goes when that is None. `as_nobody` counts only when we are root.
    """
    person: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_nobody and is_root() else {}
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **person,
        )
    finally:
        if output:
            output.close()


def wait_until(answers: Callable[[], bool], process: Child, log: Path, seconds: float = 30) -> None:
    """Return when `answers` says yes; raise ServerFailed with the log's end when the process ends or time is up."""
    deadline = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            raise ServerFailed(f"{process.args!r} did not start:\n{tail(log)}")
        time.sleep(0.02)


def stop(process: Child | None, how: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask a process to end, then insist."""
    stop_all([process] if process else [], how, seconds)


def stop_all(processes: Sequence[Child], how: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask each process once to end (a second wish makes an RQ worker drop its job), then insist."""
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.send_signal(how)
    deadline = time.monotonic() + seconds
    for process in running:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A TCP port that is free on this machine right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_root() -> bool:
    """Whether we run as the superuser, as whom PostgreSQL refuses to start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def tail(log: Path) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def die_with_parent() -> None:
    """Linux ends this child when its parent is gone, however that came; other systems have no such wish."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
