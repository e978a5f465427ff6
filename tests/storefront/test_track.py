"""How an order gets on, without its link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from shop.extensions import limiter
from tests.checkout.buying import an_order_id
from tests.fulfilment.walk import an_order_that_is, order_of, parcel_of
from tests.staff.desk import words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

TRACK = "/track"


@pytest.mark.covers("ORD-02")
@pytest.mark.parametrize("reached", ["ASHA@example.com ", "+91 98450 12345", "9845012345"])
def test_number_and_e_mail_or_phone_tell_how_an_order_gets_on(client: ShopClient, reached: str) -> None:
    order_id = an_order_that_is("out_for_delivery")
    order, otp = order_of(order_id), parcel_of(order_id).otp
    answer = client.post(TRACK, data={"number": order.number.lower(), "identifier": reached})
    assert answer.status_code == 200
    page = words(answer)
    assert "The courier is on the way" in page
    assert "Blue Dart, BD 123" in page
    for kept in (order.token, order.name, otp, f"{otp[:3]} {otp[3:]}", "Cancel this order"):
        assert kept not in answer.text


@pytest.mark.covers("ORD-02")
def test_a_wrong_number_and_a_wrong_e_mail_are_answered_alike(client: ShopClient) -> None:
    number = order_of(an_order_id()).number
    asked = [(number, "ravi@example.com"), ("ORD-1999-0001", "asha@example.com")]
    answers = [client.post(TRACK, data={"number": one, "identifier": reached}) for one, reached in asked]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("We know no order with this number" in words(answer) for answer in answers)
    assert number in answers[0].text


@pytest.mark.parametrize("sent", [
    {}, {"number": "x" * 41, "identifier": "a@b.example"}, {"number": "ORD", "identifier": "?"},
    {"number": "\0", "identifier": "asha@example.com"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(client: ShopClient, sent: dict[str, str]) -> None:
    assert client.post(TRACK, data=sent).status_code == 422


def test_a_mail_can_lead_there_with_the_number_filled_in(client: ShopClient) -> None:
    assert 'value="ORD-2026-0001"' in client.get(f"{TRACK}?number=ORD-2026-0001").text
    assert 'href="/track"' in client.get("/").text


@pytest.mark.one_engine
def test_guessing_is_slowed(make_shop: Callable[..., Flask]) -> None:
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    guesser = shop.test_client()
    sent = {"identifier": "asha@example.com"}
    answers = [guesser.post(TRACK, data=sent | {"number": f"ORD-2026-{at:04}"}).status_code for at in range(11)]
    assert answers == [422] * 10 + [429]


def test_the_page_asks_little_of_the_database(client: ShopClient) -> None:
    order = order_of(an_order_that_is("shipped"))
    sent = {"number": order.number, "identifier": order.email}
    client.post(TRACK, data=sent)
    with statements() as seen:
        client.post(TRACK, data=sent)
    assert len(seen) <= BUDGET
