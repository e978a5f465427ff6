"""Makes coupons and discounts for tests."""

from dataclasses import dataclass
from typing import Any

from shop.lib.money import Money
from shop.promotions.models import Promotion
from shop.promotions.redemptions import redeem
from shop.promotions.rules import Kind
from shop.promotions.services import add_promotion
from shop.promotions.states import CouponState
from shop.promotions.terms import Terms

COUPON_NAME = "Ten percent"


def a_coupon(code: str | None = "SAVE10", *, state: CouponState = CouponState.ACTIVE, **terms: Any) -> Promotion:
    """Ten percent off everything for everybody, unless said otherwise; amounts in paise."""
    for name in ("minimum", "most"):
        if name in terms:
            terms[name] = Money(terms[name])
    values = {"name": COUPON_NAME, "kind": Kind.PERCENT, "value": 1000} | terms
    return add_promotion(Terms(code=code, **values), state)


@dataclass
class Ordered:
    """An order, as far as uses ask for it."""

    id: int
    user_id: int | None = None
    email: str = "guest@example.com"

    @property
    def reached(self) -> str:
        return self.email


@dataclass(frozen=True)
class Used:
    promotion_id: int
    amount: Money


def used_by(promotion: Promotion, order_id: int, **order: Any) -> None:
    """Let an order use it."""
    redeem(Ordered(order_id, **order), [Used(promotion.id, Money(10000))])
