"""The bench's shops: one for each database and worker, kept running from test to test, and shops that lack a guard."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.faults.bench.shop import BenchShop


@pytest.fixture(scope="session")
def _bench_on() -> Iterator[Callable[[str], BenchShop]]:
    opened: list[BenchShop] = []

    @cache
    def shop_on(engine: str) -> BenchShop:
        opened.append(BenchShop(engine))
        return opened[-1]

    yield shop_on
    for shop in opened:
        shop.close()


@pytest.fixture
def bench(engine: str, _bench_on: Callable[[str], BenchShop]) -> BenchShop:
    """The running shop. Others have bought in it before: a test brings its own goods and buyers."""
    shop = _bench_on(engine)
    shop.start()
    return shop


@pytest.fixture
def bench_without(engine: str) -> Iterator[Callable[[str], BenchShop]]:
    """Starts the same shop with one guard taken out: `bench_without("stock_condition")`."""
    opened: list[BenchShop] = []

    def open_shop(guard: str) -> BenchShop:
        opened.append(BenchShop(engine, without=guard))
        opened[-1].start()
        return opened[-1]

    yield open_shop
    for shop in opened:
        shop.close()
