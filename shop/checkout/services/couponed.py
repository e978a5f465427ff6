"""Gives an unpaid order a coupon: it is priced again, and its open payment is closed for one of the new total."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from shop.accounts.services import custom
from shop.accounts.visitor import Visitor
from shop.catalog.models import Product
from shop.checkout.coupons import refusal
from shop.checkout.drafts import Draft
from shop.checkout.errors import CouponRefused, NothingToPay
from shop.checkout.prices import buyer_of, today_here
from shop.checkout.services.paying import pay_another_way
from shop.delivery.queries import method_of, one_method
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.queries import one_or_404
from shop.orders.models import Order, OrderLine
from shop.orders.queries import has_ordered
from shop.orders.services import lock_order, record
from shop.orders.states import OrderState
from shop.payments import queries as payment_queries
from shop.pricing.quoting import price_goods
from shop.pricing.values import Buyer, Goods, Quote
from shop.promotions import redemptions
from shop.promotions.queries import coupon_code, rules_for
from shop.promotions.rules import Rule

COVERED = "It would pay the whole order; give it to the next bag"


def give_order_coupon(order: Order, typed: str, by: Actor) -> None:
    """Price an unpaid order again with a coupon, as its goods were agreed; uses it had are given back first.

    Raises NothingToPay, CouponRefused, CouponUsedUp or UsedBefore; the caller's unit then writes nothing.
    """
    order, code = lock_order(order.id), coupon_code(typed)
    if order.state != OrderState.PLACED or payment_queries.captured(order.id):
        raise NothingToPay
    redemptions.free(order.id)
    quote, before = _quote(order, code), order.total
    if not quote.total.minor:
        raise CouponRefused(code, COVERED)
    _write(order, quote)
    redemptions.redeem(order, quote.applied)
    if order.user_id:
        custom.note_more(order.user_id, order.total - before)
    record(order, order.state, order.state, by, f"Coupon {code}")
    pay_another_way(order, order.payment_method)


def _quote(order: Order, code: str) -> Quote:
    rules = rules_for(code)
    priced = price_goods(_goods(order.lines), _buyer(order, rules), today_here(), rules, code)
    reason = refusal(priced) if code else "Enter a code"
    if reason:
        raise CouponRefused(code, reason)
    method = method_of(one_or_404(one_method(order.delivery_method_id)))
    return priced.quote(method, order.payment_fee)


def _buyer(order: Order, rules: tuple[Rule, ...]) -> Buyer:
    """Who ordered; the order itself does not count as one they placed before."""
    person = Visitor(user_id=order.user_id, email=order.email)
    buyer = buyer_of(person, Draft(email=order.email, address=order.address), rules)
    return replace(buyer, is_first_order=not has_ordered(order.user_id, order.email, but=order.id))


def _goods(lines: list[OrderLine]) -> list[Goods]:
    named = select(Product).where(Product.id.in_([line.product_id for line in lines]))
    products = {product.id: product for product in db.session.scalars(named)}
    return [_item(line, products[line.product_id]) for line in lines]


def _item(line: OrderLine, product: Product) -> Goods:
    return Goods(
        line.variant_id,
        line.quantity,
        line.unit_price,
        product.tax_class,
        line.weight_grams,
        product.id,
        product.brand_id,
        product.category_id,
        f"{line.name}, {line.colour}, {line.size}",
    )


def _write(order: Order, quote: Quote) -> None:
    for line, quoted in zip(order.lines, quote.lines, strict=True):
        line.discount, line.total, line.tax_rate = quoted.discount, quoted.total, quoted.tax_rate
        line.tax_contained, line.tax_added = quoted.tax_contained, quoted.tax_added
    order.lines_total, order.discount, order.total = quote.lines_total, quote.discount, quote.total
    order.delivery_charge, order.delivery_tax = quote.delivery_charge, quote.delivery_tax
    order.tax_contained, order.tax_added = quote.tax_contained, quote.tax_added
    order.pricing_trace = [step.plain for step in quote.trace]
    db.session.flush()
