"""A coupon in the bag: typed or offered, refused with the reason, kept to the order, taken off."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from shop.aftersales.services import cancel_order
from shop.cart.models import Cart
from shop.cart.services import keep_coupon
from shop.checkout.errors import NothingToPay
from shop.checkout.services import expire_order, give_order_coupon, start_payment
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.payments.queries import due
from shop.promotions.models import Promotion, Redemption
from shop.promotions.rules import Kind
from shop.promotions.states import CouponState
from shop.store.cash_settings import CASH_FEE
from shop.store.setting_services import set_value
from tests.checkout.buying import a_ready_buyer, an_order_id, order_by, pay, total_of
from tests.factories import a_user, a_variant, sign_in
from tests.fulfilment.walk import order_of
from tests.notifications.letterbox import html, mail, text
from tests.promotions.making import a_coupon, used_by
from tests.storefront.people import log_in
from tests.storefront.shoppers import KEY, shops_as, with_bag
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

HTMX = {"HX-Request": "true", "HX-Target": "bag"}


def a_bag(client: ShopClient) -> None:
    """A signed-in person's bag with one thing in it, for ₹1,000."""
    sign_in(client, a_user())
    client.post("/cart/lines", data={"variant_id": a_variant(price=100000).id})


def code_on_the_bag() -> str | None:
    return db.session.scalars(select(Cart.coupon_code)).one()


@pytest.mark.covers("PRO-02", "CRT-03")
def test_a_coupon_is_typed_in_any_case_and_lowers_the_total(client: ShopClient) -> None:
    a_coupon("SAVE10")
    a_bag(client)
    assert client.post("/cart/coupon", data={"code": " save 10 "}).status_code == 303
    text = client.get("/cart").text
    assert (code_on_the_bag(), "₹900" in text, "Coupon <b>SAVE10</b>" in text) == ("SAVE10", True, True)
    client.post("/cart/coupon/removal")
    assert (code_on_the_bag(), "Coupon <b>" in client.get("/cart").text) == (None, False)


@pytest.mark.covers("PRO-02")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_does_not_count_is_refused_with_the_reason_and_stays_typed(client: ShopClient, headers: dict) -> None:
    a_coupon("SAVE10", minimum=124000)
    a_coupon("OVER", ends_at=now() - timedelta(days=1))
    a_coupon("REST", state=CouponState.PAUSED)
    a_bag(client)
    for code, reason in (("save10", "Add ₹240 for SAVE10"), ("OVER", "Ended on"), ("REST", "There is no such coupon"),
                         ("NONE", "There is no such coupon"), ("", "Enter a code")):  # fmt: skip
        answer = client.post("/cart/coupon", data={"code": code}, headers=headers)
        assert (answer.status_code, reason in answer.text) == (422, True)
        assert f'value="{code}"' in answer.text
    assert code_on_the_bag() is None


@pytest.mark.covers("CRT-03", "PRO-03")
def test_the_best_public_coupon_is_offered_and_used_by_one_click(client: ShopClient) -> None:
    a_coupon("SMALL", value=500, is_public=True)
    a_coupon("LARGE", value=2000, is_public=True)
    a_coupon("SECRET", value=9000)
    a_coupon("RICH", value=5000, minimum=500000, is_public=True)
    a_bag(client)
    text = client.get("/cart").text
    assert "<b>LARGE</b> saves you ₹200" in text
    assert ("SECRET" in text, 'name="code" value="LARGE"' in text) == (False, True)
    client.post("/cart/coupon", data={"code": "LARGE"})
    assert "saves you" not in client.get("/cart").text


@pytest.mark.covers("PRO-03")
def test_where_no_coupon_counts_yet_the_bag_says_what_is_missing_for_the_nearest(client: ShopClient) -> None:
    a_coupon("FAR", minimum=900000, is_public=True)
    a_coupon("NEAR", minimum=124000, is_public=True)
    a_bag(client)
    assert "Add ₹240 for NEAR." in client.get("/cart").text


@pytest.mark.covers("PRO-02")
def test_a_guests_coupon_comes_along_when_they_sign_in(client: ShopClient) -> None:
    a_coupon("SAVE10")
    user = a_user()
    with_bag(client, a_variant())
    client.post("/cart/coupon", data={"code": "SAVE10"})
    log_in(client, user.email)
    db.session.rollback()
    cart = db.session.scalars(select(Cart)).one()
    assert (cart.user_id, cart.coupon_code) == (user.id, "SAVE10")


@pytest.mark.covers("PRO-02", "ORD-01")
def test_who_comes_second_with_a_coupon_that_counts_once_is_told_before_paying(client: ShopClient) -> None:
    a_coupon("ONCE", uses_limit=1)
    variant = a_variant(price=100000)
    buyer = a_ready_buyer(variant)
    keep_coupon(buyer, "ONCE")
    db.session.commit()
    seen = total_of(shops_as(client, buyer))
    used_by(db.session.scalars(select(Promotion)).one(), order_id=999)
    answer = client.post("/checkout/review", data={"key": KEY, "seen_total": seen})
    assert (answer.status_code, "Has been used as often as it may be" in answer.text) == (409, True)
    assert db.session.scalar(select(func.count(Order.id))) == 0
    again = client.post("/checkout/review", data={"key": KEY, "seen_total": total_of(buyer)})
    assert (again.status_code, db.session.scalar(select(Order.discount))) == (303, Money(0))


