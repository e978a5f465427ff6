"""What can go wrong when the owner edits the shelf."""

from __future__ import annotations

from shop.lib.errors import ShopError


class ChangedMeanwhile(ShopError):
    """Somebody else changed it after this person looked."""

    status = 409

    def __init__(self, now_is: str, *, field: str | None = None) -> None:
        super().__init__(f"It changed meanwhile: {now_is}. Save again to replace it.", field=field)


class PriceRefused(ShopError):
    """A price that breaks a rule of the shelf."""

    field = "price"
