"""The relay as a thread, for a shop without Redis: one process serves pages and does what follows."""

from __future__ import annotations

import os
import threading

import structlog
from flask import Flask

from shop.lib import outbox, timed, wake

log = structlog.get_logger()
_started_in: set[int] = set()


def start(app: Flask) -> None:
    """Start the relay thread once in this process (after a fork, never in a reloader's parent)."""
    if os.getpid() in _started_in:
        return
    _started_in.add(os.getpid())
    threading.Thread(target=_loop, args=(app,), name="relay", daemon=True).start()


def _loop(app: Flask) -> None:
    while True:
        try:
            _work_until_idle(app)
        except Exception:
            log.exception("relay_failed")
        wake.bell.wait(timeout=1)
        wake.bell.clear()


def _work_until_idle(app: Flask) -> None:
    with app.app_context():
        timed.tick()
    busy = True
    while busy:
        with app.app_context():
            busy = outbox.relay_once() > 0
