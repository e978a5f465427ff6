"""An order for somebody on the phone who has no account, and coupons in orders by phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.checkout.trust import past_of
from shop.extensions import db
from shop.notifications.states import Channel
from shop.promotions.models import Redemption
from shop.store.cash_settings import CASH_POINTS, CASH_POINTS_CODE, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.factories import a_user, a_variant
from tests.notifications.letterbox import html, mail, sends
from tests.promotions.making import a_coupon
from tests.staff.desk import flashed, words
from tests.staff.test_phone_orders import NEW, orders, total_on, wanted
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("books_balance")

GUEST: Any = "guest"
NO_MAIL = {"email": ""}


def phone_in(owner: ShopClient, sent: dict[str, Any], key: str, who: Any = GUEST) -> Any:
    """Work out the price, then place the order."""
    return owner.post(f"{NEW}/{who}/order", data=sent | {"seen": total_on(owner, who, sent), "key": key})


def codes_used() -> list[tuple[str, int]]:
    found = select(Redemption.customer_key, Redemption.amount).where(Redemption.freed_at.is_(None))
    return [(row.customer_key, row.amount.minor) for row in db.session.execute(found)]


@pytest.mark.covers("ORD-01", "ORD-02")
def test_somebody_without_account_gets_a_mail_with_the_link(owner: ShopClient) -> None:
    sent = wanted(a_variant())
    for _ in range(2):
        assert phone_in(owner, sent, "one").status_code == 303
    [order] = orders()
    assert (order.user_id, order.name, order.email) == (None, "Ravi Menon", "ravi@example.com")
    assert (order.history[0].actor_kind, order.history[0].actor) == ("staff", "Meera Nair")
    token = order.token
    run_outbox()
    assert f"http://localhost/order/{token}" in html(mail("order_placed"))


@pytest.mark.covers("ORD-02", "NOT-01")
def test_without_an_e_mail_the_link_to_pay_goes_to_the_phone(owner: ShopClient) -> None:
    phone_in(owner, wanted(a_variant(price=100000), payment="link", **NO_MAIL), "one")
    assert "text message to +91 98450 54321" in flashed(owner)
    [order] = orders()
    link = f"http://localhost/order/{order.token}"
    run_outbox()
    [send] = sends()
    assert (send.channel, send.recipient) == (Channel.SMS, "+919845054321")
    assert f"Pay ₹1,079 and follow it: {link}" in (send.text or "")
    assert owner.get(link).status_code == 200


@pytest.mark.covers("ORD-02")
def test_the_desk_says_by_what_the_buyer_hears_of_the_next_step(owner: ShopClient) -> None:
    for key, reached, news in (("one", NO_MAIL, "a text message"), ("two", {}, "a mail")):
        phone_in(owner, wanted(a_variant(), **reached), key)
        path = f"/staff/orders/{max(order.number for order in orders())}"
        assert f"sure to send it; the customer gets {news}." in words(owner.get(path))
        owner.post(f"{path}/confirmation")
        assert f"Confirmed. The customer gets {news}." in flashed(owner)


@pytest.mark.covers("ORD-01")
def test_a_shop_that_sends_no_texts_asks_for_the_e_mail(
    owner: ShopClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SHOP", replace(app.config["SHOP"], environment="production"))
    answer = owner.post(f"{NEW}/guest", data=wanted(a_variant(), **NO_MAIL) | {"op": "price"})
    assert (answer.status_code, "Residency Road" in answer.text) == (422, True)
    assert "Enter an e-mail address" in words(answer)


@pytest.mark.covers("PRO-01", "CRT-01")
@pytest.mark.parametrize("reached", [{}, NO_MAIL])
def test_a_coupon_is_priced_explained_and_used_once_by_each_buyer(owner: ShopClient, reached: dict[str, str]) -> None:
    a_coupon(uses_each=1)
    sent = wanted(a_variant(price=100000), code="save10", **reached)
    page = owner.post(f"{NEW}/guest", data=sent | {"op": "price"})
    assert "−₹100" in words(page)
    assert "Why this price" in words(page)
    assert phone_in(owner, sent, "one").status_code == 303
    [(key, amount)] = codes_used()
    assert (amount, len(key)) == (10000, 64)
    again = owner.post(f"{NEW}/guest", data=sent | {"op": "price"})
    assert again.status_code == 422
    assert 'value="save10"' in again.text
    other = sent | {"email": sent["email"] and "other@example.com", "phone": "98450 54322"}
    assert phone_in(owner, other, "two").status_code == 303
    assert len({key for key, _ in codes_used()}) == 2


@pytest.mark.covers("PRO-01")
def test_a_customers_coupon_is_counted_for_them_and_not_for_who_helps(owner: ShopClient) -> None:
    a_coupon(uses_each=1)
    people = [a_user(f"{name}@example.com").id for name in ("asha", "ravi")]
    db.session.commit()
    for user_id in people:
        phone_in(owner, wanted(a_variant(), code="SAVE10"), "one", user_id)
    assert [key for key, _ in codes_used()] == [f"user:{user_id}" for user_id in people]


@pytest.mark.covers("PRO-01")
def test_a_coupon_that_does_not_count_orders_nothing_and_stays_typed(owner: ShopClient) -> None:
    a_coupon(minimum=500000)
    sent = wanted(a_variant(price=100000), code="SAVE10")
    for path, more in ((f"{NEW}/guest", {"op": "price"}), (f"{NEW}/guest/order", {"seen": "1", "key": "k"})):
        answer = owner.post(path, data=sent | more)
        assert answer.status_code == 422
        assert "₹4,000" in words(answer)
        assert "Residency Road" in answer.text
    assert "There is no such coupon" in words(owner.post(f"{NEW}/guest", data=sent | {"op": "price", "code": "NONE"}))
    assert orders() == []


@pytest.mark.covers("PAY-01")
def test_what_a_guest_without_e_mail_did_before_is_known_by_the_phone(owner: ShopClient) -> None:
    phone_in(owner, wanted(a_variant(), **NO_MAIL), "one")
    [order] = orders()
    order.state = "delivered"
    db.session.flush()
    assert past_of(None, order.reached, None).delivered == 1
    assert past_of(None, "+919845054322", None).delivered == 0
    db.session.rollback()


@pytest.mark.covers("PAY-01")
def test_who_is_on_the_phone_needs_no_code_to_pay_the_courier(owner: ShopClient) -> None:
    for setting, value in ((CASH_WEIGHED, True), (CASH_POINTS, 100), (CASH_POINTS_CODE, 0)):
        set_value(setting, value)
    assert phone_in(owner, wanted(a_variant()), "one").status_code == 303
    assert [order.payment_method for order in orders()] == ["cod"]
