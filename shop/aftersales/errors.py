"""What can go wrong with undoing an order."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotToArchive(ShopError):
    """Something moved for the order, or may still: its record stays where it is (ORD-11)."""

    status = 409


class AlreadyPacked(ShopError):
    """The parcel is closed; only the shop can still stop it."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Your order is packed already. Write or call us, and we will stop it if we still can.")


class NothingUnsent(ShopError):
    """Nothing of the order waits in the shop while something of it has left."""

    status = 409

    def __init__(self) -> None:
        super().__init__("There is no rest to cancel: all of this order has left, or nothing of it has.")


class PartlySent(ShopError):
    """Some of the order has left the shop, so it can no longer be cancelled as a whole."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "A part of this order has left the shop. What was not sent can be cancelled; all of it when that is back."
        )
