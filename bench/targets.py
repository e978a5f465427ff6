"""What the shop promises, and which of it a run did not reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.scenes import LARGE, PLACE_ORDER, SMALL, USUAL, Run, Way

HOT, SIGNED_IN, BAG = 2.0, 0.3, 0.15
COLD = {"home": 0.4, "product": 0.4, "category": 0.2, "filtered listing": 0.2, "search": 0.2}
ORDERS_A_SECOND, ORDER_STATEMENTS = 30, 25
LISTINGS = ("category", "filtered listing")
LARGE_TO_SMALL, LARGE_COLD_MS = 1.3, 400
MEGABYTES = 110


@dataclass(frozen=True)
class Least:
    """A page asked in one way answers at least so often, as a share of the floor."""

    page: str
    way: Way
    ratio: float


RATIOS = (
    *(Least(page, Way.HOT, HOT) for page in COLD),
    *(Least(page, Way.COLD, ratio) for page, ratio in COLD.items()),
    *(Least(page, Way.SIGNED_IN, SIGNED_IN) for page in COLD),
    *(Least("bag", way, BAG) for way in (Way.GUEST, Way.SIGNED_IN)),
)


def shortfalls(run: Run) -> list[str]:
    """A sentence for each promise that was measured and not kept."""
    return [*_ratios(run), *_orders(run), *_sizes(run), *_memory(run), *_embedded(run)]


def least(page: str, way: str) -> float | None:
    """The promised ratio of a page, if there is one."""
    return next((one.ratio for one in RATIOS if (one.page, one.way) == (page, way)), None)


def _ratios(run: Run) -> Iterator[str]:
    for one in RATIOS:
        found = run.find(USUAL, one.page, one.way)
        if found and round(found.ratio, 2) < one.ratio:
            yield f"{one.page}, {one.way}: {found.ratio:.2f} of the floor, wanted {one.ratio}"


def _orders(run: Run) -> Iterator[str]:
    found = run.find(USUAL, PLACE_ORDER, Way.GUEST)
    if found and found.load.rate < ORDERS_A_SECOND:
        yield f"place order: {found.load.rate:.1f} a second, wanted {ORDERS_A_SECOND}"
    if found and found.statements is not None and found.statements > ORDER_STATEMENTS:
        yield f"place order: {found.statements} statements, wanted at most {ORDER_STATEMENTS}"


def _sizes(run: Run) -> Iterator[str]:
    for page in LISTINGS:
        small, large = (run.find(products, page, Way.HOT) for products in (SMALL, LARGE))
        if small and large and small.ratio / large.ratio > LARGE_TO_SMALL:
            yield f"{page}: hot at {LARGE:,} products {small.ratio / large.ratio:.2f} times {SMALL:,}'s time"
        alone = run.find(LARGE, page, Way.ALONE)
        if alone and alone.load.p99 > LARGE_COLD_MS:
            yield f"{page}: cold at {LARGE:,} products {alone.load.p99:.0f} ms (p99), wanted {LARGE_COLD_MS}"


def _memory(run: Run) -> Iterator[str]:
    for products, megabytes in run.memory.items():
        if megabytes > MEGABYTES:
            yield f"a worker with {products:,} products takes {megabytes:.0f} MB, wanted {MEGABYTES}"


def _embedded(run: Run) -> Iterator[str]:
    found = run.embedded
    if found and (wrong := found.load.refused + found.load.failed + found.lost_orders):
        yield f"SQLite with 8 clients: {wrong} answers or orders went wrong"
