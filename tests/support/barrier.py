"""Many at once: runs a piece of work in threads that start together, each in an app context of its own."""

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

T = TypeVar("T")


def all_at_once(app: Flask, work: Callable[[int], T], times: int) -> list[T | Exception]:
    """What each of `times` simultaneous calls returned or raised, in order."""
    start = threading.Barrier(times)

    def one(number: int) -> T | Exception:
        with app.app_context():
            start.wait(timeout=30)
            try:
                return work(number)
            except Exception as error:
                return error

    with ThreadPoolExecutor(times) as pool:
        futures = [pool.submit(contextvars.Context().run, one, number) for number in range(times)]
        return [future.result(timeout=120) for future in futures]
