"""Codes of coupons are not found by trying: wrong ones are counted for whoever tries and for where they come from."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.api.buying import Buyer
from tests.checkout.buying import an_order
from tests.factories import a_user, a_variant, sign_in
from tests.promotions.making import a_coupon
from tests.storefront.people import browser_of
from tests.storefront.shoppers import with_bag


@pytest.mark.covers("PRO-02")
def test_a_guest_tries_twenty_codes_and_no_more_and_right_ones_are_free(make_shop: Callable[..., Flask]) -> None:
    shop = make_shop(rate_limits=True)
    a_coupon("SAVE10")
    client = shop.test_client()
    with_bag(client, a_variant())
    tries = [client.post("/cart/coupon", data={"code": f"GUESS{number}"}).status_code for number in range(21)]
    assert tries == [422] * 20 + [429]
    other = shop.test_client()
    with_bag(other, a_variant())
    assert [other.post("/cart/coupon", data={"code": "save10"}).status_code for _ in range(25)] == [303] * 25


@pytest.mark.covers("PRO-02")
def test_tries_in_the_bag_for_an_order_and_of_apps_count_together(make_shop: Callable[..., Flask]) -> None:
    client = make_shop(rate_limits=True).test_client()
    token = an_order(a_variant(), payment="card").token
    user = a_user()
    app = Buyer(client, user=user)
    sign_in(browser_of(client), user)
    tries = [
        answer.status_code
        for number in range(5)
        for answer in (
            client.post("/cart/coupon", data={"code": f"A{number}"}),
            client.post(f"/order/{token}/coupon", data={"code": f"B{number}"}),
            app.send("POST", "/coupons/validate", {"code": f"C{number}", "amount": "500"}),
            app.send("POST", "/coupons/apply", {"code": f"D{number}"}),
        )
    ]
    assert set(tries) == {400, 422}
    assert app.send("POST", "/coupons/validate", {"code": "ONE-MORE", "amount": "500"}).status_code == 429


@pytest.mark.covers("PRO-02")
def test_new_sessions_from_one_address_do_not_help(make_shop: Callable[..., Flask]) -> None:
    shop = make_shop(rate_limits=True)
    tries = []
    for _ in range(4):
        client = shop.test_client()
        with_bag(client, a_variant())
        tries += [client.post("/cart/coupon", data={"code": "GUESS"}).status_code for _ in range(16)]
    assert (tries[:60], set(tries[60:])) == ([422] * 60, {429})
