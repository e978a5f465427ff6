"""What can go wrong with tax rates."""

from __future__ import annotations

from shop.lib.errors import ShopError


class RateExists(ShopError):
    """One rate holds from a day on."""

    status = 409
    field = "starts_on"

    def __init__(self) -> None:
        super().__init__("There is a rate from this day on already. Take that one away first.")


class RateInThePast(ShopError):
    """What was sold was taxed by the rate of its day."""

    field = "starts_on"

    def __init__(self) -> None:
        super().__init__("Choose today or a later day: what was sold before was taxed by the rates of its day.")


class RateHolds(ShopError):
    """A rate that holds, or held, stays for what was sold under it."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This rate holds already, so it stays. Add the one that follows it.")
