"""Bags with what is in them: goods, pictures, and what is left, as of now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag, BagLine
from shop.cart.models import Cart, CartLine
from shop.cart.queries.owners import owned_by
from shop.catalog.models import Brand, Colour, Picture, Product, Size, Variant
from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.stock.models import StockLevel

FOR_SALE = func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0)
GOODS = (Product, Colour, Size, Brand.name.label("brand"), FOR_SALE.label("for_sale"))


def bag_of(visitor: Visitor) -> Bag:
    """The visitor's bag and what they saved for later, priced now, in two statements whatever the number of lines."""
    if not visitor.session_id:
        return Bag(None)
    found = db.session.execute(_bag_rows().where(owned_by(Cart, visitor))).all()
    if not found:
        return Bag(None)
    pictures = pictures_of({row.Variant.product_id for row in found})
    lines, saved = (
        tuple(read_line(row, row.CartLine, pictures) for row in found if (row.CartLine.saved_at is not None) is later)
        for later in (False, True)
    )
    return Bag(found[0].CartLine.cart_id, lines, found[0].coupon_code, saved)


def bag_line(visitor: Visitor, line_id: int) -> BagLine:
    """One line of the visitor's bag as `bag_of` shows it, or NotFound."""
    for line in bag_of(visitor).lines:
        if line.id == line_id:
            return line
    raise NotFound


def _bag_rows() -> Any:
    lines = select(CartLine, Variant, *GOODS, Cart.coupon_code).join(CartLine.cart).join(CartLine.variant)
    return with_goods(lines).order_by(CartLine.id).execution_options(populate_existing=True)


def with_goods(variants: Any) -> Any:
    """What stands behind the GOODS of a variant."""
    named = variants.join(Variant.product).join(Variant.colour).join(Variant.size).join(Product.brand)
    return named.outerjoin(StockLevel, StockLevel.variant_id == Variant.id)


def read_line(row: Any, line: CartLine, pictures: Sequence[Picture]) -> BagLine:
    """A line of a bag from a row of its goods."""
    variant, product = row.Variant, row.Product
    return BagLine(
        id=line.id,
        variant_id=variant.id,
        product_id=product.id,
        colour_id=variant.colour_id,
        sku=variant.sku,
        slug=product.slug,
        name=product.name,
        brand=row.brand,
        colour=row.Colour.name,
        colour_slug=row.Colour.slug,
        size=row.Size.label,
        picture=_picture(variant, pictures),
        quantity=line.quantity,
        unit_price=variant.current_price,
        regular_price=variant.price,
        price_seen=line.unit_price_seen,
        for_sale=row.for_sale,
        is_on_shelf=product.is_on_shelf and variant.retired_at is None,
        hsn=product.hsn,
        tax_class=product.tax_class,
        weight_grams=variant.weight_grams,
        brand_id=product.brand_id,
        category_id=product.category_id,
    )


def pictures_of(product_ids: Collection[int]) -> Sequence[Picture]:
    """The pictures of products, in their order."""
    if not product_ids:
        return ()
    shown = select(Picture).where(Picture.product_id.in_(sorted(product_ids)), Picture.deleted_at.is_(None))
    return db.session.scalars(shown.order_by(Picture.position, Picture.id)).all()


def _picture(variant: Variant, pictures: Sequence[Picture]) -> ShownPicture | None:
    """The first picture of the variant's colour, else the first of the product."""
    mine = [picture for picture in pictures if picture.product_id == variant.product_id]
    best = min(mine, key=lambda picture: picture.colour_id != variant.colour_id, default=None)
    return picture_of_row(best) if best else None
