"""A product that comes in sixty colours and sizes."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path

from sqlalchemy import select

from bench.ground import surroundings
from shop import create_app
from shop.catalog.models import Colour, ListingRow, Product, Size
from shop.config import read_config
from shop.extensions import db
from shop.lib.actor import OPERATOR
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.products.variants import NewVariant, add_variant

WANTED, UNITS = 60, 5


def widen(url: str, folder: Path) -> str:
    """Let the first product of a shop come in so many; its slug."""
    settings = {"SHOP_ENV": "development", "START_BACKGROUND": "false"}
    with create_app(read_config(surroundings(url, folder, **settings))).app_context(), unit_of_work():
        first = db.session.scalars(select(Product).join(ListingRow).order_by(Product.id).limit(1)).one()
        fill_up(first)
        return first.slug


def fill_up(wide: Product) -> None:
    """Add colours and sizes, in the current unit, until there are so many."""
    there = {(variant.colour_id, variant.size_id) for variant in wide.variants}
    colours, sizes = (db.session.scalars(select(model.id).order_by(model.id)).all() for model in (Colour, Size))
    free = (place for place in product(colours, sizes) if place not in there)
    price = wide.variants[0].price
    for colour_id, size_id in islice(free, WANTED - len(there)):
        add_variant(wide.id, NewVariant(colour_id=colour_id, size_id=size_id, price=price, units=UNITS), OPERATOR)
