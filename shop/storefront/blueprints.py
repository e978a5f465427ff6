"""All blueprints of the shoppers' door."""

from __future__ import annotations

from flask import Blueprint

from shop.storefront import (
    bank,
    checkout,
    checkout_address,
    checkout_review,
    health,
    order,
    order_payment,
    pincode,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    bank.bp,
    checkout.bp,
    checkout_address.bp,
    checkout_review.bp,
    health.bp,
    order.bp,
    order_payment.bp,
    pincode.bp,
)
