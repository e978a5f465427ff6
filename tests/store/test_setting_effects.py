"""What each setting changes. An area with a setting of its own may show its effect beside its other tests."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import PasswordReset, RefreshToken, Session
from shop.accounts.services import addresses, resets, sessions, tokens
from shop.checkout.errors import LoginNeeded
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.errors import CodeUsedUp
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.orders.models import Order
from shop.store.setting_services import set_value
from shop.store.settings import (
    ACCESS_MINUTES,
    ACCESS_MINUTES_REMEMBERED,
    ADDRESSES_MOST,
    APP_DAYS,
    APP_HOURS,
    FEW_LEFT,
    GUEST_CHECKOUT,
    GUEST_DAYS,
    HANDOVER_TRIES,
    LOGIN_HOURS,
    NEW_DAYS,
    REMEMBER_DAYS,
    RESERVATION_MINUTES,
    RESET_MINUTES,
    RIDER_HOURS,
)
from tests.checkout.buying import ADDRESS, a_ready_buyer, an_order_id, order_by
from tests.factories import a_customer, a_product, a_user
from tests.fulfilment.walk import act, an_order_that_is, parcel_of
from tests.storefront.shoppers import at_review, place, signed_in_with_bag, with_bag
from tests.support.settings import shows


def life_of(session: Session) -> timedelta:
    return session.expires_at - session.created_at


def about(wanted: timedelta) -> object:
    return pytest.approx(wanted, abs=timedelta(seconds=5))


@shows(RESERVATION_MINUTES)
@pytest.mark.covers("STO-03")
def test_an_unpaid_order_keeps_its_goods_as_long_as_the_owner_says(app: Flask) -> None:
    set_value(RESERVATION_MINUTES, 90)
    order = db.session.get_one(Order, an_order_id(payment="card"))
    assert order.unpaid_until is not None
    assert order.unpaid_until - order.placed_at == about(timedelta(minutes=90))


@shows(GUEST_CHECKOUT)
@pytest.mark.covers("STO-03", "ORD-02")
def test_without_guest_checkout_a_guest_is_led_to_log_in_and_comes_back(client, app):
    guest = at_review(client)
    set_value(GUEST_CHECKOUT, False)
    for step in ("contact", "review"):
        assert client.get(f"/checkout/{step}").location == f"/login?next=/checkout/{step}"
    assert "without an account" not in client.get("/cart").text
    place(client, guest)
    assert db.session.scalars(select(Order)).all() == []
    set_value(GUEST_CHECKOUT, True)
    assert "without an account" in client.get("/cart").text
    assert client.get("/checkout/review").status_code == 200


@shows(GUEST_CHECKOUT)
@pytest.mark.covers("STO-03", "ORD-02")
def test_without_guest_checkout_people_with_an_account_buy_as_before(client, app):
    set_value(GUEST_CHECKOUT, False)
    with pytest.raises(LoginNeeded):
        order_by(a_ready_buyer())
    assert order_by(a_ready_buyer(visitor=a_customer()), key="key-2")
    signed_in_with_bag(client, a_user())
    assert client.get("/checkout/contact").status_code == 200


@shows(HANDOVER_TRIES)
@pytest.mark.covers("STO-03", "ORD-05")
def test_a_delivery_code_takes_as_many_tries_as_the_owner_says(app: Flask) -> None:
    set_value(HANDOVER_TRIES, 2)
    order_id = an_order_that_is("out_for_delivery")
    for _ in range(2):
        act(fulfilment.take_attempt, parcel_of(order_id))
    with pytest.raises(CodeUsedUp):
        act(fulfilment.take_attempt, parcel_of(order_id))


@shows(RIDER_HOURS)
@pytest.mark.covers("STO-03", "ORD-05")
def test_a_riders_link_lives_as_long_as_the_owner_says(app: Flask) -> None:
    set_value(RIDER_HOURS, 2)
    until = parcel_of(an_order_that_is("out_for_delivery")).rider_until
    assert until is not None
    assert timedelta(minutes=119) < until - now() <= timedelta(hours=2)


@shows(FEW_LEFT)
@pytest.mark.covers("STO-03")
def test_a_page_says_how_many_are_left_below_the_owners_number(client, app):
    path = f"/p/{a_product(units=8).slug}"
    assert "8 left" not in client.get(path).text
    set_value(FEW_LEFT, 9)
    assert "8 left" in client.get(path).text
    set_value(FEW_LEFT, 0)
    assert "left" not in client.get(path).text.partition("<h1")[2].partition("</form>")[0]


@shows(NEW_DAYS)
@pytest.mark.covers("STO-03")
def test_a_product_is_new_as_long_as_the_owner_says(client, app):
    a_product()
    badge = 'card__badge">New<'
    assert badge in client.get("/search?q=tee").text
    set_value(NEW_DAYS, 0)
    assert badge not in client.get("/search?q=tee").text


@shows(LOGIN_HOURS, REMEMBER_DAYS, GUEST_DAYS)
@pytest.mark.covers("STO-03")
def test_visits_last_as_long_as_the_owner_says(app: Flask) -> None:
    set_value(LOGIN_HOURS, 2)
    set_value(REMEMBER_DAYS, 90)
    set_value(GUEST_DAYS, 7)
    user = a_user()
    assert life_of(sessions.start_session(user.id, None, "")) == about(timedelta(hours=2))
    assert life_of(sessions.start_session(user.id, None, "", remember=True)) == about(timedelta(days=90))
    assert life_of(sessions.start_session(None, None, "")) == about(timedelta(days=7))


@shows(GUEST_DAYS)
@pytest.mark.covers("STO-03")
def test_the_empty_bag_says_how_long_it_keeps(client, app):
    set_value(GUEST_DAYS, 7)
    assert "stays here for 7 days" in client.get("/cart").text


@shows(REMEMBER_DAYS)
@pytest.mark.covers("STO-03")
def test_the_cookie_never_ends_before_the_visit_it_stands_for(client, app):
    with_bag(client)
    assert app.permanent_session_lifetime > timedelta(days=REMEMBER_DAYS.maximum)
    assert app.permanent_session_lifetime > timedelta(days=GUEST_DAYS.maximum)


@shows(RESET_MINUTES)
@pytest.mark.covers("STO-03", "ACC-05")
def test_a_password_link_lives_as_long_as_the_owner_says_and_the_page_says_so(client, app):
    set_value(RESET_MINUTES, 20)
    resets.make_reset(a_user().id)
    made = db.session.scalars(select(PasswordReset)).one()
    assert made.expires_at - made.created_at == about(timedelta(minutes=20))
    assert "valid for 20 minutes" in client.get("/password/sent").text


@shows(ADDRESSES_MOST)
@pytest.mark.covers("STO-03", "ACC-11")
def test_an_address_book_holds_as_many_as_the_owner_says(app: Flask) -> None:
    set_value(ADDRESSES_MOST, 1)
    user = a_user()
    addresses.add_address(user.id, ADDRESS)
    with pytest.raises(ShopError, match=r"holds 1 address\."):
        addresses.add_address(user.id, ADDRESS)


@shows(APP_DAYS, APP_HOURS, ACCESS_MINUTES, ACCESS_MINUTES_REMEMBERED)
@pytest.mark.parametrize(("remember", "seconds", "access"), [(True, 60 * 86400, 45 * 60), (False, 2 * 3600, 3 * 60)])
@pytest.mark.covers("STO-03", "ACC-15")
def test_apps_are_logged_in_as_long_as_the_owner_says(app: Flask, remember: bool, seconds: int, access: int) -> None:
    for setting, value in ((APP_DAYS, 60), (APP_HOURS, 2), (ACCESS_MINUTES_REMEMBERED, 45), (ACCESS_MINUTES, 3)):
        set_value(setting, value)
    given = tokens.issue(a_user().id, None, "", remember=remember)
    assert (given.refresh_expires_in, given.expires_in) == (seconds, access)
    renewed = tokens.renew(given.refresh_token)
    assert renewed is not None
    assert (renewed.refresh_expires_in, renewed.expires_in) == (seconds, access)
    assert {row.life for row in db.session.scalars(select(RefreshToken))} == {seconds}
