"""All blueprints of the apps' door."""

from __future__ import annotations

from shop.api import (
    address,
    auth,
    brands,
    cart_items,
    categories,
    health,
    logs,
    occasions,
    order_items,
    order_status,
    orders,
    payment_status,
    payment_types,
    product_types,
    products,
    roles,
    team,
    user_address,
    user_roles,
    version,
    wishlist_items,
)
from shop.api.door import ApiBlueprint

BLUEPRINTS: tuple[ApiBlueprint, ...] = (
    address.bp,
    auth.bp,
    brands.bp,
    cart_items.bp,
    categories.bp,
    health.bp,
    logs.bp,
    occasions.bp,
    order_items.bp,
    order_status.bp,
    orders.bp,
    payment_status.bp,
    payment_types.bp,
    product_types.bp,
    products.bp,
    roles.bp,
    team.admins,
    team.bp,
    user_address.bp,
    user_roles.bp,
    version.bp,
    wishlist_items.bp,
)
