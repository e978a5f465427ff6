"""The rider's page: a link for one trip of one parcel, without an account."""

import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.extensions import db
from shop.fulfilment import rider_links, services
from shop.fulfilment.models import Parcel
from shop.lib import clock
from shop.lib.files import drawing
from shop.lib.files.storage import content_of
from shop.lib.unit_of_work import unit_of_work
from shop.membership.services import erase
from shop.operations.audit import audit
from shop.orders.states import OrderState
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.test_handover import wrong_for
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of, step
from tests.lib.files.parts import encoded, quarters
from tests.staff.desk import words
from tests.support.shops import ShopClient


@pytest.fixture
def phone(client: ShopClient) -> ShopClient:
    """A rider's browser, which sends what browsers send."""
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def link_of(order_id: int) -> str:
    return f"/rider/{rider_links.token_of(parcel_of(order_id))}"


def a_parcel_out(**buyer: Any) -> int:
    return an_order_that_is("out_for_delivery", a_variant(price=199900), **buyer)


def a_photo() -> tuple[BytesIO, str]:
    return BytesIO(encoded(quarters(), "JPEG")), "door.jpg"


@pytest.mark.covers("ORD-05")
def test_the_page_shows_address_phone_cash_and_nothing_that_is_not_the_riders(phone: ShopClient) -> None:
    order_id = a_parcel_out()
    answer = phone.get(link_of(order_id))
    text = words(answer)
    for told in ("Asha Rao", "12, Church Street", "560001", "1 piece", "Collect ₹1,999"):
        assert told in text
    assert 'href="tel:+919845012345"' in answer.text
    assert "asha@example.com" not in text
    assert str(parcel_of(order_id).otp) not in text


def test_the_page_is_neither_found_nor_kept(phone: ShopClient) -> None:
    answer = phone.get(link_of(a_parcel_out()))
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.covers("ORD-05")
def test_the_code_hands_it_over_and_ends_the_link(phone: ShopClient, media: Path) -> None:
    order_id = a_parcel_out()
    link, code = link_of(order_id), parcel_of(order_id).otp
    answer = phone.post(f"{link}/delivery", data={"otp": code, "photo": a_photo()})
    assert "Handed over" in words(answer)
    order, parcel = order_of(order_id), parcel_of(order_id)
    assert (order.state, order.history[-1].actor) == (OrderState.DELIVERED, "The rider")
    assert parcel.photo
    assert parcel.photo.kind.personal
    assert content_of(parcel.photo)
    assert phone.get(link).status_code == 410
    assert audit() == []


@pytest.mark.covers("ORD-05")
def test_wrong_codes_are_counted_and_the_sixth_is_not_even_compared(phone: ShopClient, media: Path) -> None:
    order_id = a_parcel_out()
    link, code = link_of(order_id), parcel_of(order_id).otp
    for _ in range(5):
        answer = phone.post(f"{link}/delivery", data={"otp": wrong_for(code), "photo": a_photo()})
        assert answer.status_code == 422
        assert "not the code of this parcel" in words(answer)
    answer = phone.post(f"{link}/delivery", data={"otp": code})
    assert "Too many wrong codes" in words(answer)
    assert order_of(order_id).state == OrderState.OUT_FOR_DELIVERY
    assert not list(media.rglob("*.webp"))


@pytest.mark.covers("ORD-03", "ORD-05")
def test_refused_is_noted_with_the_riders_words_and_counted(phone: ShopClient) -> None:
    order_id = a_parcel_out()
    link = link_of(order_id)
    answer = phone.post(f"{link}/failure", data={"outcome": "refused", "note": ""})
    assert answer.status_code == 422
    assert "Write a few words" in words(answer)
    phone.post(f"{link}/failure", data={"outcome": "refused", "note": "Wants it in blue"})
    order = order_of(order_id)
    assert (order.state, order.history[-1].note) == (OrderState.DELIVERY_FAILED, "Refused: Wants it in blue")
    assert parcel_of(order_id).refused_at
    assert phone.get(link).status_code == 410


@pytest.mark.covers("ORD-03")
def test_nobody_at_home_is_no_refusal(phone: ShopClient) -> None:
    order_id = a_parcel_out()
    phone.post(f"{link_of(order_id)}/failure", data={"outcome": "absent", "note": "Rang three times"})
    assert order_of(order_id).history[-1].note == "Nobody at home: Rang three times"
    assert parcel_of(order_id).refused_at is None


@pytest.mark.parametrize("outcome", ["", "delivered", "returned"])
def test_nothing_else_can_be_said_to_have_happened(phone: ShopClient, outcome: str) -> None:
    order_id = a_parcel_out()
    answer = phone.post(f"{link_of(order_id)}/failure", data={"outcome": outcome, "note": "Well"})
    assert answer.status_code == 422
    assert order_of(order_id).state == OrderState.OUT_FOR_DELIVERY


@pytest.mark.covers("ORD-05")
def test_links_of_another_time_another_parcel_and_another_trip_are_over(
    phone: ShopClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id, other = a_parcel_out(), a_parcel_out()
    link = link_of(order_id)
    borrowed = f"{link_of(other)[: len('/rider/') + rider_links.LENGTH]}{parcel_of(order_id).id}"
    assert phone.get(borrowed).status_code == 410
    step(order_id, "delivery_failed", "out_for_delivery")
    assert phone.get(link).status_code == 410
    fresh = link_of(order_id)
    assert phone.get(fresh).status_code == 200
    later = clock.now() + timedelta(hours=17)
    monkeypatch.setattr("shop.fulfilment.rider_links.now", lambda: later)
    assert phone.get(fresh).status_code == 410


@pytest.mark.covers("ORD-05")
def test_the_shop_withdraws_a_link_and_makes_a_new_one(phone: ShopClient) -> None:
    order_id = a_parcel_out()
    link = link_of(order_id)
    act(services.withdraw_link, parcel_of(order_id), OWNER)
    assert phone.get(link).status_code == 410
    act(services.renew_link, parcel_of(order_id), OWNER)
    assert phone.get(link).status_code == 410
    assert phone.get(link_of(order_id)).status_code == 200


def test_what_is_no_link_is_not_found(phone: ShopClient) -> None:
    assert [phone.get(f"/rider/{word}").status_code for word in ("x", "0" * 32, "0" * 32 + "٣", "%00")] == [404] * 4


@pytest.mark.parametrize("act", ["delivery", "failure"])
def test_no_picture_is_drawn_for_a_link_that_is_over(phone: ShopClient, act: str) -> None:
    said = {"otp": "123456", "outcome": "absent", "note": "Rang", "photo": a_photo()}
    began = time.monotonic()
    with drawing.TURN:
        assert phone.post(f"/rider/{'0' * 32}1/{act}", data=said).status_code == 410
    assert time.monotonic() - began < drawing.WAIT_SECONDS / 2


@pytest.mark.covers("ACC-10")
def test_the_photo_goes_with_the_person(app: Flask, media: Path, phone: ShopClient) -> None:
    user = a_user()
    order_id = a_parcel_out(visitor=a_customer(user))
    user_id = order_of(order_id).user_id
    phone.post(f"{link_of(order_id)}/delivery", data={"otp": parcel_of(order_id).otp, "photo": a_photo()})
    assert list(media.rglob("*.webp"))
    act(services.collect_cash, order_of(order_id), OWNER)
    with unit_of_work():
        erase(user_id or 0, user_id or 0)
    assert db.session.get_one(Parcel, parcel_of(order_id).id).photo is None
    assert not list(media.rglob("*.webp"))
