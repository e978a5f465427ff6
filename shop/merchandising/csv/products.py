"""Lines about products: looked at, or written as by the product editor, each product whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalog import listing
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.merchandising.csv.grouping import Group
from shop.merchandising.csv.names import Names
from shop.merchandising.csv.outcomes import Outcome
from shop.merchandising.csv.planning import plan
from shop.merchandising.csv.plans import ProductPlan
from shop.merchandising.csv.shelf import shelf_of
from shop.merchandising.products.editing import write
from shop.merchandising.products.variants import write_variant
from shop.stock.queries import levels
from shop.stock.services import open_levels


def work(groups: Sequence[Group], by: Actor | None) -> list[Outcome]:
    """What some groups come to; with somebody who does it, it is done."""
    names = Names(hold=by is not None)
    shelf = shelf_of(groups, hold=by is not None)
    plans = [plan(group, shelf, names) for group in groups]
    if by is not None:
        _write([one for one in plans if one.is_to_do], by)
    return [one.outcome for one in plans]


def _write(plans: Sequence[ProductPlan], by: Actor) -> None:
    """Write products and their variants, then the stock of new ones and all listing rows at once."""
    written = [_written(one) for one in plans]
    db.session.flush()
    fresh = {variant.sku for one in plans for variant in one.variants if variant.variant is None}
    variants = {variant.sku: variant.id for product in written for variant in product.variants}
    open_levels({variants[sku]: 0 for sku in fresh}, by)
    listing.rebuild((product.id for product in written), levels.for_sale(variants.values()))


def _written(made: ProductPlan) -> Product:
    """The product's own values come last: whether it may stand on the shelf depends on its variants."""
    product = made.product or Product(slug=made.slug, description="", pictures=[], variants=[])
    for planned in made.variants:
        variant = planned.variant or Variant(sku=planned.sku)
        write_variant(variant, planned.values)
        if planned.variant is None:
            product.variants.append(variant)
    write(product, made.values)
    db.session.add(product)
    return product
