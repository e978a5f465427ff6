"""Where orders go and what paying the courier costs, when an order is placed and when it is paid another way."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import User
from shop.checkout.errors import NoCash, NotServed
from shop.checkout.queries import summary_of
from shop.checkout.services import finish_payment, pay_another_way, start_payment
from shop.checkout.services.paying import latest_payment
from shop.delivery.models import DeliveryMethod
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment
from shop.store.cash_settings import CASH_FEE, CASH_MOST, CASH_NOT_TO
from shop.store.setting_services import set_value
from tests.checkout.buying import CARD_OK, a_ready_buyer, an_order_id, order_by
from tests.factories import a_customer, a_product, a_user, a_variant
from tests.fulfilment.walk import order_of
from tests.storefront.shoppers import at_review, place, shops_as, with_bag
from tests.support.shops import ShopClient

FEE = 4900


def only_to(state: str) -> None:
    """Let every method go to one state alone."""
    for method in db.session.scalars(select(DeliveryMethod)):
        method.states = [state]
    db.session.commit()


def cash_costs(fee: int) -> None:
    set_value(CASH_FEE, fee)
    db.session.commit()


@pytest.mark.covers("ORD-01")
def test_the_fee_is_part_of_an_order_paid_to_the_courier_and_of_no_other(app: Flask) -> None:
    cash_costs(FEE)
    ids = [an_order_id(a_variant(price=100000), payment=method) for method in ("cod", "card")]
    cash, card = (db.session.get_one(Order, order_id) for order_id in ids)
    assert (cash.payment_fee, card.payment_fee) == (Money(FEE), Money(0))
    assert cash.total - card.total == Money(FEE)
    assert cash.delivery_tax > card.delivery_tax
    assert db.session.scalars(select(Payment.amount).where(Payment.order_id == cash.id)).one() == cash.total
    assert audit() == []


@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [(CASH_MOST, 100, "Cash on delivery is for orders up to ₹1. Choose another way to pay."),
     (CASH_NOT_TO, "56*", "There is no cash on delivery to 560001. Choose another way to pay.")],
)  # fmt: skip
def test_cash_that_is_not_offered_is_refused_and_another_way_is_not(app: Flask, setting, value, said) -> None:
    set_value(setting, value)
    buyer = a_ready_buyer()
    with pytest.raises(NoCash) as refused:
        order_by(buyer)
    assert str(refused.value) == said
    assert order_by(a_ready_buyer(payment="card"), key="key-2")


@pytest.mark.covers("ORD-09")
def test_a_method_that_does_not_go_there_is_no_offer_and_without_any_nothing_is_placed(app: Flask) -> None:
    buyer = a_ready_buyer()
    express = db.session.scalars(select(DeliveryMethod).where(DeliveryMethod.code == "express")).one()
    express.cities = ["Chennai"]
    db.session.scalars(select(DeliveryMethod).where(DeliveryMethod.code == "standard")).one().description = "By van"
    db.session.commit()
    assert [(offer.method.code, offer.method.description) for offer in summary_of(buyer).offers] == [
        ("standard", "By van")]  # fmt: skip
    only_to("Kerala")
    with pytest.raises(NotServed, match="We do not deliver to Bengaluru 560001 yet"):
        order_by(buyer)


@pytest.mark.covers("PAY-01")
def test_paying_the_courier_after_all_adds_the_fee_and_paying_a_bank_takes_it_off(app: Flask) -> None:
    cash_costs(FEE)
    user_id = (user := a_user()).id
    order_id = an_order_id(payment="card", visitor=a_customer(user))
    before = order_of(order_id)
    total, contained = before.total, before.tax_contained
    for method, fee in (("cod", FEE), ("upi", 0), ("cod", FEE)):
        with unit_of_work():
            pay_another_way(db.session.get_one(Order, order_id), method)
        after = order_of(order_id)
        assert (after.payment_fee, after.total) == (Money(fee), total + Money(fee))
        newest = select(Payment.amount).where(Payment.order_id == order_id).order_by(Payment.id.desc()).limit(1)
        assert db.session.scalars(newest).one() == after.total
    assert after.tax_contained > contained
    assert db.session.get_one(User, user_id).spent == after.total
    assert after.pricing_trace[-1]["amount"] == FEE
    assert audit() == []
    set_value(CASH_NOT_TO, "560001")
    second = an_order_id(payment="card")
    with unit_of_work(), pytest.raises(NoCash):
        pay_another_way(db.session.get_one(Order, second), "cod")
    assert order_of(second).payment_method == "card"


@pytest.mark.covers("PAY-01", "PAY-02")
def test_a_card_that_is_charged_after_the_buyer_chose_cash_pays_the_order_without_its_fee(app: Flask) -> None:
    cash_costs(FEE)
    order_id = an_order_id(payment="card")
    total, turned_away = order_of(order_id).total, latest_payment(order_id).id
    db.session.rollback()
    intent = start_payment(order_id).removeprefix("/bank/")
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod")
    with unit_of_work():
        bank.pay_card(intent, CARD_OK)
    assert finish_payment(order_id, turned_away) == "paid"
    paid = order_of(order_id)
    assert (paid.state, paid.payment_standing, paid.payment_method) == ("confirmed", "paid", "card")
    assert (paid.payment_fee, paid.total) == (ZERO, total)
    assert audit() == []


@pytest.mark.covers("ORD-01")
def test_the_payment_step_names_the_fee_or_the_reason_and_takes_no_other_answer(client: ShopClient) -> None:
    cash_costs(FEE)
    buyer = shops_as(client, a_ready_buyer(payment="card"))
    assert "+ ₹49" in client.get("/checkout/payment").text
    set_value(CASH_NOT_TO, "560001")
    db.session.commit()
    page = client.get("/checkout/payment").text
    assert "There is no cash on delivery to 560001." in page
    assert 'value="cod" required disabled' in page
    refused = client.post("/checkout/payment", data={"method": "cod"})
    assert (refused.status_code, "There is no cash on delivery to 560001." in refused.text) == (422, True)
    assert client.get("/checkout/review").status_code == 200
    assert place(client, buyer).status_code == 303


@pytest.mark.covers("ORD-01")
def test_whoever_chose_cash_before_it_was_taken_away_is_led_to_choose_again(client: ShopClient) -> None:
    buyer = at_review(client)
    set_value(CASH_NOT_TO, "560001")
    db.session.commit()
    assert client.get("/checkout/review").location == "/checkout/payment"
    assert "There is no cash on delivery to 560001. Choose another way" in client.get("/checkout/payment").text
    assert place(client, buyer).location == "/checkout/payment"
    assert db.session.scalars(select(Order.id)).all() == []


@pytest.mark.covers("ORD-09")
def test_the_delivery_step_says_why_where_nothing_goes(client: ShopClient) -> None:
    at_review(client)
    only_to("Kerala")
    page = client.get("/checkout/delivery")
    assert (page.status_code, "We do not deliver to Bengaluru 560001 yet" in page.text) == (200, True)
    assert client.post("/checkout/delivery", data={"method": str(methods()[0].id)}).status_code == 422
    assert client.get("/checkout/review").location == "/checkout/delivery"


@pytest.mark.covers("ORD-09", "CAT-03")
def test_a_products_page_knows_what_goes_to_a_place_and_what_cash_costs_there(client: ShopClient) -> None:
    product = a_product()
    cash_costs(FEE)
    path = f"/p/{product.slug}/delivery?postal_code=560001"
    assert "cash on delivery costs ₹49 more" in client.get(path).text
    set_value(CASH_NOT_TO, "560001")
    db.session.commit()
    assert "There is no cash on delivery to 560001." in client.get(path).text
    only_to("Kerala")
    assert "We do not deliver to 560001 yet." in client.get(path).text


@pytest.mark.covers("ORD-09")
def test_the_bag_estimates_delivery_to_where_the_browser_wants_it(client: ShopClient) -> None:
    with_bag(client, a_variant(price=50000))
    assert "from ₹79" in client.get("/cart").text
    standard = db.session.scalars(select(DeliveryMethod).where(DeliveryMethod.code == "standard")).one()
    standard.postal_codes = ["11*"]
    db.session.commit()
    client.set_cookie("deliver_to", "560001")
    assert "from ₹199" in client.get("/cart").text
    client.set_cookie("deliver_to", "110001")
    assert "from ₹79" in client.get("/cart").text
    only_to("Kerala")
    client.set_cookie("deliver_to", "560001")
    assert "Not to 560001" in client.get("/cart").text
    client.set_cookie("deliver_to", "junk")
    assert "from ₹79" in client.get("/cart").text
