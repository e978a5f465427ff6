"""How many unpaid orders one buyer may have at once: each keeps its goods from others."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from shop.accounts.models import User
from shop.accounts.visitor import Visitor
from shop.aftersales.services import cancel_order
from shop.checkout import drafts
from shop.checkout.errors import TooManyFromHere, TooManyUnpaid
from shop.checkout.services.by_phone import PhoneOrder, order_by_phone, summary_by_phone
from shop.checkout.unpaid import A_WHILE, FROM_ONE_PLACE
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.services import move_order
from shop.orders.states import OrderState
from shop.promotions.credit import services as credit
from shop.stock.models import Hold
from shop.store.setting_services import set_value
from shop.store.settings import UNPAID_ORDERS
from tests.checkout.buying import ADDRESS, a_ready_buyer, an_order_id, keys, order_by, pay, total_of
from tests.factories import a_customer, a_guest, a_user, a_variant
from tests.support.barrier import all_at_once
from tests.support.settings import shows

pytestmark = pytest.mark.covers("ORD-01")


def limited_to(most: int) -> None:
    set_value(UNPAID_ORDERS, most)
    db.session.commit()


def with_contact(visitor: Visitor, email: str, phone: str) -> Visitor:
    drafts.save_contact(visitor, email, phone)
    db.session.commit()
    return visitor


def a_stranger(number: int, ip: str | None = None) -> Visitor:
    """A guest nobody knows: an e-mail and a phone of their own."""
    guest = a_ready_buyer(visitor=Visitor(session_id=a_guest().session_id, ip=ip))
    return with_contact(guest, f"guest{number}@example.com", f"+9198450{number:05d}")


def buy(visitor: Visitor) -> int:
    return order_by(visitor, key=f"key-{next(keys)}")


def placed() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Order.id))) or 0


@shows(UNPAID_ORDERS)
@pytest.mark.parametrize("payment", ["cod", "card"])
def test_one_more_than_the_owner_allows_is_refused_and_keeps_no_goods(app: Flask, payment: str) -> None:
    limited_to(2)
    first, _ = (an_order_id(payment=payment) for _ in range(2))
    third = a_ready_buyer(payment=payment)
    with pytest.raises(TooManyUnpaid, match="You have 2 orders that are not paid or confirmed yet"):
        buy(third)
    assert placed() == 2
    assert db.session.scalar(select(func.count(Hold.id))) == 2
    with unit_of_work():
        cancel_order(db.session.get_one(Order, first), SYSTEM, "")
    assert buy(third)


@pytest.mark.parametrize("is_paid", [True, False])
def test_what_is_paid_or_confirmed_counts_no_more(app: Flask, is_paid: bool) -> None:
    limited_to(1)
    order_id = an_order_id(payment="card" if is_paid else "cod")
    if is_paid:
        pay(order_id)
    else:
        with unit_of_work():
            move_order(db.session.get_one(Order, order_id), OrderState.CONFIRMED, SYSTEM)
    assert an_order_id()
    with pytest.raises(TooManyUnpaid):
        an_order_id()


def by_account(user_id: int) -> Visitor:
    return a_ready_buyer(visitor=Visitor(session_id=a_customer().session_id, user_id=user_id))


def test_account_email_and_phone_are_each_one_buyers(app: Flask) -> None:
    limited_to(1)
    user_id = a_user().id
    buy(with_contact(by_account(user_id), "asha@example.com", "+919845000001"))
    for email, phone in (("other@example.com", "+919845000001"), ("Asha@Example.com", "+919845000002")):
        with pytest.raises(TooManyUnpaid):
            buy(with_contact(a_ready_buyer(), email, phone))
    with pytest.raises(TooManyUnpaid):
        buy(with_contact(by_account(user_id), "third@example.com", "+919845000003"))
    assert buy(with_contact(a_ready_buyer(), "other@example.com", "+919845000002"))


def test_strangers_orders_in_their_name_do_not_shut_out_who_proved_email_and_phone(app: Flask) -> None:
    limited_to(1)
    an_order_id()
    user_id = a_user("asha@example.com", phone="+919845012345").id

    def is_refused() -> int | None:
        """How many orders they are shown, if they may not order."""
        try:
            buy(by_account(user_id))
        except TooManyUnpaid as error:
            return len(error.orders)
        return None

    assert is_refused() == 0
    proven = update(User).where(User.id == user_id)
    db.session.execute(proven.values(email_verified_at=now(), phone_verified_at=now()))
    assert is_refused() is None
    assert is_refused() == 1


def test_guest_who_proves_the_phone_is_counted_what_was_proven_too(app: Flask) -> None:
    limited_to(1)
    buy(with_contact(a_ready_buyer(), "other@example.com", "+919845012345"))

    def proven() -> Visitor:
        guest = a_ready_buyer()
        drafts.save_proof(guest, "+919845012345")
        return with_contact(guest, f"asha{next(keys)}@example.com", "+919845012345")

    assert buy(proven())
    with pytest.raises(TooManyUnpaid):
        buy(proven())


def test_guests_of_one_place_may_have_several_times_as_many_in_an_hour(app: Flask) -> None:
    limited_to(1)
    for number in range(FROM_ONE_PLACE):
        buy(a_stranger(number, f"2001:db8:7:1::{number:x}"))
    with pytest.raises(TooManyFromHere, match="Log in to order now"):
        buy(a_stranger(50, "2001:db8:7:1:ffff::9"))
    assert buy(a_stranger(51, "2001:db8:7:2::1"))
    known = Visitor(session_id=a_customer().session_id, user_id=a_user().id, ip="2001:db8:7:1::1")
    assert buy(with_contact(a_ready_buyer(visitor=known), "known@example.com", "+919845077777"))
    with time_machine.travel(now() + A_WHILE + timedelta(minutes=1)):
        assert buy(a_stranger(52, "2001:db8:7:1::1"))


def test_what_store_credit_covers_is_no_unpaid_order(app: Flask) -> None:
    limited_to(1)
    an_order_id()
    buyer = a_ready_buyer(visitor=a_customer(), payment="card")
    whole = Money(total_of(buyer))
    credit.give(buyer.user_id or 0, whole, "Sorry for the wait", SYSTEM)
    drafts.save_payment(buyer, "card", credit=whole)
    db.session.commit()
    assert db.session.get_one(Order, buy(buyer)).state == OrderState.CONFIRMED


def test_the_team_on_the_phone_has_no_limit(app: Flask) -> None:
    limited_to(1)
    helper = Visitor(
        session_id="s", user_id=a_user(role="owner").id, name="Mira", permissions=frozenset({"order:create"})
    )
    buyer, variant_id = Visitor(helper=helper, ip="203.0.113.7"), a_variant().id
    asked = PhoneOrder({variant_id: 1}, "asha@example.com", ADDRESS, "cod")
    for number in range(2):
        with unit_of_work():
            seen = summary_by_phone(buyer, asked).quote.total.minor
            order = order_by_phone(buyer, f"key-{number}", asked, seen)
            assert order.placed_from is None


def twelve_windows() -> tuple[list[Visitor], int]:
    """As many guests who give one e-mail and one phone, of whom three may order, and the total each of them sees."""
    limited_to(3)
    variant = a_variant(units=50)
    windows = [a_ready_buyer(variant) for _ in range(12)]
    return windows, total_of(windows[0])


@pytest.mark.faults
def test_twelve_windows_of_one_buyer_at_once_place_exactly_as_many_as_are_allowed(app: Flask) -> None:
    windows, total = twelve_windows()

    def press(number: int) -> int:
        return order_by(windows[number], f"window-{number}", seen_total=total)

    told = all_at_once(app, press, len(windows))
    assert Counter(type(one) for one in told) == {int: 3, TooManyUnpaid: 9}
    assert placed() == 3
    assert audit() == []


@pytest.mark.faults
@pytest.mark.control
def test_control_counting_before_the_unit_that_writes_lets_more_through(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows, total = twelve_windows()
    monkeypatch.setattr("shop.checkout.services.placing.refuse_too_many", lambda *_: None)
    counted = threading.Barrier(len(windows))

    def press(number: int) -> int:
        with unit_of_work(read_only=True):
            before = db.session.scalar(select(func.count(Order.id))) or 0
        counted.wait(timeout=30)
        return order_by(windows[number], f"window-{number}", seen_total=total) if before < 3 else 0

    all_at_once(app, press, len(windows))
    assert placed() > 3
