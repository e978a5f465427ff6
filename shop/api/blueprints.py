"""All blueprints of the apps' door."""

from __future__ import annotations

from shop.api import brands, cart_items, wishlist_items
from shop.api.door import ApiBlueprint

BLUEPRINTS: tuple[ApiBlueprint, ...] = (brands.bp, cart_items.bp, wishlist_items.bp)
