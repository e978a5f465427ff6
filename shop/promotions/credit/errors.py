"""What can go wrong with store credit."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotEnoughCredit(ShopError):
    """There is less credit than shall be spent: it was spent elsewhere, or never there."""

    status = 409

    def __init__(self) -> None:
        super().__init__("There is not that much store credit left.", field="amount")


class KeyUsed(ShopError):
    """The same key came with another change in it."""

    def __init__(self) -> None:
        super().__init__("This form was already used for another change. Look at the credit and begin again.")
