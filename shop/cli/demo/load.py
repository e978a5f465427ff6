"""Loads the demo shop in one unit of work."""

from __future__ import annotations

from sqlalchemy import exists, select

from shop.catalog.models import Brand, Product
from shop.cli.demo import coupons, lookups, people, shelf, styles, words
from shop.cli.demo.bulk import settle_sequences
from shop.cli.demo.past import afterwards, goods, plans, wares
from shop.cli.demo.past import load as past
from shop.extensions import db
from shop.lib.clock import now


def is_loaded() -> bool:
    """Whether there are goods already; the demo shop is only for an empty one."""
    return bool(db.session.scalar(select(exists().where(Product.id.is_not(None)))))


def load_frame() -> lookups.Lookups:
    """What a shop full of recycled products needs: lookups, pages and people, each where there is none yet."""
    if db.session.scalar(select(exists().where(Brand.id.is_not(None)))):
        return lookups.known()
    moment = now().replace(microsecond=0)
    made = lookups.load()
    words.load(moment)
    people.load(moment)
    settle_sequences()
    return made


def load_demo() -> None:
    """Write the whole demo shop. Runs in the caller's unit, after `flask shop init` did its part."""
    moment = now().replace(microsecond=0)
    known = lookups.load()
    words.load(moment)
    customers = people.load(moment)
    products, variants = styles.load(known, moment)
    planned = plans.draw(customers, wares.wares(products, variants, known), moment)
    shelf.load(products, variants, goods.demand_of(planned), moment)
    coupons.load(moment)
    past.load(planned)
    settle_sequences()
    afterwards.load(planned)
