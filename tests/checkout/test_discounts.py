"""What discounts and coupons do to a bag, an order, and the books; conditions are asked of who really buys."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from shop.accounts.customers.groups import add_people, create_group
from shop.accounts.models import User
from shop.accounts.visitor import Visitor
from shop.cart.models import Cart
from shop.cart.queries import bag_of, cart_of
from shop.checkout.errors import PriceChanged
from shop.checkout.queries import summary_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.lib.queries import one_or_404
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.promotions.models import Promotion, Redemption
from shop.promotions.rules import Kind
from tests.checkout.buying import a_ready_buyer, order_by, total_of
from tests.factories import a_customer, a_user, a_variant, sign_in
from tests.notifications.letterbox import mail, text
from tests.promotions.making import a_coupon
from tests.storefront.shoppers import at_review, shops_as
from tests.support.outbox import run_outbox


def with_coupon(visitor: Visitor) -> Visitor:
    """The same buyer, who gave the coupon SAVE10."""
    db.session.execute(update(Cart).where(Cart.id == bag_of(visitor).cart_id).values(coupon_code="SAVE10"))
    db.session.commit()
    return visitor


def placed(visitor: Visitor) -> Order:
    return db.session.get_one(Order, order_by(visitor))


def reason_for(visitor: Visitor) -> str:
    """What the buyer reads of their coupon."""
    return next(step.reason for step in summary_of(visitor).quote.trace if step.name == "SAVE10")


@pytest.mark.covers("PRO-01", "ORD-01")
def test_an_order_keeps_what_each_discount_took_off_and_the_books_balance(app: Flask) -> None:
    a_coupon(None, name="Autumn", value=500)
    a_coupon()
    order = placed(with_coupon(a_ready_buyer(a_variant(price=100000), a_variant(price=60000))))
    assert order.discounts == (("Autumn", Money(8000)), ("SAVE10", Money(15200)))
    assert [line.discount for line in order.lines] == [Money(14500), Money(8700)]
    assert (order.lines_total, order.discount) == (Money(160000), Money(23200))
    assert sum(step.amount.minor for step in order.steps) == order.total.minor
    assert db.session.scalar(select(func.sum(Redemption.amount))) == Money(23200)
    assert audit() == []


@pytest.mark.covers("PRO-01")
def test_a_coupon_is_given_for_one_order(app: Flask) -> None:
    a_coupon()
    buyer = with_coupon(a_ready_buyer())
    placed(buyer)
    assert one_or_404(cart_of(buyer)).coupon_code is None


@pytest.mark.covers("PRO-01", "ORD-01")
def test_a_coupon_that_ended_while_the_buyer_looked_stops_the_order(app: Flask) -> None:
    coupon = a_coupon()
    buyer = with_coupon(a_ready_buyer())
    seen = total_of(buyer)
    db.session.execute(update(Promotion).where(Promotion.id == coupon.id).values(ends_at=now() - timedelta(minutes=1)))
    db.session.commit()
    with pytest.raises(PriceChanged):
        order_by(buyer, seen_total=seen)
    assert db.session.scalar(select(func.count(Redemption.id))) == 0


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize("is_guest", [True, False])
def test_a_first_order_is_asked_of_the_account_or_the_guests_address(app: Flask, is_guest: bool) -> None:
    a_coupon(first_order=True)
    person = None if is_guest else a_customer()
    assert placed(with_coupon(a_ready_buyer(visitor=person))).discount
    late = with_coupon(a_ready_buyer(visitor=person))
    assert (summary_of(late).quote.discount, reason_for(late)) == (ZERO, "Only on a first order")


@pytest.mark.covers("PRO-01")
def test_who_used_a_coupon_as_often_as_they_may_reads_so(app: Flask) -> None:
    a_coupon(uses_each=1)
    person = a_customer()
    assert placed(with_coupon(a_ready_buyer(visitor=person))).discount
    assert reason_for(with_coupon(a_ready_buyer(visitor=person))) == "You have used it already"
    assert summary_of(with_coupon(a_ready_buyer(visitor=a_customer()))).quote.discount


@pytest.mark.covers("PRO-01", "ACC-14")
def test_a_discount_for_a_group_is_for_its_people_alone(app: Flask) -> None:
    group, owner = create_group("Regulars", ""), a_user(role="owner")
    a_coupon(None, name="Regulars", group_id=group.id)
    member = a_user()
    add_people(group.id, select(User).where(User.id == member.id), owner.id)
    assert summary_of(a_ready_buyer(visitor=a_customer(member))).quote.discount
    assert not summary_of(a_ready_buyer(visitor=a_customer())).quote.discount
    assert not summary_of(a_ready_buyer()).quote.discount


@pytest.mark.covers("PRO-01", "PAY-01")
def test_an_order_that_costs_nothing_needs_no_payment(app: Flask) -> None:
    a_coupon(value=10000)
    a_coupon(None, name="Free delivery", kind=Kind.FREE_DELIVERY, value=0)
    order = placed(with_coupon(a_ready_buyer(a_variant(price=300000), payment="card")))
    assert (order.total, order.state) == (ZERO, "confirmed")
    assert audit() == []


@pytest.mark.covers("PRO-01")
def test_bag_drawer_checkout_order_and_mail_name_the_discount_and_say_why(app: Flask, client: FlaskClient) -> None:
    a_coupon(None, name="Autumn sale", value=500)
    a_coupon(None, name="Big bag", value=2000, minimum=1000000, is_public=True)
    a_coupon(None, name="For few", value=2000, minimum=1000000)
    guest = at_review(client, a_variant(price=160000))
    pages = [client.get("/cart").text, client.get("/checkout/review").text]
    token = placed(guest).token
    run_outbox()
    pages.append(client.get(f"/order/{token}").text)
    for html in pages:
        assert "Autumn sale" in html
        assert "−₹80" in html
        assert "Why this price" in html
        assert "Add ₹8,400 for Big bag" in html
        assert "For few" not in html
    assert "Autumn sale" in text(mail("order_placed"))


@pytest.mark.covers("PRO-01")
def test_the_drawer_names_the_discount(app: Flask, client: FlaskClient) -> None:
    a_coupon(None, name="Autumn sale", kind=Kind.FIXED, value=8000)
    shops_as(client, a_ready_buyer(a_variant(price=160000)))
    drawer = client.get("/cart", headers={"HX-Request": "true", "HX-Target": "drawer-body"}).text
    assert "Autumn sale" in drawer
    assert "₹1,520" in drawer


@pytest.mark.covers("PRO-01")
def test_the_owner_reads_every_rule_that_was_tried_on_the_order(app: Flask, client: FlaskClient) -> None:
    a_coupon(None, name="Autumn sale", value=500)
    a_coupon(None, name="For few", value=2000, minimum=1000000)
    number = placed(a_ready_buyer(a_variant(price=160000))).number
    sign_in(client, a_user(role="owner"))
    html = client.get(f"/staff/orders/{number}").text
    for words in ("Autumn sale", "−₹80", "5 % off", "Add ₹8,400 for For few", "₹1,520"):
        assert words in html
