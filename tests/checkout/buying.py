"""Buyers who are ready to order, for tests of what follows."""

from itertools import count
from typing import Any

from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.cart import services as cart_services
from shop.catalog.models import Variant
from shop.checkout import drafts
from shop.checkout.queries import summary_of
from shop.checkout.services import finish_payment, place_order, start_payment
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment
from tests.factories import a_guest, a_variant

ADDRESS = {
    "name": "Asha Rao",
    "phone": "+919845012345",
    "house": "12",
    "street": "Church Street",
    "landmark": "",
    "postal_code": "560001",
    "city": "Bengaluru",
    "state": "Karnataka",
    "country": "IN",
}
keys = count(1)
CARD_OK, CARD_REFUSED, CARD_SILENT = "4242424242424242", "4000000000000002", "4000000000000341"


def a_ready_buyer(
    *variants: Variant, payment: str = "cod", quantity: int = 1, visitor: Visitor | None = None
) -> Visitor:
    """A visitor with a bag who has answered every step; committed."""
    visitor = visitor or a_guest()
    for variant in variants or (a_variant(),):
        cart_services.add_line(visitor, variant.id, quantity)
    drafts.save_contact(visitor, "asha@example.com", "+919845012345")
    drafts.save_address(visitor, ADDRESS)
    drafts.save_delivery(visitor, methods()[0].id)
    drafts.save_payment(visitor, payment)
    db.session.commit()
    return visitor


def total_of(visitor: Visitor) -> int:
    """The total this buyer sees, in paise."""
    seen = summary_of(visitor).quote.total.minor
    db.session.rollback()
    return seen


def order_by(visitor: Visitor, key: str = "key-1", **changes: Any) -> int:
    """Place what the buyer's bag holds; returns the order's id."""
    seen = changes.get("seen_total", total_of(visitor))
    with unit_of_work():
        return place_order(visitor, key, seen).id


def an_order_id(*variants: Variant, payment: str = "cod", **buyer: Any) -> int:
    """The id of a placed order, with nothing left open; a key of its own for each."""
    ready = a_ready_buyer(*variants, payment=payment, **buyer)
    return order_by(ready, key=f"key-{next(keys)}")


def an_order(*variants: Variant, **buyer: Any) -> Order:
    """A placed order, read again."""
    return db.session.get_one(Order, an_order_id(*variants, **buyer))


def pay(order_id: int, card: str = CARD_OK) -> str:
    """Go to the bank, use a card, come back; returns the payment's state."""
    db.session.commit()
    intent = start_payment(order_id).removeprefix("/bank/")
    with unit_of_work():
        bank.pay_card(intent, card)
    return finish_payment(order_id)


def tenders(order_id: int) -> list[tuple[str, str, int]]:
    """Way, state and amount of each payment, oldest first."""
    db.session.rollback()
    found = db.session.scalars(select(Payment).where(Payment.order_id == order_id).order_by(Payment.id))
    return [(one.method, one.state, one.amount.minor) for one in found]
