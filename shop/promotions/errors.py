"""What may be wrong with a coupon when somebody buys."""

from __future__ import annotations

from shop.lib.errors import ShopError


class CouponUsedUp(ShopError):
    """Others took the last use while this buyer was looking; nothing was written."""

    status = 409
    field = "coupon_code"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has just been used for the last time. Your bag is priced without it now.")


class UsedBefore(ShopError):
    """This customer has used it as often as it may be used."""

    status = 409
    field = "coupon_code"

    def __init__(self, name: str) -> None:
        super().__init__(f"You have already used {name} as often as it may be used.")
