"""What checkout knows of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.cart.models import Cart
from shop.checkout.models import CashOverride, CheckoutDraft
from shop.lib.personal import Because, Holding, delete_rows, some_of, told_rows
from shop.lib.queries import rows


def _draft(user_id: int) -> list[dict[str, Any]]:
    mine = select(CheckoutDraft).join(Cart, Cart.id == CheckoutDraft.cart_id).where(Cart.user_id == user_id)
    return [
        some_of(draft, "email", "phone", "proven_phone", "address", "payment_method", "created_at")
        for draft in rows(mine)
    ]


HOLDINGS = (
    Holding(("checkout_draft",), "checkout.json", _draft, Because("It goes with the bag it belongs to.")),
    Holding(
        ("cash_override",),
        "cash_on_delivery.json",
        told_rows(CashOverride.user_id),
        delete_rows(CashOverride.user_id),
    ),
)
