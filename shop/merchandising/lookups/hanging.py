"""What hangs on something products are sorted by: what the owner sees before it goes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from shop.cart.models import CartLine, WishlistItem
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.merchandising.lookups.nouns import branch_ids, named_by


@dataclass(frozen=True)
class Hanging:
    """How many products, of them on the shelf, their variants, lines of bags and wishes, and sub-categories."""

    products: int = 0
    on_shelf: int = 0
    variants: int = 0
    in_bags: int = 0
    on_wishlists: int = 0
    sub_categories: int = 0

    @property
    def is_anything(self) -> bool:
        return bool(self.products or self.sub_categories)

    def __str__(self) -> str:
        said = [_counted(self.products, "product")]
        said += [_counted(self.sub_categories, "sub-category", "sub-categories")] if self.sub_categories else []
        return " and ".join(said)


def hanging_on(noun: str, row_id: int) -> Hanging:
    """What hangs on a row; on a category also what hangs on those below it."""
    named = named_by(noun, row_id)
    below = len(branch_ids(row_id)) - 1 if noun == "category" else 0
    return counted(named, sub_categories=below)


def counted(named: ColumnElement[bool], sub_categories: int = 0) -> Hanging:
    """The figures of the products of a condition, in one statement."""
    products = select(Product.id).where(named)
    variants = select(Variant.id).where(Variant.product_id.in_(products), Variant.retired_at.is_(None))
    row = db.session.execute(
        select(
            _number(select(func.count()).select_from(Product).where(named)),
            _number(select(func.count()).select_from(Product).where(named, Product.published_at.is_not(None))),
            _number(select(func.count()).select_from(variants.subquery())),
            _number(select(func.count()).select_from(CartLine).where(CartLine.variant_id.in_(variants))),
            _number(select(func.count()).select_from(WishlistItem).where(WishlistItem.product_id.in_(products))),
        )
    ).one()
    return Hanging(*row, sub_categories=sub_categories)


def _number(counting: object) -> ColumnElement[int]:
    return counting.scalar_subquery()  # type: ignore[attr-defined,no-any-return]


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