@pytest.mark.covers("PRO-02")
def test_a_coupon_counts_for_an_order_until_it_is_cancelled_or_expires(client: ShopClient) -> None:
    a_coupon("ONCE", uses_limit=1, uses_each=1)
    for give_up in (_cancel, _let_expire):
        buyer = a_ready_buyer(a_variant(price=100000), payment="upi")
        keep_coupon(buyer, "ONCE")
        db.session.commit()
        order_id = order_by(buyer, key=f"key-{give_up.__name__}")
        mine = select(Redemption.amount, Redemption.freed_at).where(Redemption.order_id == order_id)
        assert db.session.execute(mine).one() == (Money(10000), None)
        db.session.rollback()
        give_up(order_id)
        assert db.session.execute(mine).one().freed_at is not None
        db.session.rollback()


def _cancel(order_id: int) -> None:
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)


def _let_expire(order_id: int) -> None:
    with time_machine.travel(now() + timedelta(days=2)):
        assert expire_order(order_id)


@pytest.mark.covers("PRO-03")
def test_the_account_shows_what_somebody_may_use(client: ShopClient) -> None:
    a_coupon("PUBLIC", is_public=True)
    a_coupon("SECRET")
    a_coupon("OVER", is_public=True, ends_at=now() - timedelta(days=1))
    sign_in(client, a_user())
    text = client.get("/account/coupons").text
    assert [code in text for code in ("PUBLIC", "SECRET", "OVER")] == [True, False, False]
    assert "A coupon goes on your bag" in text
    client.post("/cart/lines", data={"variant_id": a_variant().id})
    client.post("/cart/coupon", data={"code": "PUBLIC"})
    assert "On your bag" in client.get("/account/coupons").text


@pytest.mark.covers("PRO-02", "PAY-01")
def test_an_unpaid_order_is_priced_again_with_a_coupon_and_paid_at_its_new_total(client: ShopClient) -> None:
    a_coupon("SAVE10", uses_limit=1)
    order_id = an_order_id(a_variant(price=100000), payment="card")
    token, before = order_of(order_id).token, order_of(order_id).total.minor
    refused = client.post(f"/order/{token}/coupon", data={"code": "none"})
    assert (refused.status_code, 'value="none"' in refused.text) == (422, True)
    assert client.post(f"/order/{token}/coupon", data={"code": "save10"}).status_code == 303
    order = order_of(order_id)
    assert (order.total.minor, order.discount.minor, order.lines[0].discount.minor) == (before - 10000, 10000, 10000)
    assert db.session.scalars(select(Payment.state).order_by(Payment.id)).all() == ["cancelled", "pending"]
    assert "SAVE10" in client.get(f"/order/{token}").text
    assert pay(order_id) == "paid"
    paid = select(Payment.amount).where(Payment.state == "paid")
    assert (order_of(order_id).state, db.session.scalars(paid).all()) == ("confirmed", [Money(before - 10000)])
    with pytest.raises(NothingToPay):
        give_order_coupon(order_of(order_id), "SAVE10", SYSTEM)


@pytest.mark.covers("PRO-02", "PAY-01")
@pytest.mark.parametrize("payment", ["card", "upi", "cod"])
def test_a_coupon_that_covers_an_unpaid_order_pays_it(client: ShopClient, payment: str) -> None:
    set_value(CASH_FEE, 4900)
    a_coupon("ALL", value=10000, uses_limit=1)
    a_coupon(None, kind=Kind.FREE_DELIVERY, value=0)
    order_id = an_order_id(a_variant(price=200000), payment=payment)
    token = order_of(order_id).token
    db.session.commit()
    if payment != "cod":
        start_payment(order_id)
    assert client.post(f"/order/{token}/coupon", data={"code": "all"}).status_code == 303
    order = order_of(order_id)
    assert (order.total, order.payment_fee, due(order)) == (Money(0), Money(0), Money(0))
    assert (order.state, order.payment_standing, order.unpaid_until) == ("confirmed", "paid", None)
    assert db.session.scalars(select(Payment.state)).all() == ["cancelled"]
    assert Money(200000) in db.session.scalars(select(Redemption.amount)).all()
    assert client.get(f"/order/{token}/payment").location.startswith(f"/order/{token}")
    assert audit() == []


@pytest.mark.covers("PRO-02", "NOT-01")
@pytest.mark.parametrize("method", ["cod", "card"])
def test_who_pays_nothing_is_neither_asked_for_money_nor_thanked_for_it(client: ShopClient, method: str) -> None:
    """A coupon covers all, so the chosen way to pay never counts; a cancellation gives nothing back, either."""
    a_coupon("GIFT", value=10_000)
    a_coupon(None, kind=Kind.FREE_DELIVERY, value=0)
    buyer = a_ready_buyer(a_variant(price=99900), payment=method)
    keep_coupon(buyer, "GIFT")
    db.session.commit()
    order = db.session.get_one(Order, order_by(buyer))
    page = client.get(f"/order/{order.token}").text
    assert ("Nothing was to be paid" in page, "Store credit" in page, "you paid" in page) == (True, False, False)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post(f"/order/{order.token}/cancellation")
    cancelled = client.get(f"/order/{order.token}").text
    assert ("Your order is cancelled." in cancelled, "What you paid" in cancelled) == (True, False)
    run_outbox()
    for name in ("order_placed", "order_confirmed", "order_cancelled"):
        words = text(mail(name)) + html(mail(name))
        assert ("Nothing" in words, "payment of" in words, "What you paid" in words) == (True, False, False)
