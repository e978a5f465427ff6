"""Products as apps read them: the listing's row, the product behind it, and what is left for sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog import browsing
from shop.catalog import queries as catalog_queries
from shop.catalog.models import ListingRow, Product, Variant
from shop.catalog.pictures import ShownPicture, picture_from, picture_of_row
from shop.catalog.wants import Scope, Wants
from shop.lib.http.answers import absolute
from shop.lib.queries import Slice, one_or_404, rows
from shop.stock import queries as stock_queries
from shop.store.queries import store


@dataclass(frozen=True)
class OfferedVariant:
    """One colour and size, with the units for sale."""

    variant: Variant
    quantity: int


@dataclass(frozen=True)
class OfferedPicture:
    """A picture and the slug of its colour; None shows them all."""

    picture: ShownPicture
    colour: str | None

    @property
    def files(self) -> list[dict[str, Any]]:
        """Each width it comes in with its whole address."""
        return [{"width": width, "url": absolute(self.picture.url(width))} for width in self.picture.widths]


@dataclass(frozen=True)
class OfferedProduct:
    """A product on the shelf, and its row of the listing.

    `quantity` is the sum over its variants, which only a single product lists.
    """

    product: Product
    row: Any
    quantity: int
    variants: list[OfferedVariant] = field(default_factory=list)

    @property
    def occasion(self) -> str | None:
        return self.product.occasion.name if self.product.occasion else None

    @property
    def currency(self) -> str:
        return store().currency

    @property
    def out_of_stock(self) -> bool:
        return self.quantity <= 0

    @property
    def thumbnail(self) -> ShownPicture | None:
        return picture_from(next(iter(self.row.pictures), None))

    @property
    def pictures(self) -> list[OfferedPicture]:
        """Those of the product, in the owner's order."""
        slugs: dict[int | None, str] = {one.variant.colour_id: one.variant.colour.slug for one in self.variants}
        shown = ((picture_of_row(kept), kept.colour_id) for kept in self.product.pictures)
        return [OfferedPicture(picture, slugs.get(colour)) for picture, colour in shown if picture]


def offered(scope: Scope, wants: Wants, skip: int, limit: int) -> Slice[OfferedProduct]:
    """Products of a listing in its order, with how many there are in all; a constant number of statements."""
    found = browsing.listed(scope, wants, offset=skip, limit=limit)
    ids = [row.product_id for row in found]
    products = {product.id: product for product in rows(_named().where(Product.id.in_(ids)))}
    units = stock_queries.for_sale_of_products(ids)
    # One that leaves the shelf between two of these statements is left out.
    there = [row for row in found if row.product_id in products]
    items = [OfferedProduct(products[row.product_id], row, units[row.product_id]) for row in there]
    return Slice(items, browsing.number_of(scope, wants))


def offered_product(product_id: int) -> OfferedProduct:
    """One product on the shelf with its variants and pictures, or NotFound."""
    row = one_or_404(select(ListingRow).where(ListingRow.product_id == product_id))
    variants = selectinload(Product.variants)
    whole = _named().options(variants.joinedload(Variant.colour), variants.joinedload(Variant.size))
    product = one_or_404(whole.options(selectinload(Product.pictures)).where(Product.id == product_id))
    sold = [variant for variant in product.variants if variant.retired_at is None]
    for_sale = stock_queries.for_sale(variant.id for variant in sold)
    return OfferedProduct(product, row, sum(for_sale.values()), _offered(sold, for_sale))


def _offered(variants: Sequence[Variant], for_sale: Mapping[int, int]) -> list[OfferedVariant]:
    return [OfferedVariant(variant, for_sale[variant.id]) for variant in variants]


def _named() -> Select[Product]:
    """Products on the shelf with the names of what they are sorted by."""
    sorted_by = (Product.brand, Product.category, Product.occasion, Product.product_type)
    return catalog_queries.products_on_shelf().options(*(joinedload(name) for name in sorted_by))
