"""Measures one shop beside the floor: every page in every way, placing orders, and the memory of its workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import create_engine, func, select

from bench import wrk
from bench.addresses import draw, goods_in
from bench.buyers import Buyers
from bench.ground import Ground
from bench.measuring import Floor, NotMeasured, against, buying_beside, look
from bench.scenes import COLD_ADDRESSES, ORDERS_A_SECOND, OWN, PLACE_ORDER, SHARED, Page, Result, Way
from bench.serving import SHOP, Web, served
from bench.wrk import CLIENTS, Ask, Load
from shop.orders.models import Order
from shop.store.settings import UNPAID_ORDERS

MOST_ORDERS_A_SECOND = 150
COUNTED = {"BENCH_COUNT": "1"}
WARMING, WARM_SECONDS = 200, 1
FILLING, ALONE_ADDRESSES = 4000, 200


@dataclass(frozen=True)
class Effort:
    """How long a round takes, how many there are, and what the dice begin with."""

    seconds: float = 3
    rounds: int = 3
    seed: int = 1


class ShopRun:
    """One shop of some size, served; its database is a copy and may be sold out."""

    def __init__(self, ground: Ground, products: int, floor: Floor, effort: Effort) -> None:
        self.products, self.floor, self.effort = products, floor, effort
        url, redis = ground.shop_of(products), {"REDIS_URL": ground.valkey.url()}
        self.web = Web(SHOP, url, ground.folder, redis)
        self.counted = Web(SHOP, url, ground.folder, redis | COUNTED | {"WEB_WORKERS": "1", "WEB_THREADS": "1"})
        self.renewing = Web(SHOP, url, ground.folder, redis | COUNTED | {"BENCH_RENEW": "1"})
        self.engine = create_engine(url)
        self.goods = goods_in(self.engine)
        self.buyers = Buyers(self.engine, self.web)

    def page(self, page: Page, way: Way) -> Result | None:
        """A page that anybody sees; None where it has too few addresses for that way."""
        cookie = self.buyers.customer if way in {Way.SIGNED_IN, Way.SIGNED_IN_COLD} else ""
        if way in {Way.HOT, Way.ORDERS, Way.SIGNED_IN}:
            return self._same(page.name, way, Ask(page.first(self.goods), cookie))
        asks = [Ask(address, cookie) for address in draw(page.make, self.goods, self.effort.seed)]
        if len(asks) > 1:
            return self._different(page.name, way, asks)
        return self._renewed(page.name, asks[0]) if way == Way.COLD else None

    def own(self, name: str, way: Way) -> Result:
        """A page that belongs to one visitor."""
        return self._same(name, way, Ask(OWN[name], self.buyers.guest if way == Way.GUEST else self.buyers.customer))

    def place_order(self) -> Result:
        """Prepared carts, each posted once by as many buyers as there are clients."""
        statements = self._order_statements()
        load, ratio = against(self.floor, self._buy, self.effort.rounds)
        return Result(self.products, PLACE_ORDER, Way.GUEST, load, ratio, statements)

    def _order_statements(self) -> int:
        """Those of an order in a process that took others since the owner changed anything; buyers are counted."""
        self.buyers.limit(UNPAID_ORDERS.maximum)
        counts = [int(self.counted.ask(order).headers["X-Statements"]) for order in self.buyers.orders(3)]
        self.buyers.limit(0)
        return counts[-1]

    def memory(self) -> float:
        """Megabytes of the largest worker, after so many different pages that whatever is kept is full."""
        self.web.restart()
        addresses = [one for page in SHARED for one in draw(page.make, self.goods, self.effort.seed, FILLING)]
        wrk.once(self.web.url, [Ask(address) for address in addresses])
        return max(self.web.memory())

    def _same(self, name: str, way: Way, ask: Ask) -> Result:
        """One address; everything that may be kept of it has been kept before."""
        seen = look(self.counted, ask)
        wrk.again(self.web.url, [ask], WARM_SECONDS)

        def run() -> Load:
            return wrk.again(self.web.url, [ask], self.effort.seconds)

        return self._result(name, way, self._with_orders(run) if way == Way.ORDERS else run, seen)

    def _different(self, name: str, way: Way, asks: list[Ask]) -> Result:
        """Cold means: the processes are new; they have answered others of this kind, but none of these."""
        clients, most = (1, ALONE_ADDRESSES) if way == Way.ALONE else (CLIENTS, COLD_ADDRESSES)
        warming = min(WARMING, len(asks) // 5)
        others, wanted = asks[:warming], asks[warming : warming + most + clients]
        for ask in others[:2]:
            self.counted.ask(ask)
        seen = look(self.counted, wanted[-1], is_cold=True)

        def run() -> Load:
            self.web.restart()
            wrk.once(self.web.url, others)
            return wrk.once(self.web.url, wanted, clients)

        return self._result(name, way, run, seen)

    def _renewed(self, name: str, ask: Ask) -> Result:
        """A page with one address is cold when the catalogue has just changed: here it has, before every request."""
        with served(self.renewing) as web:
            seen = look(web, ask, is_cold=True)
            wrk.again(web.url, [ask], WARM_SECONDS)
            return self._result(name, Way.COLD, lambda: wrk.again(web.url, [ask], self.effort.seconds), seen)

    def _result(self, name: str, way: Way, run: Callable[[], Load], seen: tuple[int, int, int]) -> Result:
        load, ratio = against(self.floor, run, self.effort.rounds)
        return Result(self.products, name, way, _sound(load, name), ratio, *seen)

    def _with_orders(self, run: Callable[[], Load]) -> Callable[[], Load]:
        def beside() -> Load:
            orders = self.buyers.last_sizes(round((self.effort.seconds + 1) * ORDERS_A_SECOND))
            with buying_beside(self.web, orders, ORDERS_A_SECOND):
                return run()

        return beside

    def _buy(self) -> Load:
        orders = self.buyers.orders(round(self.effort.seconds * MOST_ORDERS_A_SECOND) + CLIENTS)
        before = self._orders()
        load = wrk.once(self.web.url, orders, seconds=self.effort.seconds)
        if self._orders() - before < load.requests:
            raise NotMeasured(f"of {load.requests} answered orders only {self._orders() - before} were placed")
        return _sound(load, PLACE_ORDER)

    def _orders(self) -> int:
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count(Order.id))) or 0


@contextmanager
def shop_run(ground: Ground, products: int, floor: Floor, effort: Effort) -> Iterator[ShopRun]:
    """A shop that is served inside the block."""
    run = ShopRun(ground, products, floor, effort)
    try:
        run.web.start()
        run.counted.start()
        yield run
    finally:
        run.web.stop()
        run.counted.stop()
        run.engine.dispose()


def _sound(load: Load, what: str) -> Load:
    if load.refused or load.failed:
        raise NotMeasured(f"{what}: {load.refused} answers from 400 on, {load.failed} lost")
    return load
