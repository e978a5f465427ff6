"""What can go wrong with what the shop notes on an order."""

from __future__ import annotations

from shop.lib.errors import ShopError
from shop.lib.states import words


class NoteMissing(ShopError):
    """A note without words."""

    field = "note"

    def __init__(self) -> None:
        super().__init__("Write a note.")


class OrderOver(ShopError):
    """The order goes nowhere any more, so nothing can be promised of it."""

    status = 409

    def __init__(self, state: str) -> None:
        super().__init__(f"This order is {words(state)}; its days of delivery stay as they were.")


class BadDays(ShopError):
    """Days before the order was placed, a year later, or the last before the first."""

    field = "delivery_date"

    def __init__(self) -> None:
        super().__init__("Choose days from the order's own on, at most a year later; the last not before the first.")
