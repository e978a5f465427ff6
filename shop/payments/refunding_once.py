"""Refunds under a key: a double click, or an app that asks again, gives money back once."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from shop.lib import idempotency
from shop.lib.actor import Actor
from shop.lib.money import Money
from shop.orders.models import Order
from shop.payments.errors import RefundKeyUsed
from shop.payments.refunds import Wanted, refund


def refund_once(order: Order, wanted: Wanted, by: Actor, key: str) -> bool:
    """Owe the buyer what is wanted; False where this key did it before. Without a key it never was.

    Raises RefundKeyUsed for a key that came with something else, beside what `refund` raises.
    """
    if not key:
        refund(order, wanted, by)
        return True
    asked = {field.name: _plain(getattr(wanted, field.name)) for field in fields(wanted)}
    row, is_new = idempotency.claim(f"refund:{order.id}", key, asked)
    if is_new:
        refund(order, wanted, by)
        row.resource_id = order.id
    elif not idempotency.is_same(row, asked):
        raise RefundKeyUsed
    return is_new


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): one for name, one in value.items()}
    return value.minor if isinstance(value, Money) else value
