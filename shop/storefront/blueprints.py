"""All blueprints of the shoppers' door."""

from __future__ import annotations

from flask import Blueprint

from shop.storefront import (
    account,
    addresses,
    bank,
    checkout,
    checkout_address,
    checkout_review,
    health,
    login,
    new_password,
    order,
    order_payment,
    orders,
    password,
    pincode,
    profile,
    register,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    addresses.bp,
    bank.bp,
    checkout.bp,
    checkout_address.bp,
    checkout_review.bp,
    health.bp,
    login.bp,
    new_password.bp,
    order.bp,
    order_payment.bp,
    orders.bp,
    password.bp,
    pincode.bp,
    profile.bp,
    register.bp,
)
