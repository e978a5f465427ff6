"""All blueprints of the shoppers' door."""

from __future__ import annotations

from flask import Blueprint

from shop.storefront import (
    account,
    addresses,
    bank,
    cart,
    category,
    checkout,
    checkout_address,
    checkout_review,
    health,
    home,
    login,
    new_password,
    order,
    order_payment,
    orders,
    pages,
    password,
    pincode,
    product,
    profile,
    register,
    search,
    theme,
    wishlist,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    addresses.bp,
    bank.bp,
    cart.bp,
    category.bp,
    checkout.bp,
    checkout_address.bp,
    checkout_review.bp,
    health.bp,
    home.bp,
    login.bp,
    new_password.bp,
    order.bp,
    order_payment.bp,
    orders.bp,
    pages.bp,
    password.bp,
    pincode.bp,
    product.bp,
    profile.bp,
    register.bp,
    search.bp,
    theme.bp,
    wishlist.bp,
)
