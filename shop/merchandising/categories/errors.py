"""What can go wrong when the owner changes the tree."""

from __future__ import annotations

from shop.lib.errors import ShopError


class BadPlace(ShopError):
    """A category cannot stand below itself, nor deeper than an address reaches."""

    field = "parent_id"
