"""What can go wrong with money."""

from __future__ import annotations

from shop.lib.errors import ShopError


class AmountMismatch(ShopError):
    """A provider reports another amount or currency than the payment's."""


class NothingToCollect(ShopError):
    """There is no open cash payment for this order."""

    status = 409

    def __init__(self) -> None:
        super().__init__("There is no cash to collect for this order.")


class GatewayAway(Exception):
    """A provider did not answer; what is owed is tried again later."""
