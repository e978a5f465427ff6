"""Prices an order anew as its goods were agreed: at the prices of its lines, for whoever placed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from shop.accounts.services import custom
from shop.accounts.visitor import Visitor
from shop.catalog.models import Product
from shop.checkout.drafts import Draft
from shop.checkout.prices import buyer_of, today_here
from shop.delivery.queries import method_of, one_method
from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.orders.models import Order, OrderLine
from shop.orders.queries import has_ordered
from shop.pricing.priced import Priced
from shop.pricing.quoting import price_goods
from shop.pricing.values import Buyer, Goods, Quote
from shop.promotions.rules import Rule


@dataclass(frozen=True)
class Piece:
    """A line of an order and how many units of it there shall be."""

    line: OrderLine
    quantity: int


def price_pieces(order: Order, pieces: Sequence[Piece], rules: tuple[Rule, ...], code: str | None) -> Priced:
    """So many units of lines, priced by rules; whoever placed the order did not place this one before."""
    return price_goods(_goods(pieces), _buyer(order, rules), today_here(), rules, code)


def whole_quote(order: Order, priced: Priced) -> Quote:
    """With the delivery and the fee of the way to pay that the order was placed with."""
    return priced.quote(method_of(one_or_404(one_method(order.delivery_method_id))), order.payment_fee)


def write_quote(order: Order, pieces: Sequence[Piece], quote: Quote) -> None:
    """Let a locked order and its lines come to what was quoted; its buyer's account follows."""
    before = order.total
    for piece, quoted in zip(pieces, quote.lines, strict=True):
        line = piece.line
        line.quantity = quoted.quantity
        line.discount, line.total, line.tax_rate = quoted.discount, quoted.total, quoted.tax_rate
        line.tax_contained, line.tax_added = quoted.tax_contained, quoted.tax_added
    order.lines_total, order.discount, order.total = quote.lines_total, quote.discount, quote.total
    order.delivery_charge, order.delivery_tax = quote.delivery_charge, quote.delivery_tax
    order.payment_fee = quote.payment_fee
    order.tax_contained, order.tax_added = quote.tax_contained, quote.tax_added
    order.pricing_trace = [step.plain for step in quote.trace]
    db.session.flush()
    if order.user_id:
        custom.note_more(order.user_id, order.total - before)


def _buyer(order: Order, rules: tuple[Rule, ...]) -> Buyer:
    """Who ordered; the order itself does not count as one they placed before."""
    person = Visitor(user_id=order.user_id, email=order.email)
    buyer = buyer_of(person, Draft(email=order.email, phone=order.phone, address=order.address), rules)
    return replace(buyer, is_first_order=not has_ordered(order.user_id, order.reached, but=order.id))


def _goods(pieces: Sequence[Piece]) -> list[Goods]:
    named = select(Product).where(Product.id.in_([piece.line.product_id for piece in pieces]))
    products = {product.id: product for product in db.session.scalars(named)}
    return [_item(piece.line, piece.quantity, products[piece.line.product_id]) for piece in pieces]


def _item(line: OrderLine, quantity: int, product: Product) -> Goods:
    return Goods(
        line.variant_id,
        quantity,
        line.unit_price,
        product.tax_class,
        line.weight_grams,
        product.id,
        product.brand_id,
        product.category_id,
        f"{line.name}, {line.colour}, {line.size}",
    )
