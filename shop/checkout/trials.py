"""Prices a bag nobody has, for an owner who wants to know what somebody would pay and why (PRO-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.catalog.models import Product, Variant
from shop.checkout.prices import today_here
from shop.delivery.queries import Method, methods
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.pricing.priced import Priced
from shop.pricing.quoting import price_goods
from shop.pricing.tax_split import TaxSplit, part_names, split_tax
from shop.pricing.values import Buyer, Goods, Quote
from shop.promotions.queries import rules_to_try
from shop.stock.models import StockLevel
from shop.store.countries import country
from shop.store.queries import store

EXAMPLES = 2


class UnknownSku(ShopError):
    """No variant has this number."""

    field = "goods"

    def __init__(self, sku: str) -> None:
        super().__init__(f"There is no variant {sku}.")


@dataclass(frozen=True)
class Trial:
    """What somebody would buy, by SKU, and who; without a method they take the cheapest delivery."""

    pieces: Mapping[str, int]
    is_first_order: bool = True
    group_id: int | None = None
    state: str | None = None
    coupon_code: str | None = None
    method_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The price, the goods in the order of its lines, and the tax by whom it goes to."""

    goods: tuple[Goods, ...]
    quote: Quote
    method: Method | None
    taxes: tuple[tuple[str, Money], ...]


def try_bag(trial: Trial) -> Outcome:
    """What a bag would cost now. Every active discount is tried, also those whose time is over or to come.

    Raises UnknownSku.
    """
    goods = _goods(trial.pieces)
    groups = frozenset() if trial.group_id is None else frozenset({trial.group_id})
    state = trial.state or store().state
    buyer = Buyer(store().country, state, group_ids=groups, is_first_order=trial.is_first_order)
    priced = price_goods(goods, buyer, today_here(), rules_to_try(trial.coupon_code), trial.coupon_code)
    method = _method(priced, trial.method_id)
    quoted = priced.quote(method)
    return Outcome(tuple(goods), quoted, method, _taxes(quoted, state))


def example_skus() -> list[str]:
    """Numbers of a few variants that are for sale now, for an empty form."""
    sold = _variants().where(
        Variant.retired_at.is_(None), Product.published_at.is_not(None), Product.deleted_at.is_(None)
    )
    there = sold.join(StockLevel, StockLevel.variant_id == Variant.id)
    there = there.where(StockLevel.on_hand > StockLevel.reserved)
    newest = there.with_only_columns(Variant.sku).order_by(Product.id.desc(), Variant.id).limit(EXAMPLES)
    return list(db.session.scalars(newest.options()))


def _variants() -> Select[Variant]:
    return select(Variant).join(Variant.product)


def _goods(pieces: Mapping[str, int]) -> list[Goods]:
    named = (contains_eager(Variant.product), joinedload(Variant.colour), joinedload(Variant.size))
    found = {variant.sku: variant for variant in rows(_variants().options(*named).where(Variant.sku.in_(pieces)))}
    if unknown := [sku for sku in pieces if sku not in found]:
        raise UnknownSku(unknown[0])
    return [_units(found[sku], quantity) for sku, quantity in pieces.items()]


def _units(variant: Variant, quantity: int) -> Goods:
    product = variant.product
    return Goods(
        variant.id,
        quantity,
        variant.current_price,
        product.tax_class,
        variant.weight_grams,
        product.id,
        product.brand_id,
        product.category_id,
        f"{product.name}, {variant.colour.name}, {variant.size.label}",
    )


def _method(priced: Priced, method_id: int | None) -> Method | None:
    """The method that was asked for, else the cheapest; None in a shop that sends nothing."""
    offered = [method for method in methods() if method_id in {None, method.id}]
    return min(offered, key=lambda method: priced.delivery(method).charge, default=None)


def _taxes(quoted: Quote, state: str) -> tuple[tuple[str, Money], ...]:
    taxes, seller = country().taxes, store().state
    amounts = [line.tax_contained + line.tax_added for line in quoted.lines]
    parts = [split_tax(tax, seller, state, taxes) for tax in (*amounts, quoted.delivery_tax)]
    whole = reduce(TaxSplit.__add__, parts, TaxSplit())
    return tuple((part.name, getattr(whole, part.field)) for part in part_names(seller, state, taxes))
