"""What can go wrong when a sale is planned."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NothingChosen(ShopError):
    """A sale of no variant."""

    field = "variants"

    def __init__(self) -> None:
        super().__init__("Choose at least one colour and size.")


class BadTimes(ShopError):
    """A sale that would be over before it begins."""

    field = "ends_at"

    def __init__(self) -> None:
        super().__init__("The sale has to end after it begins, and not in the past.")


class SaleOver(ShopError):
    """A sale that is cancelled after its end."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This sale is over.")


class Overlapping(ShopError):
    """Another sale of the variant in the same time."""

    status = 409
    field = "starts_at"
