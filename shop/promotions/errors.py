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


class CodeTaken(ShopError):
    """Another coupon has this code, whatever its case; also an archived one."""

    status = 409
    field = "code"

    def __init__(self, code: str) -> None:
        super().__init__(f"There is a coupon {code} already. Choose another code, or change that one.")


class WasUsed(ShopError):
    """Orders name it, so it cannot be deleted."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was used by an order, so it cannot be deleted. Archive it instead.")
