"""`bin/bench catalogue`: what shoppers wait for in a shop of 100,000 products, beside one of 1,000 and the floor.

On each database both shops and the floor are served by a process each, and one client asks them in turn, so that none
of them finds the machine in a mood of its own. Hot is asked again and again; cold is an address that a process is asked
for the first time after others of its kind. The search field is asked as people type: letter by letter.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.addresses import Goods, draw, goods_in
from bench.catalogue_addresses import filtered, fragment, listing, slip, typed
from bench.ground import POSTGRESQL, ROOT, SQLITE, Ground, engine_of
from bench.measuring import ROWS, NotMeasured
from bench.scenes import LARGE, SMALL
from bench.serving import FLOOR, SHOP, Answer, Web, served
from bench.wide_product import widen
from bench.wrk import Ask

MOST_TIMES, MOST_COLD_MS, MOST_FLOORS, MOST_STATEMENTS = 1.5, 400, 3, 12
WARMING, COLD, TYPED, TYPED_BEFORE = 20, 100, 600, 3000
ALONE = {"SHOP_ENV": "development", "MAIL_SERVER": "", "START_BACKGROUND": "false", "WEB_WORKERS": "1",
         "WEB_THREADS": "1"}  # fmt: skip
COUNTED = ALONE | {"BENCH_COUNT": "1"}


@dataclass(frozen=True)
class Shop:
    """A served shop, a second process of it that counts statements, and what its addresses are made of."""

    web: Web
    counted: Web
    goods: Goods
    wide: str


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, how, and whether it may be so."""

    what: str
    said: str
    wanted: str
    is_kept: bool


PAGES: dict[str, Callable[[Shop], str]] = {
    "listing with three facets": lambda shop: listing(shop.goods),
    "what its filter is answered": lambda shop: fragment(shop.goods),
    "search with a slip": lambda shop: slip(shop.goods),
    "product with 60 variants": lambda shop: f"/p/{shop.wide}",
}


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when something falls short."""
    parser = argparse.ArgumentParser(prog="bin/bench catalogue", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how often a hot page is asked (%(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "instance" / "bench", help="where filled shops are kept")
    options = parser.parse_args(arguments)
    ground, kept = Ground(options.folder), True
    try:
        ground.start()
        for engine in (POSTGRESQL, SQLITE):
            print(f"\n{engine}\n\n| what | measured | wanted |\n| --- | --- | --- |")
            for figure in measure(ground, engine, options.rounds):
                print(f"| {figure.what} | {figure.said} | {figure.wanted} |", flush=True)
                kept = kept and figure.is_kept
    finally:
        ground.stop()
    return 0 if kept else 1


def measure(ground: Ground, engine: str, rounds: int) -> Iterator[Figure]:
    """Every figure of one database."""
    with ExitStack() as stack:
        small, large = (stack.enter_context(_shop(ground, engine, products)) for products in (SMALL, LARGE))
        floor = stack.enter_context(served(Web(FLOOR, ground.floor(engine), ground.folder, ALONE)))
        for name, page in PAGES.items():
            yield _hot(name, [(shop.web, Ask(page(shop))) for shop in (small, large)], rounds)
            yield _statements(name, large.counted, Ask(page(large)))
        yield _cold(large)
        yield _typing(large, floor)


@contextmanager
def _shop(ground: Ground, engine: str, products: int) -> Iterator[Shop]:
    url = ground.shop_of(products, engine)
    slug = widen(url, ground.folder)
    database = engine_of(url)
    goods = goods_in(database)
    database.dispose()
    # A file that is open is not handed from one process to the next.
    webs = (Web(SHOP, url, ground.folder, one, preload=engine != SQLITE) for one in (ALONE, COUNTED))
    with ExitStack() as stack:
        web, counted = (stack.enter_context(served(web)) for web in webs)
        yield Shop(web, counted, goods, slug)


def _hot(name: str, asked: Sequence[tuple[Web, Ask]], rounds: int) -> Figure:
    took: list[list[float]] = [[] for _ in asked]
    for number in range(WARMING + rounds):
        for times, (web, ask) in zip(took, asked, strict=True):
            milliseconds = _milliseconds(web, ask)
            if number >= WARMING:
                times.append(milliseconds)
    small, large = (statistics.median(times) for times in took)
    said, ratio = f"{small:.1f} ms and {large:.1f} ms", large / small
    what = f"{name}, hot, {SMALL:,} and {LARGE:,} products"
    return Figure(what, f"{said}: {ratio:.2f} times", f"≤ {MOST_TIMES}", ratio <= MOST_TIMES)


def _statements(name: str, counted: Web, ask: Ask) -> Figure:
    cold, hot = (int(_asked(counted, ask).headers["X-Statements"]) for _ in range(2))
    most = max(cold, hot)
    return Figure(f"{name}, statements", f"{cold} cold, {hot} hot", f"≤ {MOST_STATEMENTS}", most <= MOST_STATEMENTS)


def _cold(shop: Shop) -> Figure:
    """With the counts of its facets, one address after the other."""
    asks = [Ask(address) for address in draw(filtered, shop.goods, seed=1, most=WARMING + COLD)]
    shop.web.restart()
    took = [_milliseconds(shop.web, ask) for ask in asks][WARMING:]
    said = f"median {statistics.median(took):.0f} ms, p95 {_p95(took):.0f} ms, slowest {max(took):.0f} ms"
    return Figure(f"three facets, cold, {LARGE:,} products", said, f"≤ {MOST_COLD_MS} ms", max(took) <= MOST_COLD_MS)


def _typing(shop: Shop, floor: Web) -> Figure:
    """After what others typed, beside the floor's page of 24 rows; some is still asked for the first time."""
    asks = [Ask(address) for address in islice(typed(shop.goods, random.Random(1)), TYPED_BEFORE + TYPED)]
    for ask in asks[:TYPED_BEFORE]:
        _asked(shop.web, ask)
    known = set(asks[:TYPED_BEFORE])
    wanted = asks[TYPED_BEFORE:]
    pairs = [(_milliseconds(shop.web, ask), _milliseconds(floor, ROWS)) for ask in wanted]
    typing, plain = (_p95(times) for times in zip(*pairs, strict=True))
    first = [took for ask, (took, _) in zip(wanted, pairs, strict=True) if ask not in known]
    said = f"p95 {typing:.1f} ms, the floor's {plain:.1f} ms: {typing / plain:.2f} times; {len(first)} of {TYPED}"
    said += f" asked for the first time{f', median {statistics.median(first):.0f} ms' if first else ''}"
    return Figure(f"search field, {LARGE:,} products", said, f"≤ {MOST_FLOORS}", typing / plain <= MOST_FLOORS)


def _milliseconds(web: Web, ask: Ask) -> float:
    began = time.perf_counter()
    _asked(web, ask)
    return (time.perf_counter() - began) * 1000


def _asked(web: Web, ask: Ask) -> Answer:
    answer = web.ask(ask, "gzip, br")
    if answer.status != 200:
        raise NotMeasured(f"{ask.path} answers {answer.status}")
    return answer


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
