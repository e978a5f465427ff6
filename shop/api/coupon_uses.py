"""Coupons for whoever shops: which there are for them, what one would do, and using it (PRO-02, PRO-03)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from shop.accounts import throttles
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, signed_in
from shop.api.schemas.coupon_uses import AvailableCoupon, CouponCheck, CouponUse, CouponVerdict
from shop.cart.queries import bag_of
from shop.checkout import coupons
from shop.checkout.prices import price_bag
from shop.checkout.services import give_order_coupon
from shop.lib.money import ZERO, Money
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.queries import orders_of
from shop.promotions.queries import rule_called
from shop.promotions.shown import shown_of

bp = ApiBlueprint("coupon_uses", "coupons", "Coupons for whoever shops")


@bp.get("/available")
@signed_in
@bp.response(200, AvailableCoupon(many=True))
def available() -> list[SimpleNamespace]:
    """The coupons the person may use right now: those for everybody, and those for a group they are in."""
    found = shown_of([rule.id for rule in coupons.coupons_of(visitor())])
    return [SimpleNamespace(**vars(one.terms), sentence=one.sentence) for one in found]


@bp.post("/validate")
@throttles.coupon_by_address
@throttles.coupon_by_visitor
@signed_in
@bp.body(CouponCheck)
@bp.response(200, CouponVerdict)
@bp.alt_response(400, schema=CouponVerdict, description="It does not count; `reason` says why")
def validate(asked: dict[str, Any]) -> Any:
    """What a coupon takes off goods of an amount that it is for, or without one off the person's bag."""
    verdict = _of_amount(**asked) if "amount" in asked else _of_bag(asked["code"])
    return verdict, 200 if verdict.valid else 400


@bp.post("/apply")
@throttles.coupon_by_address
@throttles.coupon_by_visitor
@signed_in
@bp.body(CouponUse)
@bp.response(200, CouponVerdict)
def apply(asked: dict[str, Any]) -> SimpleNamespace:
    """Put a coupon on the person's bag, or on an order of theirs that is not paid yet and is priced again.

    422 where it does not count, with the reason; 409 where there is nothing to pay any more.
    """
    if "order_id" not in asked:
        return _of_bag(coupons.give_coupon(visitor(), asked["code"]))
    order = one_or_404(orders_of(visitor()).where(Order.id == asked["order_id"]))
    give_order_coupon(order, asked["code"], visitor().actor)
    return _verdict(asked["code"], order.discount, order.total, None)


def _of_amount(code: str, amount: Money) -> SimpleNamespace:
    rule = rule_called(code)
    off, reason = coupons.worth(rule, visitor(), amount) if rule else (ZERO, coupons.UNKNOWN)
    return _verdict(code, off, amount - off, reason)


def _of_bag(code: str) -> SimpleNamespace:
    lines = bag_of(visitor()).sold
    priced, without = price_bag(visitor(), lines, code), price_bag(visitor(), lines, None)
    return _verdict(code, without.goods_total - priced.goods_total, priced.goods_total, coupons.refusal(priced))


def _verdict(code: str, off: Money, final: Money, reason: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        code=code, valid=reason is None, discount_amount=off, final_amount=final, reason=reason or ""
    )
