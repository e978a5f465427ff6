"""The shelf as its owner sees it: every product with prices and stock, also what is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.lookups import there
from shop.catalog.models import Brand, Colour, Occasion, Product, ProductType, Size, Variant
from shop.catalog.queries import all_nodes, whole_tree
from shop.extensions import db
from shop.lib.money import Money
from shop.stock.models import StockLevel

FREE = StockLevel.on_hand - StockLevel.reserved
DELETED = "deleted"
SCHEDULED = "scheduled"
VIEWS = ("", "shelf", SCHEDULED, "hidden", "low", "out")


@dataclass(frozen=True)
class ShelfFigures:
    """A product's variants in numbers."""

    variants: int
    units: int
    low: int
    cheapest: Money
    dearest: Money


def products_matching(text: str, view: str) -> Select[Product]:
    """Products that fit, with brand, category and pictures; deleted ones in the view `deleted` alone.

    The newest come first, of what is scheduled the next to appear.
    """
    shown = select(Product).where(*_view(view), *(_mentions(w) for w in text.split()))
    with_names = (joinedload(Product.brand), joinedload(Product.category), selectinload(Product.pictures))
    order = (Product.publish_at, Product.id) if view == SCHEDULED else (Product.created_at.desc(), Product.id.desc())
    return shown.options(*with_names).order_by(*order)


def product_for_edit(product_id: int) -> Select[Product]:
    """One product with everything its page shows."""
    names = (joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type))
    wanted = select(Product).where(Product.id == product_id, Product.deleted_at.is_(None))
    return wanted.options(*names, joinedload(Product.occasion))


def products_called(names: Collection[str]) -> dict[str, int]:
    """Ids of products by what files call them: their slugs, and the SKUs of what is sold of them."""
    there = Product.deleted_at.is_(None)
    slugs = select(Product.slug, Product.id).where(Product.slug.in_(names), there)
    skus = select(Variant.sku, Variant.product_id).join(Variant.product)
    skus = skus.where(Variant.sku.in_(names), Variant.retired_at.is_(None), there)
    return dict(db.session.execute(union_all(skus, slugs)).all())


def variants_with_stock(product_id: int) -> Select[Variant, StockLevel]:
    """A product's variants on sale with their stock, by colour and size."""
    named = (joinedload(Variant.colour), joinedload(Variant.size))
    both = select(Variant, StockLevel).outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    both = both.where(Variant.product_id == product_id, Variant.retired_at.is_(None)).options(*named)
    return both.order_by(Variant.colour_id, Variant.size_id)


def variant_with_stock(variant_id: int) -> Select[Variant, StockLevel]:
    """One variant with its product and stock."""
    named = (joinedload(Variant.colour), joinedload(Variant.size), joinedload(Variant.product))
    both = select(Variant, StockLevel).outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    return both.where(Variant.id == variant_id, Variant.retired_at.is_(None)).options(*named)


def figures_of(product_ids: Iterable[int]) -> dict[int, ShelfFigures]:
    """Prices and stock of these products, in one statement."""
    price = func.coalesce(Variant.sale_price, Variant.price)
    columns = (
        func.count().label("variants"),
        func.coalesce(func.sum(FREE), 0).label("units"),
        func.count().filter(or_(FREE.is_(None), StockLevel.reorder_point >= FREE)).label("low"),
        func.min(price).label("cheapest"),
        func.max(price).label("dearest"),
    )
    counted = select(Variant.product_id, *columns).outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    counted = counted.where(Variant.product_id.in_(sorted(product_ids)), Variant.retired_at.is_(None))
    return {row.product_id: _figures(row) for row in db.session.execute(counted.group_by(Variant.product_id))}


def _figures(row: Row) -> ShelfFigures:
    return ShelfFigures(row.variants, int(row.units), row.low, _money(row.cheapest), _money(row.dearest))


def _money(found: Money | int) -> Money:
    return found if isinstance(found, Money) else Money(int(found))


def _view(view: str) -> list[ColumnElement[bool]]:
    stocked = select(Variant.product_id).join(StockLevel, StockLevel.variant_id == Variant.id)
    stocked = stocked.where(Variant.retired_at.is_(None))
    if view == DELETED:
        return [Product.deleted_at.is_not(None)]
    conditions: dict[str, ColumnElement[bool]] = {
        "shelf": Product.published_at.is_not(None),
        SCHEDULED: Product.publish_at.is_not(None),
        "hidden": Product.published_at.is_(None) & Product.publish_at.is_(None),
        "low": Product.id.in_(stocked.where(StockLevel.reorder_point >= FREE)),
        "out": Product.id.not_in(stocked.where(FREE > 0)),
    }
    there = Product.deleted_at.is_(None)
    return [there, conditions[view]] if view else [there]


def _mentions(word: str) -> ColumnElement[bool]:
    by_brand = Product.brand_id.in_(select(Brand.id).where(Brand.name.icontains(word, autoescape=True)))
    by_sku = Product.id.in_(select(Variant.product_id).where(Variant.sku.icontains(word, autoescape=True)))
    return or_(Product.name.icontains(word, autoescape=True), by_brand, by_sku)


def brand_names() -> list[tuple[int, str]]:
    """Brands to choose from."""
    found = select(Brand.id, Brand.name).where(Brand.deleted_at.is_(None)).order_by(Brand.name)
    return [(row.id, row.name) for row in db.session.execute(found)]


def occasion_names() -> list[tuple[int, str]]:
    """Occasions to choose from."""
    found = select(Occasion.id, Occasion.name).where(Occasion.deleted_at.is_(None)).order_by(Occasion.name)
    return [(row.id, row.name) for row in db.session.execute(found)]


def product_type_names() -> list[tuple[int, str]]:
    """Kinds of garments to choose from."""
    return _named(there(ProductType).order_by(ProductType.name))


def colour_names() -> list[tuple[int, str]]:
    """Colours to choose from, in the owner's order."""
    return _named(there(Colour).order_by(Colour.position, Colour.name))


def sizes_by_system() -> dict[str, list[tuple[int, str]]]:
    """Sizes to choose from: letters, waists, ages, each from small to large."""
    found: dict[str, list[tuple[int, str]]] = {}
    for size in db.session.scalars(select(Size).order_by(Size.system, Size.position)):
        found.setdefault(size.system, []).append((size.id, size.label))
    return found


def _named(wanted: Select[Any]) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in db.session.scalars(wanted)]


def category_names() -> list[tuple[int, str]]:
    """Categories to choose from, each with those above it: "Men › Shirts"."""
    nodes = all_nodes(whole_tree())
    return [(node.id, " › ".join(above.name for above in node.trail)) for node in nodes]
