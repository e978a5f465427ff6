"""Wakes the relay after a commit, so that mail leaves at once and not at the next look."""

from __future__ import annotations

import threading

from flask import current_app

from shop.lib import workers

bell = threading.Event()


def ring() -> None:
    """Wake the relay: through Redis where there is one, else the thread of this process."""
    if current_app.config["SHOP"].redis_url:
        workers.wake()
    else:
        bell.set()
