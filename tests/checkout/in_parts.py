"""Orders of which a part is paid before the courier gets the rest, for tests of what follows."""

from typing import Any

from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.catalog.models import Variant
from shop.checkout import drafts
from shop.checkout.services import finish_payment, start_payment
from shop.extensions import db
from shop.lib.actor import OPERATOR
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment
from shop.promotions.credit import services as credit
from shop.store.cash_settings import CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import CARD_OK, a_ready_buyer, keys, order_by
from tests.factories import a_customer, a_variant
from tests.fulfilment.walk import order_of

PRICE, PART, FEE = 150000, 30000, 4900
REST = PRICE - PART


def ask_for_parts() -> None:
    """Let every buyer who pays the courier pay a part before."""
    set_value(CASH_WEIGHED, True)
    for limit, points in ((CASH_POINTS, 100), (CASH_POINTS_CODE, 100), (CASH_POINTS_PART, 0)):
        set_value(limit, points)
    db.session.commit()


def a_buyer(*variants: Variant, way: str = "cod", amount: int = 0, **ready: Any) -> Visitor:
    """Somebody who chose cash, a card for the part, and to use so much store credit."""
    buyer = a_ready_buyer(*variants or (a_variant(price=PRICE),), **ready)
    drafts.save_payment(buyer, way, Money(amount) if amount else None, "card")
    db.session.commit()
    return buyer


def an_order_in_parts(*variants: Variant, units: int = 1) -> int:
    """The id of an order that waits for its part."""
    buyer = a_buyer(*variants or (a_variant(price=PRICE // units),), quantity=units)
    return order_by(buyer, key=f"key-{next(keys)}")


def stands(order_id: int) -> tuple[str, str, str]:
    """State, payment standing and way to pay."""
    order = order_of(order_id)
    found = order.state, order.payment_standing, order.payment_method
    db.session.rollback()
    return found


def charge(order_id: int, payment_id: int, card: str = CARD_OK) -> str:
    """Let the bank take a payment that was begun."""
    reference = db.session.get_one(Payment, payment_id).reference or ""
    db.session.rollback()
    with unit_of_work():
        bank.pay_card(reference, card)
    return finish_payment(order_id, payment_id)


def begun(order_id: int) -> int:
    """Go to the bank's page; the payment's id."""
    db.session.rollback()
    start_payment(order_id)
    newest = select(Payment.id).where(Payment.order_id == order_id).order_by(Payment.id.desc()).limit(1)
    payment_id = db.session.scalars(newest).one()
    db.session.rollback()
    return payment_id


def a_cash_buyer_with(amount: int) -> Visitor:
    """A customer who wants to use all of so much store credit."""
    person = a_customer()
    credit.give(person.user_id or 0, Money(amount), "Sorry for the wait", OPERATOR)
    return a_buyer(amount=amount, visitor=person)
