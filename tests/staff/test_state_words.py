"""The owner's page of what states and ways to pay are called."""

import re

import pytest
from flask import Flask

from shop.extensions import db
from shop.orders.labels import ORDER_STATUS
from shop.store import label_services
from shop.store.labels import forget_read, own_words
from tests.checkout.buying import an_order_id
from tests.factories import a_variant
from tests.fulfilment.walk import order_of
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient

PAGE = "/staff/state-words"
PLACED = "order-status.placed"
pytestmark = pytest.mark.covers("API-05")


def kept() -> dict[str, str]:
    """The owner's words for the states of orders."""
    db.session.rollback()
    forget_read()
    return own_words(ORDER_STATUS)


def fields(owner: ShopClient) -> dict[str, str]:
    """What the page's form sends when nobody touches it."""
    found = dict(re.findall(r'name="([a-z-]+\.[a-z_]+)"[^>]* value="([^"]*)"', owner.get(PAGE).text))
    return found | {f"seen-{name}": word for name, word in found.items()}


def test_her_word_stands_on_her_pages_and_the_buyers_and_the_shops_comes_back(owner: ShopClient, app: Flask) -> None:
    order = order_of(an_order_id(a_variant()))
    staff, buyers = f"/staff/orders/{order.number}", f"/order/{order.token}"
    assert owner.post(PAGE, data=fields(owner) | {PLACED: "  Came   in "}).location == PAGE
    assert "Pages and apps say so" in flashed(owner)
    for path in (staff, buyers, "/staff/orders"):
        assert "Came in" in words(owner.get(path)), path
    status = next(row for row in owner.get("/api/v1/order-status/").json if row["code"] == "placed")
    assert (status["id"], status["status"]) == ("1", "Came in")
    owner.post(PAGE, data=fields(owner) | {PLACED: ""})
    assert kept() == {}
    assert "Came in" not in words(owner.get(staff))


def test_the_word_an_app_added_is_changed_and_goes_with_the_way_back(owner: ShopClient) -> None:
    label_services.add_label(ORDER_STATUS, "placed", "From an app")
    assert fields(owner)[PLACED] == "From an app"
    owner.post(PAGE, data=fields(owner) | {PLACED: "New here"})
    assert kept() == {"placed": "New here"}
    owner.post(PAGE, data=fields(owner) | {PLACED: ""})
    assert [row["status"] for row in owner.get("/api/v1/order-status/").json if row["code"] == "placed"] == ["Placed"]


@pytest.mark.parametrize(("word", "status"), [("shipped", 409), ("x" * 61, 422)])
def test_what_cannot_be_kept_is_refused_at_its_field_and_nothing_is_saved(
    owner: ShopClient, word: str, status: int
) -> None:
    answer = owner.post(PAGE, data=fields(owner) | {"order-status.packed": "In its box", PLACED: word})
    assert answer.status_code == status
    assert 'href="#word-order-status-placed"' in answer.text
    assert f'value="{word}"' in answer.text
    assert 'value="In its box"' in answer.text
    assert kept() == {}


def test_two_who_change_different_words_do_not_undo_each_other(owner: ShopClient) -> None:
    before = fields(owner)
    owner.post(PAGE, data=before | {"order-status.packed": "In its box"})
    owner.post(PAGE, data=before | {PLACED: "Came in"})
    assert kept() == {"packed": "In its box", "placed": "Came in"}


def test_nothing_touched_changes_nothing(owner: ShopClient) -> None:
    owner.post(PAGE, data=fields(owner))
    assert "Nothing was changed" in flashed(owner)
    assert kept() == {}


def test_ways_to_pay_of_another_country_are_not_named(owner: ShopClient) -> None:
    page = words(owner.get(PAGE))
    assert "UPI" in page
    assert "bKash" not in page
    assert "Words for states" in words(owner.get("/staff/settings"))
