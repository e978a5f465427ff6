"""A guest proves the phone of their checkout by a code, and may pay the courier then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete

from shop.accounts.errors import WrongCode
from shop.accounts.models import OneTimeCode, Session
from shop.accounts.services import codes
from shop.accounts.visitor import Visitor
from shop.checkout import drafts
from shop.checkout.errors import NoCash
from shop.checkout.queries import summary_of
from shop.checkout.services import prove_phone
from shop.extensions import db, limiter
from shop.lib.clock import now
from shop.orders.models import Order
from shop.store.cash_settings import CASH_POINTS, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import a_ready_buyer, order_by
from tests.factories import a_user
from tests.notifications.letterbox import mail, sends, text
from tests.notifications.test_texts import code_in, files
from tests.storefront.shoppers import at_review, place, shops_as, signed_in_with_bag
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

pytestmark = pytest.mark.covers("PAY-01")
PHONE, OTHER, EMAIL = "+919845012345", "+919845099999", "asha@example.com"
PAGE, SENDING = "/checkout/payment/code", "/checkout/payment/code/sending"


def weighed() -> None:
    """Nobody has the points for cash without a code."""
    set_value(CASH_WEIGHED, True)
    set_value(CASH_POINTS, 60)
    db.session.commit()


@pytest.fixture
def guest(client: ShopClient) -> Visitor:
    """A guest who answered every step, cash among them, and has to show a code first."""
    weighed()
    return at_review(client)


def sent(client: ShopClient) -> str:
    """Ask for a code, and read it on the phone."""
    assert client.post(SENDING).location == PAGE
    run_outbox()
    return code_in(files()[-1].read_text())


def typed(client: ShopClient, code: str) -> int:
    status: int = client.post(PAGE, data={"code": code}).status_code
    return status


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def may_pay_courier(visitor: Visitor) -> bool:
    db.session.rollback()
    return summary_of(visitor).cash.is_offered


def orders() -> int:
    db.session.rollback()
    return db.session.query(Order).count()


def test_guest_is_sent_a_code_types_it_and_pays_the_courier(client: ShopClient, guest: Visitor) -> None:
    page = client.get("/checkout/payment").text
    assert "Confirm this phone number by a code to pay on delivery." in page
    assert "Send me a code" in page
    assert client.get("/checkout/review").location == "/checkout/payment"
    code = sent(client)
    (send,) = sends()
    assert (send.channel, send.recipient, send.text) == ("sms", PHONE, None)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, data={"code": f"{code[:3]} {code[3:]}"}).location == "/checkout/payment"
    page = client.get("/checkout/payment").text
    assert "Send me a code" not in page
    assert 'value="cod" required checked' in page
    assert place(client, guest).location.endswith("/thanks")
    assert orders() == 1


def test_nothing_is_placed_for_the_courier_before_the_code(client: ShopClient, guest: Visitor) -> None:
    assert place(client, guest).location == "/checkout/payment"
    with pytest.raises(NoCash, match="Confirm this phone number by a code"):
        order_by(guest)
    code = sent(client)
    assert typed(client, wrong(code)) == 422
    with pytest.raises(NoCash):
        order_by(guest)
    assert orders() == 0
    # Control: the same bag, once the code was right.
    assert typed(client, code) == 303
    assert order_by(guest)


def test_wrong_code_is_told_beside_the_field_and_every_answer_stays(client: ShopClient, guest: Visitor) -> None:
    before = drafts.draft_of(guest)
    code = sent(client)
    answer = client.post(PAGE, data={"code": wrong(code)})
    assert (answer.status_code, wrong(code) in answer.text) == (422, True)
    assert "This code does not work." in answer.text
    assert "The code has six digits." in client.post(PAGE, data={"code": "12"}).text
    db.session.rollback()
    assert drafts.draft_of(guest) == before
    assert typed(client, code) == 303


def test_code_dies_after_ten_minutes(client: ShopClient, guest: Visitor) -> None:
    code = sent(client)
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)):
        assert typed(client, code) == 422
        assert not may_pay_courier(guest)
    assert typed(client, code) == 303


def test_code_proves_the_phone_it_was_sent_to_and_no_other(client: ShopClient, guest: Visitor) -> None:
    code = sent(client)
    drafts.save_contact(guest, EMAIL, OTHER)
    db.session.commit()
    assert typed(client, code) == 422
    drafts.save_contact(guest, EMAIL, PHONE)
    db.session.commit()
    assert typed(client, code) == 303
    assert may_pay_courier(guest)
    drafts.save_contact(guest, EMAIL, OTHER)
    db.session.commit()
    assert not may_pay_courier(guest)
    with pytest.raises(NoCash):
        order_by(guest)


def test_code_of_one_guest_proves_nothing_for_another(client: ShopClient, guest: Visitor) -> None:
    code, stranger = sent(client), a_ready_buyer()
    with pytest.raises(WrongCode):
        prove_phone(stranger, PHONE, code)
    prove_phone(guest, PHONE, code)
    assert (may_pay_courier(guest), may_pay_courier(stranger)) == (True, False)
    with pytest.raises(WrongCode):
        prove_phone(guest, PHONE, code)


def test_after_five_wrong_codes_the_right_one_is_refused_and_none_is_sent(client: ShopClient, guest: Visitor) -> None:
    code = sent(client)
    assert [typed(client, wrong(code)) for _ in range(5)] == [422] * 5
    assert typed(client, code) == 422
    client.post(SENDING, data={"again": "1"})
    run_outbox()
    assert (len(files()), may_pay_courier(guest)) == (1, False)


@pytest.mark.parametrize(("address", "answer", "most"), [(SENDING, 303, 5), (PAGE, 422, 10)])
def test_one_phone_is_asked_and_tried_a_few_times_an_hour_whoever_does(
    make_shop: Callable[..., Flask], address: str, answer: int, most: int
) -> None:
    weighed()
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    assert [posted_by(shop, a_ready_buyer(), address) for _ in range(most + 1)] == [answer] * most + [429]
    # Control: another phone, from the same place.
    other = a_ready_buyer()
    drafts.save_contact(other, EMAIL, OTHER)
    assert posted_by(shop, other, address) == answer


def posted_by(shop: Flask, visitor: Visitor, address: str) -> int:
    browser = shop.test_client()
    shops_as(browser, visitor)
    return browser.post(address, data={"code": "123456"}).status_code


def test_code_is_kept_as_a_hash_and_goes_with_the_guests_session(client: ShopClient, guest: Visitor) -> None:
    code = sent(client)
    kept = db.session.query(OneTimeCode).one()
    assert (kept.session_id, kept.user_id, kept.purpose) == (guest.session_id, None, codes.Purpose.CASH)
    assert (len(kept.code_hash), code in kept.code_hash) == (64, False)
    db.session.execute(delete(Session).where(Session.id == guest.session_id))
    assert db.session.query(OneTimeCode).count() == 0


def test_shop_without_text_messages_sends_the_code_to_the_email(
    client: ShopClient, guest: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SHOP", replace(app.config["SHOP"], environment="production"))
    assert f"type the code we send to {EMAIL}" in client.get("/checkout/payment").text
    client.post(SENDING)
    run_outbox()
    words = mail("cash_code")
    assert (words["To"], files()) == (EMAIL, [])
    assert "98450 12345" in text(words)
    assert typed(client, code_in(text(words))) == 303
    assert may_pay_courier(guest)


def test_account_with_another_phone_proves_it_the_same_way(client: ShopClient) -> None:
    weighed()
    here = a_ready_buyer(visitor=signed_in_with_bag(client, a_user(phone=OTHER, phone_verified_at=now())))
    assert not may_pay_courier(here)
    assert typed(client, sent(client)) == 303
    assert may_pay_courier(here)


def test_whoever_needs_no_code_is_led_back_and_sent_none(client: ShopClient) -> None:
    at_review(client)
    assert client.post(SENDING).location == "/checkout/payment"
    assert client.get(PAGE).location == "/checkout/payment"
    run_outbox()
    assert files() == []


def test_code_costs_the_steps_no_statement(client: ShopClient, guest: Visitor) -> None:
    client.get("/checkout/payment")
    with statements() as seen:
        client.get(PAGE)
    assert len(seen) <= BUDGET
