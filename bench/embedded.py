"""The shop on SQLite as `bin/dev` serves it: one process with eight threads, which also does what follows an order."""

from __future__ import annotations

import random
from itertools import cycle
from pathlib import Path

from sqlalchemy import Engine, func, select

from bench import wrk
from bench.addresses import draw, goods_in
from bench.buyers import Buyers
from bench.ground import engine_of, sqlite_of
from bench.scenes import OWN, SHARED
from bench.serving import SHOP, Web, served
from bench.wrk import CLIENTS, Ask, Load
from shop.orders.models import Order

ASKS, SECONDS = 3000, 40
ORDER_EVERY, OWN_EVERY = 20, 4
SETTINGS = {
    "SHOP_ENV": "development",
    "MAIL_SERVER": "",
    "START_BACKGROUND": "true",
    "WEB_WORKERS": "1",
    "WEB_THREADS": "8",
}


def measure(folder: Path, products: int, seed: int) -> tuple[Load, int]:
    """Eight clients who look, fill bags and buy at once; returns the load and how many of their orders got lost."""
    url = sqlite_of(folder, products)
    engine = engine_of(url)
    web = Web(SHOP, url, folder, SETTINGS, preload=False)
    with served(web):
        asks = _mixed(Buyers(engine, web), _addresses(engine, seed))
        load = wrk.once(web.url, asks, seconds=SECONDS)
    sent = sum(bool(ask.body) for ask in asks[: max(0, load.requests - CLIENTS)])
    with engine.connect() as connection:
        placed = connection.scalar(select(func.count(Order.id))) or 0
    engine.dispose()
    return load, max(0, sent - placed)


def _mixed(buyers: Buyers, addresses: list[str]) -> list[Ask]:
    """Mostly pages for everyone; every fourth belongs to a visitor, every twentieth is an order."""
    orders = iter(buyers.orders(ASKS // ORDER_EVERY + 1))
    pages, own = cycle(addresses), cycle(Ask(path, buyers.guest) for path in OWN.values())
    return [
        next(orders) if place % ORDER_EVERY == 0 else next(own) if place % OWN_EVERY == 0 else Ask(next(pages))
        for place in range(ASKS)
    ]


def _addresses(engine: Engine, seed: int) -> list[str]:
    goods = goods_in(engine)
    drawn = [address for page in SHARED for address in draw(page.make, goods, seed, ASKS // len(SHARED))]
    random.Random(seed).shuffle(drawn)
    return drawn
