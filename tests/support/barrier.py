"""Many at once: runs work in threads that start together."""

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

T = TypeVar("T")


def all_at_once(app: Flask, work: Callable[[int], T], times: int) -> list[T | Exception]:
    """What each of `times` simultaneous calls returned or raised, in order; each has an app context of its own."""

    def inside(number: int, start: threading.Barrier) -> T | Exception:
        with app.app_context():
            start.wait(timeout=30)
            try:
                return work(number)
            except Exception as error:
                return error

    return _together(inside, times)


def at_once(*work: Callable[[], T]) -> list[T]:
    """What several pieces of work returned that began at the same moment, in order."""

    def one(number: int, start: threading.Barrier) -> T:
        start.wait(timeout=30)
        return work[number]()

    return _together(one, len(work))


def _together(work: Callable[[int, threading.Barrier], T], times: int) -> list[T]:
    start = threading.Barrier(times)
    with ThreadPoolExecutor(times) as pool:
        futures = [pool.submit(contextvars.Context().run, work, number, start) for number in range(times)]
        return [future.result(timeout=120) for future in futures]
