"""What can go wrong with jobs."""

from __future__ import annotations

from shop.lib.errors import ShopError


class UnknownKind(ShopError):
    """A job of a kind that this release does not have."""

    def __init__(self) -> None:
        super().__init__("This release of the shop does not know this kind of work.")
