"""All blueprints of the apps' door."""

from __future__ import annotations

from shop.api import brands, products
from shop.api.door import ApiBlueprint

BLUEPRINTS: tuple[ApiBlueprint, ...] = (
    brands.bp,
    products.bp,
)
