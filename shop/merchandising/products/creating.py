"""Makes a product with its variants, and with its first picture where one came along."""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.actor import Actor
from shop.merchandising.lookups.naming import unique
from shop.merchandising.pictures import services as pictures
from shop.merchandising.pictures.arriving import NewPicture
from shop.merchandising.products.editing import write
from shop.merchandising.products.errors import BadVariants
from shop.merchandising.products.fields import SLUG, ProductFields, values_of
from shop.merchandising.products.rules import check_tax_class, hold_named
from shop.merchandising.products.skus import held_codes
from shop.merchandising.products.slugs import checked_slug, free_slug
from shop.merchandising.products.variants import make_so
from shop.merchandising.products.wanted import NewVariant
from shop.merchandising.services import list_again


def create_product(
    said: ProductFields, variants: Sequence[NewVariant], by: Actor, *, picture: NewPicture | None = None
) -> Product:
    """A new product; a picture that came along is described by its name.

    Raises AddressTaken, BadAddress, BadMoment, BadVariants, SkuTaken, PriceRefused, NotReady, WrongFields.
    """
    values = values_of(said)
    hold_named(values)
    check_tax_class(values)
    _check(variants)
    product = _added(said)
    _add_variants(product, variants, by)
    if picture:
        pictures.add(product.id, picture, alt=product.name)
    write(product, values)
    list_again(product)
    return product


def _check(variants: Sequence[NewVariant]) -> None:
    if not variants:
        raise BadVariants("A product comes in at least one colour and size.")
    if len({one.place for one in variants}) < len(variants):
        raise BadVariants("Each colour and size is there once.")


def _added(said: ProductFields) -> Product:
    """The product's row, hidden until everything of it is there."""
    slug = checked_slug(said.slug) if said.slug else free_slug(said.name)
    values = values_of(said) | {SLUG: slug, "publish_at": None}
    product = Product(**{name: value for name, value in values.items() if name in Product.__mapper__.columns})
    with unique():
        db.session.add(product)
    return product


def _add_variants(product: Product, new: Sequence[NewVariant], by: Actor) -> None:
    codes = held_codes(one.place for one in new)
    make_so(product, [one.wanted(product.slug, codes) for one in new], by)
