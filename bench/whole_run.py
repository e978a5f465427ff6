"""A run from its plan: servers up, the floor beside every shop, SQLite at the end, servers down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import embedded
from bench.ground import Ground
from bench.measuring import Floor
from bench.scenes import (
    MEMORY,
    OWN,
    OWN_WAYS,
    PLACE_ORDER,
    SHARED,
    SIZE_WAYS,
    USUAL,
    Embedded,
    Result,
    Run,
)
from bench.serving import FLOOR, Web, served
from bench.shop_run import Effort, ShopRun, shop_run


@dataclass(frozen=True)
class Plan:
    """Sizes of shops, names of pages, whether SQLite is measured too, and how thoroughly."""

    sizes: tuple[int, ...]
    names: tuple[str, ...]
    embedded: bool
    effort: Effort


def measure(plan: Plan, folder: Path) -> tuple[Run, str]:
    """Measure what is planned, telling each figure as it comes; returns it all and the server's version."""
    ground, run = Ground(folder), Run()
    try:
        ground.start()
        if plan.sizes:
            _shops(ground, plan, run)
        if plan.embedded:
            load, lost = embedded.measure(folder, USUAL, plan.effort.seed)
            run.embedded = Embedded(USUAL, load, lost)
        return run, ground.version()
    finally:
        ground.stop()


def _shops(ground: Ground, plan: Plan, run: Run) -> None:
    with served(Web(FLOOR, ground.floor(), ground.folder, {"REDIS_URL": ground.valkey.url()})) as web:
        floor = Floor(web, plan.effort.seconds)
        run.constant = floor.constant()
        for products in plan.sizes:
            with shop_run(ground, products, floor, plan.effort) as shop:
                is_whole = products == USUAL or len(plan.sizes) == 1
                for result in _results(shop, plan.names, is_whole=is_whole):
                    _tell(result)
                    run.results.append(result)
                if MEMORY in plan.names:
                    run.memory[products] = shop.memory()
        run.floors = floor.loads


def _results(shop: ShopRun, names: tuple[str, ...], *, is_whole: bool) -> Iterator[Result]:
    """Every page every way; of the other sizes only what a size can change."""
    for page in SHARED:
        ways = [way for way in page.ways if is_whole or way in SIZE_WAYS]
        for way in ways if page.name in names else ():
            if result := shop.page(page, way):
                yield result
    for name in OWN if is_whole else ():
        for way in OWN_WAYS if name in names else ():
            yield shop.own(name, way)
    if PLACE_ORDER in names:
        yield shop.place_order()


def _tell(result: Result) -> None:
    load = result.load
    print(f"{result.products:>7,}  {result.page:<17} {result.way:<40} {load.rate:>7,.1f}/s  {result.ratio:>5.2f}"
          f"  p50 {load.p50:.1f}  p99 {load.p99:.1f} ms", flush=True)  # fmt: skip
