"""The variants of a product: made, changed and taken away, all that is asked for together or nothing of it.

No variant is ever deleted, because orders and its ledger name it: what is taken away may come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Product, Variant
from shop.catalog.sales import go_on
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404
from shop.merchandising.errors import PriceRefused
from shop.merchandising.lookups.naming import unique
from shop.merchandising.products.errors import BadVariants, NotReady, PlacesRefused, SkuTaken
from shop.merchandising.products.skus import held_codes, taken_skus
from shop.merchandising.products.wanted import MOST_VARIANTS, NewVariant, Place, Wanted
from shop.merchandising.rules import check_prices
from shop.merchandising.services import list_again, lock_product, lock_variant
from shop.stock.services import open_levels


def add_variant(product_id: int, new: NewVariant, by: Actor) -> Variant:
    """Make a product come in one more colour and size. Raises PlacesRefused, BadVariants, NotFound."""
    codes = held_codes([new.place])
    product = lock_product(product_id)
    there = {(variant.colour_id, variant.size_id): variant for variant in product.variants}
    if new.place in there:
        raise BadVariants(f"The product has this colour and size already: {there[new.place].sku}.")
    [made] = make_so(product, [new.wanted(product.slug, codes)], by)
    list_again(product)
    return made


def change_variant(product_id: int, variant_id: int, values: Mapping[str, Any], by: Actor) -> None:
    """Change some values of a product's variant, among them `is_sold`. Raises PlacesRefused, NotReady, NotFound."""
    product = lock_product(product_id)
    theirs = select(Variant).where(Variant.id == variant_id, Variant.product_id == product_id)
    variant = one_or_404(theirs.execution_options(populate_existing=True))
    make_so(product, [Wanted((variant.colour_id, variant.size_id), values, variant)], by)
    list_again(product)


def take_away(product_id: int, variant_id: int, by: Actor) -> None:
    """Sell a variant no more. Raises NotReady, NotFound, also where it is not sold."""
    sold = select(Variant.id).where(Variant.id == variant_id, Variant.retired_at.is_(None))
    change_variant(product_id, one_or_404(sold), {"is_sold": False}, by)


def put_back_variant(variant_id: int, values: Mapping[str, Any]) -> None:
    """Give columns of a variant the values they had before; a sale that was ended with its price goes on.

    Raises PriceRefused, NotFound.
    """
    variant = lock_variant(variant_id)
    if values.get("retired_at", variant.retired_at) is None:
        price, sale_price = (values.get(name, getattr(variant, name)) for name in ("price", "sale_price"))
        check_prices(variant.product.mrp, price, sale_price, "price")
    for name, value in values.items():
        setattr(variant, name, value)
    go_on(variant)
    list_again(variant.product)


def make_so(product: Product, wanted: Sequence[Wanted], by: Actor) -> list[Variant]:
    """Check everything, then write it, and return what was made; the listing is still to be written.

    Raises PlacesRefused, BadVariants, NotReady.
    """
    if errors := troubles(product, wanted):
        raise PlacesRefused(errors)
    if len(product.variants) + sum(one.variant is None for one in wanted) > MOST_VARIANTS:
        raise BadVariants(f"A product comes in {MOST_VARIANTS} colours and sizes at the most.")
    # What comes is written before what goes: undone from the last change on, something is always sold.
    made = _written(product, [one for one in wanted if one.comes])
    _written(product, [one for one in wanted if not one.comes])
    units = {one.place: one.units for one in wanted}
    open_levels({variant.id: units[place] for place, variant in made.items()}, by)
    if product.published_at is not None and all(variant.retired_at is not None for variant in product.variants):
        raise NotReady("A product on the shelf comes in at least one colour and size. Hide it first.")
    return list(made.values())


def troubles(product: Product, wanted: Sequence[Wanted]) -> dict[Place, ShopError]:
    """What is wrong with what is asked for, at each place."""
    return dict([*_wrong_prices(product, wanted), *_wrong_skus(wanted)])


def write_variant(variant: Variant, values: Mapping[str, Any]) -> None:
    """Set values of a variant; with `is_sold` it is sold from now on, or no more."""
    for name, value in values.items():
        if name != "is_sold":
            setattr(variant, name, value)
        elif value == (variant.retired_at is not None):
            variant.retired_at = None if value else now()


def _written(product: Product, wanted: Sequence[Wanted]) -> dict[Place, Variant]:
    """Write values, in one flush; what is new, by its place."""
    made: dict[Place, Variant] = {}
    with unique():
        for one in wanted:
            variant = one.variant
            if variant is None:
                colour_id, size_id = one.place
                variant = made[one.place] = Variant(colour_id=colour_id, size_id=size_id)
                product.variants.append(variant)
            write_variant(variant, one.values)
        db.session.flush()
    return made


def _wrong_prices(product: Product, wanted: Sequence[Wanted]) -> Iterator[tuple[Place, ShopError]]:
    for one in wanted:
        try:
            if one.will_be("price") is None:
                raise PriceRefused("Enter a price: nothing is sold beside it that it could take one from.")
            if one.is_sold or one.values.keys() & {"price", "sale_price"}:
                check_prices(product.mrp, one.will_be("price"), one.will_be("sale_price"))
        except PriceRefused as error:
            yield one.place, error


def _wrong_skus(wanted: Sequence[Wanted]) -> Iterator[tuple[Place, ShopError]]:
    skus = {one.place: sku for one in wanted if (sku := one.values.get("sku")) and sku != one.sku}
    times, taken = Counter(skus.values()), taken_skus(skus.values()) if skus else set()
    for place, sku in skus.items():
        if times[sku] > 1 or sku in taken:
            yield place, SkuTaken(sku)
