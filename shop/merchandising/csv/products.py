"""Lines about products: looked at, or written by the rules of the product editor, each product whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.catalog import listing
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.merchandising.csv.grouping import Group
from shop.merchandising.csv.names import Names
from shop.merchandising.csv.outcomes import Outcome
from shop.merchandising.csv.planning import ProductPlan, Values, plan
from shop.merchandising.csv.shelf import shelf_of
from shop.stock.queries import levels


def work(groups: Sequence[Group], *, is_real: bool) -> list[Outcome]:
    """What some groups come to; where it is real, it is done."""
    names = Names(hold=is_real)
    shelf = shelf_of(groups, hold=is_real)
    plans = [plan(group, shelf, names) for group in groups]
    if is_real:
        _write([one for one in plans if one.is_to_do])
    return [one.outcome for one in plans]


def _write(plans: Sequence[ProductPlan]) -> None:
    """Write products and their variants, then their listing rows at once."""
    written = [_written(one) for one in plans]
    db.session.flush()
    variants = [variant.id for product in written for variant in product.variants]
    listing.rebuild((product.id for product in written), levels.for_sale(variants))


def _written(made: ProductPlan) -> Product:
    product = made.product or Product(slug=made.slug, description="", variants=[])
    _set(product, made.values, is_published=("published_at", True), is_featured=("featured_at", True))
    db.session.add(product)
    for planned in made.variants:
        variant = planned.variant or Variant(sku=planned.sku)
        _set(variant, planned.values, is_sold=("retired_at", False))
        if planned.variant is None:
            product.variants.append(variant)
    return product


def _set(row: Any, values: Values, **facts: tuple[str, bool]) -> None:
    """Set values; a fact is kept as the moment since when it is so, or is not so."""
    for name, value in values.items():
        if name in facts:
            column, when = facts[name]
            setattr(row, column, now() if value is when else None)
        else:
            setattr(row, name, value)
