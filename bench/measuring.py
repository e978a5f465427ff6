"""Measures one thing against the floor: the floor before and after each round, the median of the rounds."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import wrk
from bench.serving import Web
from bench.wrk import Ask, Load

ROWS, CONSTANT = Ask("/rows"), Ask("/constant")


class NotMeasured(RuntimeError):
    """An answer was not the one that was to be measured."""


@dataclass
class Floor:
    """The bare application, and everything that was measured of it in this run."""

    web: Web
    seconds: float
    loads: list[Load] = field(default_factory=list)

    def measure(self) -> float:
        """Requests a second of the 24 rows, now."""
        self.loads.append(wrk.again(self.web.url, [ROWS], self.seconds))
        return self.loads[-1].rate

    def constant(self) -> Load:
        """The constant page, now."""
        return wrk.again(self.web.url, [CONSTANT], self.seconds)


def against(floor: Floor, run: Callable[[], Load], rounds: int) -> tuple[Load, float]:
    """The round in the middle and its ratio to the mean of the floor before and after it."""
    measured: list[tuple[float, Load]] = []
    before = floor.measure()
    for _ in range(rounds):
        load, after = run(), floor.measure()
        measured.append((2 * load.rate / (before + after), load))
        before = after
    ratio = statistics.median_low(ratio for ratio, _ in measured)
    return next(load for one, load in measured if one == ratio), ratio


def look(web: Web, ask: Ask, *, is_cold: bool = False) -> tuple[int, int, int]:
    """Statements and bytes, raw and compressed, of an answer asked for by itself; it has to be a page.

    What a cold address costs shows at the first time, what a hot one costs at the second.
    """
    plain, packed = (web.ask(ask, encoding) for encoding in ("identity", "gzip, br"))
    if (plain.status, packed.status) != (200, 200):
        raise NotMeasured(f"{ask.path} answers {plain.status}")
    counted = plain if is_cold else packed
    return int(counted.headers["X-Statements"]), len(plain.body), len(packed.body)


@contextmanager
def buying_beside(web: Web, orders: Sequence[Ask], a_second: float) -> Iterator[None]:
    """Place so many orders a second while the block runs; each has to lead to its thanks."""
    stopping, refused = threading.Event(), list[str]()

    def buy() -> None:
        began = time.monotonic()
        for number, order in enumerate(orders):
            if stopping.wait(max(0.0, began + number / a_second - time.monotonic())):
                return
            if not (went := web.ask(order).headers.get("Location", "")).endswith("/thanks"):
                refused.append(went)

    buyer = threading.Thread(target=buy, name="buyer")
    buyer.start()
    try:
        yield
    finally:
        stopping.set()
        buyer.join()
    if refused:
        raise NotMeasured(f"{len(refused)} orders beside were refused: {refused[0]}")
