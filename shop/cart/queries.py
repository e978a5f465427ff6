"""Reads of carts and wishlists, always through their owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Select, bindparam, func, null, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag, BagLine
from shop.cart.models import Cart, CartLine, WishlistItem
from shop.catalog.models import Brand, Colour, ListingRow, Picture, Product, Size, Variant
from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.catalog.queries import LARGEST_ID
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.stock.models import StockLevel

Owned = TypeVar("Owned", Cart, WishlistItem)
T = TypeVar("T")

FOR_SALE = func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0)
GOODS = (Product, Colour, Size, Brand.name.label("brand"), FOR_SALE.label("for_sale"))


def owned_by(model: type[Owned], visitor: Visitor) -> ColumnElement[bool]:
    """The condition that a cart or wishlist item belongs to this visitor."""
    if visitor.user_id:
        return model.user_id == visitor.user_id
    return model.session_id == (visitor.session_id or "")


def cart_of(visitor: Visitor) -> Select[Cart]:
    """The visitor's cart."""
    return select(Cart).where(owned_by(Cart, visitor))


def wishlist_of(visitor: Visitor) -> Select[WishlistItem]:
    """What the visitor likes, newest first."""
    return select(WishlistItem).where(owned_by(WishlistItem, visitor)).order_by(WishlistItem.id.desc())


def counts_of(visitor: Visitor) -> tuple[int, int]:
    """Units in the bag and items on the wishlist, in one statement; zeros for a guest who wrote nothing yet."""
    units, wished, _ = counts_and(null(), visitor)
    return units, wished


def counts_and(more: ColumnElement[T], visitor: Visitor) -> tuple[int, int, T | None]:
    """The same with something more that is asked of a member, `owner` in it, by the same statement."""
    if not visitor.session_id:
        return 0, 0, None
    asked = _counts(True, more) if visitor.user_id else _counts(False, null())
    units, wished, found = db.session.execute(asked, _owner(visitor)).one()
    return int(units), int(wished), found


def line_of(visitor: Visitor, line_id: int) -> Select[CartLine]:
    """One line of the visitor's own cart; another's does not exist."""
    return select(CartLine).join(CartLine.cart).where(owned_by(Cart, visitor), CartLine.id == min(line_id, LARGEST_ID))


def item_of(visitor: Visitor, item_id: int) -> Select[WishlistItem]:
    """One item of the visitor's own wishlist."""
    return select(WishlistItem).where(owned_by(WishlistItem, visitor), WishlistItem.id == min(item_id, LARGEST_ID))


def wished_products(visitor: Visitor) -> set[int]:
    """Ids of the products on the visitor's wishlist, for the hearts."""
    if not visitor.session_id:
        return set()
    return set(db.session.scalars(_wished(bool(visitor.user_id)), _owner(visitor)))


@cache
def _counts(of_member: bool, more: ColumnElement[Any]) -> Executable:
    """What every page asks for somebody with a session; put together once for each kind of owner."""
    units = select(func.coalesce(func.sum(CartLine.quantity), 0)).join(Cart).where(_owned(Cart, of_member))
    wished = select(func.count(WishlistItem.id)).where(_owned(WishlistItem, of_member))
    return select(units.scalar_subquery(), wished.scalar_subquery(), more)


@cache
def _wished(of_member: bool) -> Executable:
    return select(WishlistItem.product_id).where(_owned(WishlistItem, of_member))


def _owned(model: type[Owned], of_member: bool) -> ColumnElement[bool]:
    """The same condition as `owned_by`, with the owner still to be said."""
    return (model.user_id if of_member else model.session_id) == bindparam("owner")


def _owner(visitor: Visitor) -> dict[str, Any]:
    return {"owner": visitor.user_id or visitor.session_id}


def bag_of(visitor: Visitor) -> Bag:
    """The visitor's bag, priced now, in two statements whatever the number of lines."""
    if not visitor.session_id:
        return Bag(None)
    found = db.session.execute(_bag_rows().where(owned_by(Cart, visitor))).all()
    pictures = pictures_of({row.Variant.product_id for row in found})
    if not found:
        return Bag(None)
    return Bag(
        found[0].CartLine.cart_id, tuple(read_line(row, row.CartLine, pictures) for row in found), found[0].coupon_code
    )


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


def wishlist_shown(visitor: Visitor) -> Select[WishlistItem]:
    """The wishlist with the names of its products and colours."""
    return wishlist_of(visitor).options(joinedload(WishlistItem.product), joinedload(WishlistItem.colour))


def listing_rows(product_ids: Collection[int]) -> Select[ListingRow]:
    """The cards' rows of these products, as far as they are on the shelf."""
    return select(ListingRow).where(ListingRow.product_id.in_(product_ids))


def sizes_of(product_ids: Collection[int]) -> Select[Variant]:
    """Variants of these products that are still sold, by colour and size."""
    sold = select(Variant).join(Variant.colour).join(Variant.size).where(Variant.product_id.in_(product_ids))
    sold = sold.where(Variant.retired_at.is_(None)).options(
        contains_eager(Variant.colour), contains_eager(Variant.size)
    )
    return sold.order_by(Colour.position, Colour.id, Size.position, Size.id)


def colour_named(slug: str) -> int | None:
    """The id of the colour with this slug."""
    return db.session.scalar(select(Colour.id).where(Colour.slug == slug)) if slug else None
