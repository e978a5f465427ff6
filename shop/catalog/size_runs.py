"""Broken size runs: styles that have pieces left, but not in the sizes most people wear.

The sizes of a style in one colour, small to large, are its run. Without the outer third at either end, rounded down,
what is left are its **core sizes**: M of S–L, M and L of S–XL, S–L of XS–XL, M and L of XS–XXL. A run of one or two has
none. A run is **broken** when something is left of it, but half of its core sizes or more are sold out. A style is
broken when each of its colours that has something left is: as long as one colour is whole, there is something to show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import CTE, Integer, case, cast, func, select

from shop.catalog.models import ListingOffer, Size

SHORTEST, OUTER = 3, 3
T = TypeVar("T")


def core_of(run: Sequence[T]) -> Sequence[T]:
    """The core of a run, small to large."""
    outer = len(run) // OUTER
    return run[outer : len(run) - outer] if len(run) >= SHORTEST else ()


def is_broken(run: Sequence[bool]) -> bool:
    """Whether something is left of a run, small to large, but half of its core sizes or more are sold out."""
    core = core_of(run)
    return any(run) and bool(core) and 2 * sum(core) <= len(core)


def has_core_sizes(offers: Iterable[tuple[int, int, int, bool]]) -> bool:
    """Whether a style is not broken, by its offers: colour, position and id of the size, and whether it is in stock."""
    runs: defaultdict[int, list[bool]] = defaultdict(list)
    for colour_id, _position, _size_id, in_stock in sorted(offers):
        runs[colour_id].append(in_stock)
    left = [run for run in runs.values() if any(run)]
    return not left or not all(map(is_broken, left))


def broken_styles() -> CTE:
    """The same rule as a select of the ids of products, for all of them at once."""
    run: dict[str, Any] = {"partition_by": (ListingOffer.product_id, ListingOffer.colour_id)}
    sizes = (
        select(
            ListingOffer.product_id, ListingOffer.colour_id, cast(ListingOffer.in_stock, Integer).label("left"),
            func.row_number().over(**run, order_by=(Size.position, Size.id)).label("place"),
            func.count().over(**run).label("length"),
        )
        .join(Size, Size.id == ListingOffer.size_id)
        .cte("sizes")
    )  # fmt: skip
    outer = sizes.c.length // OUTER
    is_inside = (sizes.c.place > outer) & (sizes.c.place <= sizes.c.length - outer)
    is_core = case(((sizes.c.length >= SHORTEST) & is_inside, 1), else_=0)
    core, there = func.sum(is_core), func.sum(is_core * sizes.c.left)
    runs = (
        select(sizes.c.product_id, case(((core > 0) & (2 * there <= core), 1), else_=0).label("broken"))
        .group_by(sizes.c.product_id, sizes.c.colour_id)
        .having(func.sum(sizes.c.left) > 0)
        .cte("runs")
    )
    return select(runs.c.product_id).group_by(runs.c.product_id).having(func.min(runs.c.broken) == 1).cte("broken")
