"""Whatever changed since it went into the bag is told in the bag, at the checkout and at the last button (CRT-02)."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.money import Money
from shop.orders.models import Order
from shop.stock import services as stock_services
from tests.api.buying import Buyer
from tests.checkout.buying import a_ready_buyer, total_of
from tests.factories import a_variant, list_again
from tests.storefront.shoppers import place, shops_as
from tests.support.shops import ShopClient


def _dearer(variant: Variant) -> None:
    variant.price = Money(159900)
    list_again(variant.product)


def _cheaper(variant: Variant) -> None:
    variant.price = Money(139900)
    list_again(variant.product)


def _sold_out(variant: Variant) -> None:
    stock_services.hold(77, {variant.id: 10})


def _fewer(variant: Variant) -> None:
    stock_services.hold(77, {variant.id: 9})


def _unpublished(variant: Variant) -> None:
    variant.product.published_at = None
    list_again(variant.product)


def _retired(variant: Variant) -> None:
    variant.retired_at = variant.product.published_at


CHANGES: list[tuple[Callable[[Variant], None], str, str]] = [
    (_dearer, "The price went up from ₹1,499 to ₹1,599.", "price_up"),
    (_cheaper, "The price went down from ₹1,499 to ₹1,399.", "price_down"),
    (_sold_out, "Sold out.", "sold_out"),
    (_fewer, "Only 1 left; you have 2.", "less_left"),
    (_unpublished, "No longer sold.", "gone"),
    (_retired, "No longer sold.", "gone"),
]
ALL = pytest.mark.parametrize(("change", "words", "code"), CHANGES, ids=[name.__name__[1:] for name, *_ in CHANGES])


def orders() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Order.id))) or 0


@pytest.mark.covers("CRT-02", "ORD-01")
@ALL
def test_pages_tell_and_nothing_is_ordered_until_the_buyer_accepts(
    client: ShopClient, change: Callable[[Variant], None], words: str, code: str
) -> None:
    variant, other = a_variant(price=149900), a_variant()
    buyer = shops_as(client, a_ready_buyer(variant, other, quantity=2))
    seen = total_of(buyer)
    change(variant)
    db.session.commit()
    assert client.get("/cart").text.count(words) == 1
    for step in ("contact", "address", "delivery", "payment", "review"):
        assert client.get(f"/checkout/{step}").location == "/cart"
    answer = place(client, buyer, seen_total=seen)
    told = client.get("/cart").text if answer.status_code == 303 else answer.text
    assert (words in told, orders()) == (True, 0)
    client.post("/cart/changes")
    assert words not in client.get("/cart").text
    assert client.get("/checkout/review").status_code == 200
    assert place(client, buyer).location.startswith("/order/")
    assert orders() == 1


@pytest.mark.covers("CRT-02")
def test_prices_that_change_behind_an_equal_total_are_told_before_anything_is_ordered(client: ShopClient) -> None:
    up, down = a_variant(name="Breton tee", price=100000), a_variant(name="Loom kurta", price=100000)
    buyer = shops_as(client, a_ready_buyer(up, down))
    seen = total_of(buyer)
    up.price, down.price = Money(110000), Money(90000)
    db.session.commit()
    answer = place(client, buyer, seen_total=seen)
    assert (answer.status_code, orders()) == (409, 0)
    for words in ("A price has changed", "The price went up from ₹1,000 to ₹1,100.",
                  "The price went down from ₹1,000 to ₹900."):  # fmt: skip
        assert words in answer.text
    hidden = dict(re.findall(r'name="(key|seen_total)" value="([^"]+)"', answer.text))
    assert client.post("/checkout/review", data=hidden).status_code == 303
    assert orders() == 1


@pytest.mark.covers("CRT-02", "ORD-01")
@ALL
def test_apps_are_told_and_nothing_is_ordered(
    client: FlaskClient, change: Callable[[Variant], None], words: str, code: str
) -> None:
    variant = a_variant(price=149900)
    buyer = Buyer(client, variant, quantity=2)
    change(variant)
    db.session.commit()
    line = buyer.get("/cart-items/").json[0]
    assert (line["problem"], words in line["problem_text"]) == (code, True)
    answer = buyer.place()
    assert (answer.status_code, answer.content_type, orders()) == (409, "application/problem+json", 0)
    if code.startswith("price"):
        assert [words in told for told in answer.json["changes"]] == [True]
        assert buyer.place(total=answer.json["total"]).status_code == 201


@pytest.mark.covers("CRT-02")
def test_apps_are_told_of_prices_that_change_behind_an_equal_total(client: FlaskClient) -> None:
    up, down = a_variant(price=100000), a_variant(price=100000)
    buyer = Buyer(client, up, down)
    up.price, down.price = Money(110000), Money(90000)
    db.session.commit()
    answer = buyer.place()
    assert (answer.status_code, len(answer.json["changes"]), orders()) == (409, 2, 0)
