"""The verbs of a variant: its prices and its stock. Each keeps the listing true in the same transaction."""

from __future__ import annotations

from sqlalchemy import Select, select

from shop.catalog import listing
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.merchandising import rules
from shop.merchandising.errors import ChangedMeanwhile
from shop.merchandising.sales.prices import SalePrice, amount_of
from shop.stock import services as stock_services
from shop.stock.models import StockLevel
from shop.stock.queries import for_sale
from shop.store.formats import money


def set_price(variant_id: int, price: Money, seen: Money | None = None) -> Variant:
    """Change a variant's regular price. Raises PriceRefused, ChangedMeanwhile."""
    variant = lock_variant(variant_id)
    _check_seen(variant.price, seen, "price")
    _check_prices(variant.product, price, variant.sale_price, "price")
    variant.price = price
    list_again(variant.product)
    return variant


def set_sale_price(variant_id: int, said: SalePrice | None, seen: Money | None = None, *, had: bool = False) -> Variant:
    """Put a variant on sale, or end the sale with None. `had` says that `seen` was looked at, also where it is None.

    Raises PriceRefused, ChangedMeanwhile.
    """
    variant = lock_variant(variant_id)
    sale_price = amount_of(said, variant.price) if said else None
    if had:
        _check_seen(variant.sale_price, seen, "sale_price", had=True)
    _check_prices(variant.product, variant.price, sale_price, "sale_price")
    variant.sale_price = sale_price
    list_again(variant.product)
    return variant


def set_stock(variant_id: int, on_hand: int, by: Actor, seen: int | None = None) -> Variant:
    """Write what was counted on the shelf. Raises BelowReserved; ChangedMeanwhile when some were sold since."""
    variant = lock_variant(variant_id)
    level = db.session.get(StockLevel, variant_id, with_for_update=True, populate_existing=True)
    if level is None:
        stock_services.open_level(variant_id, on_hand, by)
        return variant
    if seen is not None and seen != level.on_hand:
        raise ChangedMeanwhile(f"{level.on_hand} in stock now", field="on_hand")
    stock_services.adjust(variant_id, to_on_hand=on_hand, actor=by, note=stock_services.COUNTED)
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
    return lock(select(Product).where(Product.id == product_id, Product.deleted_at.is_(None)))


def lock(wanted: Select[Product]) -> Product:
    """Take the row of the one product that fits, as it is now. Raises NotFound."""
    return one_or_404(wanted.with_for_update(of=Product).execution_options(populate_existing=True))


def _check_seen(is_now: Money | None, seen: Money | None, field: str, *, had: bool = False) -> None:
    if (seen is not None or had) and seen != is_now:
        raise ChangedMeanwhile(f"{money(is_now)} now" if is_now else "no sale price now", field=field)


def _check_prices(product: Product, price: Money, sale_price: Money | None, field: str) -> None:
    rules.check_prices(product.mrp, price, sale_price, field)


def list_again(product: Product) -> None:
    """Write what was changed, and the listing's rows of the product."""
    db.session.flush()
    listing.rebuild([product.id], for_sale(variant.id for variant in product.variants))
