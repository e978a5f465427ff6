"""How an order is paid, in the words of its pages and mails."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.accounts.models import User
from shop.aftersales.rest import cancel_rest
from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.fulfilment.services import collect_cash
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.payments.refunds import Wanted, refund
from shop.payments.tenders import tenders_of_order
from shop.storefront.payment_words import payment_text
from tests.checkout.buying import an_order_id, order_by, pay
from tests.checkout.in_parts import a_cash_buyer_with, an_order_in_parts, ask_for_parts
from tests.checkout.test_store_credit import a_buyer_with
from tests.factories import sign_in
from tests.fulfilment.several import DOOR, bring, two_parcels
from tests.fulfilment.walk import OWNER, act, order_of
from tests.notifications.letterbox import html, mail, text
from tests.staff.desk import words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("books_balance")
BOTH = "Store credit ₹250, card ₹1,249"


def said_of(order_id: int) -> str:
    return payment_text(order_of(order_id), tenders_of_order(order_id))


def paid_by_both() -> int:
    order_id = order_by(a_buyer_with(25000))
    pay(order_id)
    return order_id


@pytest.mark.covers("PAY-05", "ORD-01")
def test_one_tender_is_named_and_several_with_their_amounts(app: Flask) -> None:
    one = an_order_id(payment="card")
    assert said_of(one) == "Card, not paid yet"
    pay(one)
    assert said_of(one) == "Card, paid"
    assert said_of(paid_by_both()) == f"{BOTH}, paid"


@pytest.mark.covers("PAY-05")
def test_the_page_behind_the_link_and_the_account_say_each_tender(client: ShopClient) -> None:
    order = order_of(paid_by_both())
    number, token, buyer = order.number, order.token, order.user_id
    assert f"{BOTH}, paid" in words(client.get(f"/order/{token}"))
    sign_in(client, db.session.get_one(User, buyer))
    assert f"{BOTH}, paid" in words(client.get(f"/account/orders/{number}"))


@pytest.mark.covers("PAY-05")
def test_what_is_left_is_told_beside_what_came_in(app: Flask) -> None:
    assert said_of(order_by(a_buyer_with(25000))) == "Store credit ₹250 paid, ₹1,249 left to pay by card"
    cash = order_by(a_buyer_with(25000, payment="cod"), key="key-2")
    assert said_of(cash) == "Store credit ₹250 paid, ₹1,249 to the courier"


@pytest.mark.covers("PAY-01")
def test_a_part_before_and_the_rest_at_the_door(app: Flask) -> None:
    ask_for_parts()
    order_id = an_order_in_parts()
    assert said_of(order_id) == "Cash on delivery: ₹300 first, then ₹1,200 to the courier"
    pay(order_id)
    assert said_of(order_id) == "Card ₹300 paid, ₹1,200 to the courier"
    with_credit = order_by(a_cash_buyer_with(10000))
    assert said_of(with_credit) == "Store credit ₹100 paid, ₹200 first, then ₹1,200 to the courier"
    act(cancel_order, order_of(order_id), SYSTEM)
    assert said_of(order_id) == "Card ₹300 paid"
    run_outbox()
    assert said_of(order_id) == "Card ₹300, refunded"


@pytest.mark.covers("PAY-01", "ORD-03")
def test_cash_that_nobody_collects_any_more_is_not_asked_for(app: Flask) -> None:
    order_id, first, _ = two_parcels()
    bring(first, "shipped")
    act(cancel_rest, order_of(order_id), OWNER, "Torn")
    assert said_of(order_id) == "Cash on delivery: ₹2,498 to the courier"
    bring(first, *DOOR[1:])
    act(collect_cash, order_of(order_id), OWNER)
    assert said_of(order_id) == "Cash on delivery ₹2,498, paid"


@pytest.mark.covers("PAY-05")
def test_a_refund_leaves_the_tenders_as_they_were(app: Flask) -> None:
    order_id = paid_by_both()
    with unit_of_work():
        refund(order_of(order_id), Wanted("A loose seam", amount=Money(10000)), SYSTEM)
    run_outbox()
    assert said_of(order_id) == f"{BOTH}, partly refunded"


@pytest.mark.covers("ORD-06", "PAY-01")
def test_who_pays_nothing_after_all_is_told_so(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    act(cancel_order, order_of(order_id), SYSTEM)
    assert said_of(order_id) == "Card, nothing was taken"


@pytest.mark.covers("NOT-01", "PAY-05")
def test_mails_say_each_tender(app: Flask) -> None:
    order_id = paid_by_both()
    run_outbox()
    act(cancel_order, order_of(order_id), SYSTEM)
    run_outbox()
    for name in ("order_confirmed", "order_cancelled"):
        assert BOTH in text(mail(name))
        assert BOTH in html(mail(name))


@pytest.mark.covers("NOT-01", "PAY-05")
@pytest.mark.parametrize(("payment", "rest"), [("card", "payment of ₹1,249"), ("cod", "₹1,249 ready")])
def test_a_mail_about_the_rest_says_what_is_paid_already(app: Flask, payment: str, rest: str) -> None:
    order_by(a_buyer_with(25000, payment=payment))
    run_outbox()
    for said in (text(mail("order_placed")), html(mail("order_placed"))):
        assert (rest in said, "Paid so far: Store credit ₹250." in said) == (True, True)


@pytest.mark.covers("PAY-01")
def test_the_button_of_an_order_asks_for_the_part_that_is_paid_first(client: ShopClient) -> None:
    ask_for_parts()
    order = order_of(an_order_in_parts())
    page = words(client.get(f"/order/{order.token}"))
    assert ("Pay ₹300" in page, "Pay ₹1,500" in page) == (True, False)
