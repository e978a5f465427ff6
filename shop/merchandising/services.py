"""The product editor's verbs. Each keeps the listing true in the same transaction."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, select

from shop.catalog import listing
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.merchandising import rules
from shop.merchandising.errors import ChangedMeanwhile
from shop.merchandising.pictures.rules import check_described
from shop.stock import services as stock_services
from shop.stock.models import StockLevel
from shop.stock.queries import for_sale
from shop.store.formats import money


@dataclass(frozen=True)
class ProductFields:
    """What the owner may change about a product on its page."""

    name: str
    description: str
    brand_id: int
    category_id: int
    occasion_id: int | None
    specifications: dict[str, str]
    mrp: Money
    hsn: str
    is_published: bool


def fields_of(product: Product) -> ProductFields:
    """A product's editable values as they are now."""
    return ProductFields(
        name=product.name,
        description=product.description,
        brand_id=product.brand_id,
        category_id=product.category_id,
        occasion_id=product.occasion_id,
        specifications=dict(product.specifications),
        mrp=product.mrp,
        hsn=product.hsn,
        is_published=product.published_at is not None,
    )


def version_of(product: Product) -> str:
    """A short mark of a product's editable values; it differs as soon as one of them does."""
    return hashlib.sha256(repr(asdict(fields_of(product))).encode()).hexdigest()[:16]


def edit_product(product_id: int, fields: ProductFields, seen_version: str) -> Product:
    """Change a product, if it is still what the person saw.

    Raises ChangedMeanwhile, PriceRefused, NotDescribed, NotFound.
    """
    product = lock_product(product_id)
    if version_of(product) != seen_version:
        raise ChangedMeanwhile("somebody else saved this product", field="version")
    _check_mrp(product, fields.mrp)
    _apply(product, fields)
    list_again(product)
    return product


def set_price(variant_id: int, price: Money, seen: Money | None = None) -> Variant:
    """Change a variant's regular price. Raises PriceRefused, ChangedMeanwhile."""
    variant = lock_variant(variant_id)
    _check_seen(variant.price, seen, "price")
    _check_prices(variant.product, price, variant.sale_price, "price")
    variant.price = price
    list_again(variant.product)
    return variant


def set_sale_price(
    variant_id: int, sale_price: Money | None, seen: Money | None = None, *, had: bool = False
) -> Variant:
    """Put a variant on sale, or end the sale with None. `had` says that `seen` was looked at, also where it is None."""
    variant = lock_variant(variant_id)
    if had:
        _check_seen(variant.sale_price, seen, "sale_price", had=True)
    _check_prices(variant.product, variant.price, sale_price, "sale_price")
    variant.sale_price = sale_price
    list_again(variant.product)
    return variant


def put_back_product(product_id: int, values: dict[str, Any]) -> None:
    """Give columns of a product, deleted or not, the values they had before. Raises PriceRefused, NotFound."""
    product = _lock(select(Product).where(Product.id == product_id))
    _check_mrp(product, values.get("mrp", product.mrp))
    for name, value in values.items():
        setattr(product, name, value)
    list_again(product)


def put_back_prices(variant_id: int, values: dict[str, Any]) -> None:
    """Give a variant the prices it had before. Raises PriceRefused, NotFound."""
    variant = lock_variant(variant_id)
    price, sale_price = values.get("price", variant.price), values.get("sale_price", variant.sale_price)
    _check_prices(variant.product, price, sale_price, "price")
    variant.price, variant.sale_price = price, sale_price
    list_again(variant.product)


def set_stock(variant_id: int, on_hand: int, by: Actor, seen: int | None = None) -> Variant:
    """Write what was counted on the shelf. Raises BelowReserved; ChangedMeanwhile when some were sold since."""
    variant = lock_variant(variant_id)
    level = db.session.get(StockLevel, variant_id, with_for_update=True, populate_existing=True)
    if level is None:
        stock_services.open_level(variant_id, on_hand, by)
        return variant
    if seen is not None and seen != level.on_hand:
        raise ChangedMeanwhile(f"{level.on_hand} in stock now", field="on_hand")
    stock_services.adjust(variant_id, to_on_hand=on_hand, actor=by, note="Counted by hand")
    return variant


def lock_variant(variant_id: int) -> Variant:
    """Take the product's row first, as everyone does, then the variant as it is now. Raises NotFound."""
    product_id = db.session.scalar(select(Variant.product_id).where(Variant.id == variant_id))
    if product_id is None:
        raise NotFound
    lock_product(product_id)
    return one_or_404(
        select(Variant)
        .where(Variant.id == variant_id)
        .with_for_update(of=Variant)
        .execution_options(populate_existing=True)
    )


def lock_product(product_id: int) -> Product:
    """Take a product's row before anything of it is changed. Raises NotFound."""
    return _lock(select(Product).where(Product.id == product_id, Product.deleted_at.is_(None)))


def _lock(wanted: Select[Product]) -> Product:
    return one_or_404(wanted.with_for_update(of=Product).execution_options(populate_existing=True))


def _check_seen(is_now: Money | None, seen: Money | None, field: str, *, had: bool = False) -> None:
    if (seen is not None or had) and seen != is_now:
        raise ChangedMeanwhile(f"{money(is_now)} now" if is_now else "no sale price now", field=field)


def _check_prices(product: Product, price: Money, sale_price: Money | None, field: str) -> None:
    rules.check_prices(product.mrp, price, sale_price, field)


def _check_mrp(product: Product, mrp: Money) -> None:
    rules.check_mrp(mrp, (variant.price for variant in product.variants if variant.retired_at is None))


def _apply(product: Product, fields: ProductFields) -> None:
    values: dict[str, Any] = {name: getattr(fields, name) for name in asdict(fields) if name != "is_published"}
    for name, value in values.items():
        setattr(product, name, value)
    if fields.is_published != (product.published_at is not None):
        if fields.is_published:
            check_described(product)
        product.published_at = now() if fields.is_published else None


def list_again(product: Product) -> None:
    """Write what was changed, and the listing's rows of the product."""
    db.session.flush()
    listing.rebuild([product.id], for_sale(variant.id for variant in product.variants))
