"""Fault points: named places where the tests hold or kill a process. In a real shop they do nothing.

A test arms a point by putting a file of its name into the folder that FAULTS names. The first who comes by takes the
file, writes its process id into it and waits there until the test removes it, or ends the process.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

REACHED = ".reached"
_watched: list[Path] = []


def watch(folder: Path | None) -> None:
    """Look for armed points in this folder, or nowhere."""
    _watched[:] = [folder] if folder else []


def point(name: str) -> None:
    """Name the place between two steps that a crash must not tear apart."""
    if _watched:
        _stop_at(_watched[0] / name)


def _stop_at(armed: Path) -> None:
    """Renaming decides between two who come by at once."""
    reached = Path(f"{armed}{REACHED}")
    try:
        armed.rename(reached)
    except FileNotFoundError:
        return
    reached.write_text(str(os.getpid()))
    while reached.exists():
        time.sleep(0.005)
