"""Who may pay the courier: points, what follows from them, and what the owner decides."""

from typing import Any

import pytest
from flask import Flask

from shop.accounts.models import User
from shop.aftersales.services import receive_parcel
from shop.checkout.errors import NoCash
from shop.checkout.models import CashOverride
from shop.checkout.queries import summary_of
from shop.checkout.services.overriding import override_cash
from shop.checkout.trust import Answer, Past, past_of, weigh
from shop.extensions import db
from shop.fulfilment.services import deliver_parcel, fail_delivery, send_out, start_return
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.store.cash_settings import CASH_LARGE, CASH_POINTS, CASH_POINTS_CODE, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import ADDRESS, a_ready_buyer, order_by
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of
from tests.storefront.shoppers import shops_as
from tests.support.settings import shows
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

PHONE = "+919845012345"
PLAIN = ADDRESS | {"landmark": ""}


def came_back(**more: Any) -> None:
    """A parcel of asha@example.com that nobody took."""
    order_id = an_order_that_is("returning", **more)
    act(receive_parcel, parcel_of(order_id), OWNER)
    db.session.commit()


def not_wanted(**more: Any) -> int:
    """A parcel that somebody refused at the door: of asha@example.com, if nobody else is named."""
    order_id = an_order_that_is("out_for_delivery", **more)
    act(fail_delivery, parcel_of(order_id), "Did not want it", OWNER, is_refused=True)
    return order_id


def points(past: Past, address: dict[str, str] = PLAIN, total: int = 100000) -> int:
    return weigh(past, PHONE, address, Money(total)).points


@pytest.mark.covers("PAY-01")
def test_points_are_the_sum_of_a_few_plain_facts(app: Flask) -> None:
    assert points(Past()) == 50
    assert points(Past(phone=PHONE)) == 70
    assert points(Past(phone="+919845099999")) == 50
    assert [points(Past(delivered=number)) for number in (1, 3, 9)] == [60, 80, 80]
    assert [points(Past(refused=number)) for number in (1, 2)] == [20, 0]
    assert [points(Past(came_back=number)) for number in (1, 2, 4)] == [35, 20, 0]
    assert points(Past(), ADDRESS | {"landmark": "Opposite the temple"}) == 60
    assert [points(Past(), total=total) for total in (499999, 500000)] == [50, 30]
    assert points(Past(delivered=3, phone=PHONE), ADDRESS | {"landmark": "Temple"}) == 100


@shows(CASH_POINTS, CASH_POINTS_CODE, CASH_LARGE)
@pytest.mark.covers("PAY-01", "STO-03")
def test_the_owners_limits_say_what_follows_from_points(app: Flask) -> None:
    back, twice = Past(refused=1), Past(refused=2)

    def answer(past: Past, total: int = 100000) -> tuple[Answer, bool]:
        trust = weigh(past, PHONE, PLAIN, Money(total))
        return trust.answer, trust.refusal is None

    assert answer(Past()) == (Answer.ALLOWED, True)
    assert answer(back) == (Answer.CODE_FIRST, False)
    assert answer(Past(refused=2, delivered=1, phone=PHONE)) == (Answer.CODE_FIRST, True)
    assert answer(twice) == (Answer.REFUSED, False)
    set_value(CASH_POINTS, 60)
    assert answer(Past()) == (Answer.CODE_FIRST, False)
    set_value(CASH_POINTS_CODE, 0)
    assert answer(twice) == (Answer.CODE_FIRST, False)
    set_value(CASH_LARGE, 0)
    assert weigh(Past(), PHONE, PLAIN, Money(10**9)).points == 50


@pytest.mark.covers("PAY-01")
def test_what_arrived_and_what_came_back_is_counted_for_the_account_or_the_guests_address(app: Flask) -> None:
    for stage in ("delivered", "confirmed", "delivery_failed"):
        an_order_that_is(stage)
    came_back()
    came_back()
    not_wanted()
    assert past_of(None, "Asha@Example.com", None) == Past(delivered=1, refused=1, came_back=2)
    assert past_of(None, "someone@example.com", None) == Past()
    user_id = a_user().id
    assert past_of(user_id, "asha@example.com", None) == Past()
    override_cash(user_id, Answer.ALLOWED)
    assert past_of(user_id, "", None) == Past(override=Answer.ALLOWED)


@pytest.mark.covers("PAY-01")
def test_a_phone_whose_parcels_nobody_took_is_known_under_any_address(app: Flask) -> None:
    phone = order_of(not_wanted()).phone
    came_back()
    an_order_that_is("delivered")
    assert past_of(None, "someone@example.com", phone) == Past(refused=1, came_back=1)
    assert past_of(None, "someone@example.com", "+919845099999") == Past()
    assert past_of(None, "asha@example.com", phone) == Past(delivered=1, refused=1, came_back=1)


@pytest.mark.covers("PAY-01", "ORD-03")
def test_a_refused_parcel_that_was_taken_after_all_counts_no_more_and_one_that_came_back_once(app: Flask) -> None:
    taken, back = not_wanted(), not_wanted()
    act(send_out, parcel_of(taken), OWNER)
    act(deliver_parcel, parcel_of(taken), OWNER, override_reason="Known at the door")
    act(start_return, parcel_of(back), OWNER)
    act(receive_parcel, parcel_of(back), OWNER)
    assert past_of(None, "asha@example.com", None) == Past(delivered=1, refused=1)


@shows(CASH_WEIGHED)
@pytest.mark.covers("PAY-01", "STO-03")
def test_whoever_let_parcels_come_back_pays_before_unless_the_owner_says_otherwise(app: Flask) -> None:
    not_wanted()
    not_wanted()
    guest = a_ready_buyer()
    assert summary_of(guest).cash.is_offered
    set_value(CASH_WEIGHED, True)
    db.session.commit()
    with pytest.raises(NoCash, match="Cash on delivery is not offered for this order"):
        order_by(guest)
    user = a_user(phone=PHONE)
    user_id, buyer = user.id, a_ready_buyer(visitor=a_customer(user))
    assert not summary_of(buyer).cash.is_offered
    override_cash(user_id, Answer.ALLOWED)
    assert summary_of(buyer).cash.is_offered
    override_cash(user_id, Answer.CODE_FIRST)
    assert summary_of(buyer).cash.needs_code
    db.session.get_one(User, user_id).phone_verified_at = now()
    db.session.commit()
    assert order_by(buyer, key="key-9")
    override_cash(user_id, None)
    db.session.commit()
    assert db.session.get(CashOverride, user_id) is None
    with pytest.raises(NotFound):
        override_cash(987654, Answer.ALLOWED)


@pytest.mark.covers("PAY-01")
def test_the_payment_step_leads_to_the_code_and_weighing_costs_one_statement(client: ShopClient) -> None:
    shops_as(client, a_ready_buyer(a_variant(price=600000), payment="card"))
    set_value(CASH_WEIGHED, True)
    db.session.commit()
    client.get("/checkout/payment")
    with statements() as seen:
        page = client.get("/checkout/payment").text
    assert sum("cash_override" in one for one in seen) == 1
    assert len(seen) <= BUDGET
    assert "Confirm this phone number by a code to pay on delivery." in page
    assert 'value="cod" required disabled' in page
