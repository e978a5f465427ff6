"""Writes ready buyers straight to the database: sessions, bags and answered checkout steps, hundreds in one go."""

import secrets
from datetime import timedelta

from sqlalchemy import insert, select

from shop.accounts.models import Session
from shop.accounts.visitor import Visitor
from shop.cart.models import Cart, CartLine
from shop.catalog.models import Variant
from shop.checkout.models import CheckoutDraft
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib.clock import now
from tests.checkout.buying import ADDRESS, total_of


def write_buyers(number: int, variant: Variant, payment: str = "cod") -> tuple[list[str], int]:
    """Guests who have everything filled in and one unit of a variant in the bag, committed.

    Returns the ids of their sessions, and the total each of them sees, in paise.
    """
    sessions = [secrets.token_urlsafe(32) for _ in range(number)]
    moments = {"last_seen_at": now(), "expires_at": now() + timedelta(days=1)}
    db.session.execute(insert(Session), [{"id": id, **moments} for id in sessions])
    db.session.execute(insert(Cart), [{"session_id": id} for id in sessions])
    carts = db.session.scalars(select(Cart.id).where(Cart.session_id.in_(sessions))).all()
    line = {"variant_id": variant.id, "quantity": 1, "unit_price_seen": variant.price}
    db.session.execute(insert(CartLine), [{"cart_id": id, **line} for id in carts])
    answers = {"email": "asha@example.com", "phone": ADDRESS["phone"], "address": ADDRESS,
               "delivery_method_id": methods()[0].id, "payment_method": payment}  # fmt: skip
    db.session.execute(insert(CheckoutDraft), [{"cart_id": id, **answers} for id in carts])
    db.session.commit()
    return sessions, total_of(Visitor(session_id=sessions[0]))
