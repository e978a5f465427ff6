"""Makes a product with its variants, and with its first picture where one came along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.money import Money
from shop.merchandising.lookups.naming import unique
from shop.merchandising.pictures import services as pictures
from shop.merchandising.pictures.arriving import NewPicture
from shop.merchandising.products.editing import write
from shop.merchandising.products.errors import BadVariants, SkuTaken
from shop.merchandising.products.fields import SLUG, ProductFields, values_of
from shop.merchandising.products.rules import check_tax_class, hold_named
from shop.merchandising.products.slugs import checked_slug, free_slug
from shop.merchandising.rules import check_prices
from shop.merchandising.services import list_again
from shop.stock.services import open_levels

LONGEST_SKU, MOST_VARIANTS = 60, 200


@dataclass(frozen=True, kw_only=True)
class NewVariant:
    """A colour and size that is to be made; without a SKU one is made from the product's address."""

    colour_id: int
    size_id: int
    price: Money
    sale_price: Money | None = None
    sku: str = ""
    weight_grams: int = 0
    units: int = 0


def create_product(
    said: ProductFields, variants: Sequence[NewVariant], by: Actor, *, picture: NewPicture | None = None
) -> Product:
    """A new product; a picture that came along is described by its name.

    Raises AddressTaken, BadAddress, BadMoment, BadVariants, SkuTaken, PriceRefused, NotReady, WrongFields.
    """
    values = values_of(said)
    hold_named(values)
    check_tax_class(values)
    _check(said, variants)
    product = _added(said)
    _add_variants(product, variants, by)
    if picture:
        pictures.add(product.id, picture, alt=product.name)
    write(product, values)
    list_again(product)
    return product


def _check(said: ProductFields, variants: Sequence[NewVariant]) -> None:
    if not 0 < len(variants) <= MOST_VARIANTS:
        raise BadVariants(f"A product comes in at least one colour and size, and in {MOST_VARIANTS} at the most.")
    if len({(one.colour_id, one.size_id) for one in variants}) < len(variants):
        raise BadVariants("Each colour and size is there once.")
    for one in variants:
        check_prices(said.mrp, one.price, one.sale_price)


def _added(said: ProductFields) -> Product:
    """The product's row, hidden until everything of it is there."""
    slug = checked_slug(said.slug) if said.slug else free_slug(said.name)
    values = values_of(said) | {SLUG: slug, "publish_at": None}
    product = Product(**{name: value for name, value in values.items() if name in Product.__mapper__.columns})
    with unique():
        db.session.add(product)
    return product


def _add_variants(product: Product, wanted: Sequence[NewVariant], by: Actor) -> None:
    skus = _skus(product.slug, wanted)
    for one, sku in zip(wanted, skus, strict=True):
        kept = {name: getattr(one, name) for name in ("colour_id", "size_id", "price", "sale_price", "weight_grams")}
        product.variants.append(Variant(sku=sku, **kept))
    with unique():
        db.session.add(product)
    open_levels({variant.id: one.units for one, variant in zip(wanted, product.variants, strict=True)}, by)


def _skus(slug: str, wanted: Sequence[NewVariant]) -> list[str]:
    """The SKU of each: the one it brings, or `SLUG-COLOUR-SIZE`. Raises SkuTaken, BadVariants."""
    colours, sizes = _slugs(Colour, {one.colour_id for one in wanted}), _slugs(Size, {one.size_id for one in wanted})
    skus = [one.sku or made_sku(slug, colours[one.colour_id], sizes[one.size_id]) for one in wanted]
    if twice := next((sku for sku in skus if skus.count(sku) > 1), None):
        raise SkuTaken(twice)
    taken = db.session.scalar(select(Variant.sku).where(Variant.sku.in_(skus)).limit(1))
    if taken is not None:
        raise SkuTaken(taken)
    return skus


def made_sku(slug: str, colour: str, size: str) -> str:
    """A SKU from slugs; of a long one the product's part is cut, so that colour and size stay told apart."""
    tail = f"-{colour}-{size}".upper()[-LONGEST_SKU:]
    return slug.upper()[: LONGEST_SKU - len(tail)].strip("-") + tail


def _slugs(model: type[Colour] | type[Size], ids: set[int]) -> dict[int, str]:
    """Slugs by id. Raises BadVariants where one is not there."""
    found = select(model.id, model.slug).where(model.id.in_(sorted(ids)))
    if model is Colour:
        found = found.where(Colour.deleted_at.is_(None))
    held = found.with_for_update(read=True, key_share=True)
    slugs = {row.id: row.slug for row in db.session.execute(held)}
    if ids - slugs.keys():
        raise BadVariants("A colour or size is not there any more.")
    return slugs
