"""What an order was paid with, told tender by tender."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.checkout.services import edit_order
from shop.extensions import db
from shop.fulfilment.services import collect_cash
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.queries import captured
from shop.payments.tenders import Tender, came_in, in_words, tenders_of, tenders_of_order
from shop.store.label_services import change_label
from tests.checkout.buying import an_order_id, order_by, pay
from tests.checkout.buying import tenders as payments_of
from tests.checkout.in_parts import PRICE, a_cash_buyer_with, an_order_in_parts, ask_for_parts
from tests.checkout.test_store_credit import a_buyer_with
from tests.factories import a_variant
from tests.fulfilment.several import DOOR, bring, two_parcels
from tests.fulfilment.walk import OWNER, act, order_of
from tests.support.statements import statements

pytestmark = pytest.mark.usefixtures("books_balance")


def told(order_id: int) -> list[tuple[str, int, bool]]:
    found = tenders_of_order(order_id)
    assert came_in(found) == captured(order_id)
    return [(one.method, one.amount.minor, one.paid) for one in found]


@pytest.mark.covers("PAY-05")
def test_credit_and_a_card_are_two_tenders(app: Flask) -> None:
    order_id = order_by(a_buyer_with(25000))
    assert told(order_id) == [("credit", 25000, True), ("card", 124900, False)]
    pay(order_id)
    assert told(order_id) == [("credit", 25000, True), ("card", 124900, True)]
    assert in_words(tenders_of_order(order_id)) == "Store credit ₹250, card ₹1,249"


@pytest.mark.covers("PAY-05")
def test_a_part_before_and_the_couriers_cash_are_two_tenders(app: Flask) -> None:
    ask_for_parts()
    order_id = an_order_in_parts()
    assert told(order_id) == [("card", 30000, False)]
    pay(order_id)
    assert told(order_id) == [("card", 30000, True), ("cod", PRICE - 30000, False)]
    assert in_words(tenders_of_order(order_id)) == "Card ₹300"


@pytest.mark.covers("PAY-05")
def test_credit_a_card_and_cash_are_three(app: Flask) -> None:
    ask_for_parts()
    order_id = order_by(a_cash_buyer_with(10000))
    pay(order_id)
    assert [method for method, _, _ in told(order_id)] == ["credit", "card", "cod"]
    assert in_words(tenders_of_order(order_id)) == "Store credit ₹100, card ₹200"


@pytest.mark.covers("ORD-07", "PAY-05")
def test_what_an_order_costs_less_by_now_is_no_part_of_its_tenders(app: Flask) -> None:
    dear, cheap = a_variant(price=200000), a_variant(price=20000)
    kept = {dear.id: 1, cheap.id: 0}
    order_id = an_order_id(dear, cheap, payment="card")
    pay(order_id)
    order = order_of(order_id)
    with unit_of_work():
        edit_order(order, kept, (0, 200000), "", SYSTEM)
    assert told(order_id) == [("card", 200000, True)]
    assert payments_of(order_id)[0] == ("card", "paid", 220000)


@pytest.mark.covers("PAY-01")
def test_the_cash_of_two_parcels_is_one_tender(app: Flask) -> None:
    order_id, first, second = two_parcels()
    bring(first, *DOOR)
    act(collect_cash, order_of(order_id), OWNER)
    assert told(order_id) == [("cod", 249800, True), ("cod", 249800, False)]
    bring(second, *DOOR)
    act(collect_cash, order_of(order_id), OWNER)
    assert told(order_id) == [("cod", 499600, True)]


def test_the_owners_words_are_used(app: Flask) -> None:
    change_label(PAYMENT_TYPES, 2, label="Plastic money")
    db.session.commit()
    assert in_words([Tender("credit", Money(100), True), Tender("card", Money(200), True)]) == (
        "Store credit ₹1, Plastic money ₹2"
    )


def test_a_list_costs_one_statement(app: Flask) -> None:
    found = [order_by(a_buyer_with(25000), key=f"key-{number}") for number in range(3)]
    with statements() as seen:
        assert [len(tenders) for tenders in tenders_of(found).values()] == [2, 2, 2]
    assert len(seen) == 1
    assert tenders_of([]) == {}
