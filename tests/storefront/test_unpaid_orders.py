"""Who has too many unpaid orders reads so on the last step, with the way to those they may see."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.checkout import drafts
from shop.extensions import db
from shop.orders.models import Order
from shop.store.setting_services import set_value
from shop.store.settings import UNPAID_ORDERS
from tests.checkout.buying import a_ready_buyer, an_order
from tests.factories import a_guest, a_user
from tests.staff.desk import words
from tests.storefront.shoppers import at_review, place, signed_in_with_bag
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ORD-01")
REFUSED = "You have an order that is not paid or confirmed yet. Pay or cancel it, then order again."


@pytest.fixture(autouse=True)
def _one_each(app: Any) -> None:
    set_value(UNPAID_ORDERS, 1)
    db.session.commit()


def placed() -> list[Order]:
    db.session.rollback()
    return list(db.session.scalars(select(Order).order_by(Order.id)))


@pytest.mark.parametrize(("payment", "way"), [("card", "Pay ORD-"), ("cod", "Look at ORD-")])
def test_guest_is_led_to_the_order_of_this_browser(client: ShopClient, payment: str, way: str) -> None:
    guest = at_review(client, payment=payment)
    place(client, guest, key="a-key-of-the-first")
    [first] = placed()
    a_ready_buyer(payment=payment, visitor=guest)
    page = place(client, guest, key="a-key-of-the-second")
    assert page.status_code == 409
    assert REFUSED in words(page)
    assert way in words(page)
    link = f"/order/{first.token}/payment" if payment == "card" else f"/order/{first.token}"
    assert f'href="{link}"' in page.text
    assert len(placed()) == 1
    client.post(f"/order/{first.token}/cancellation", data={"reason": "Ordered twice"})
    assert place(client, guest, key="a-key-of-the-third").status_code == 303
    assert len(placed()) == 2


def test_orders_of_other_browsers_and_accounts_count_and_are_not_shown(client: ShopClient) -> None:
    others = an_order(visitor=a_guest())
    number, token = others.number, others.token
    page = place(client, at_review(client))
    assert (page.status_code, REFUSED in words(page)) == (409, True)
    assert number not in page.text
    assert token not in page.text
    assert "The mails about your orders lead to each of them." in words(page)


def test_customer_is_led_to_the_orders_of_their_account(client: ShopClient) -> None:
    user = a_user()
    here = signed_in_with_bag(client, user)
    a_ready_buyer(visitor=here)
    place(client, here, key="a-key-of-the-first")
    [first] = placed()
    a_ready_buyer(visitor=here)
    page = place(client, here, key="a-key-of-the-second")
    assert (page.status_code, f"Look at {first.number}" in words(page)) == (409, True)
    assert len(placed()) == 1


def test_guests_keep_where_they_order_from_and_customers_do_not(client: ShopClient, app: Any) -> None:
    set_value(UNPAID_ORDERS, 0)
    place(client, at_review(client))
    here = signed_in_with_bag(other := app.test_client(), a_user())
    a_ready_buyer(visitor=here)
    place(other, here)
    assert [order.placed_from for order in placed()] == ["127.0.0.1", None]


def test_many_guests_of_one_place_read_what_to_do(client: ShopClient) -> None:
    for number in range(4):
        guest = at_review(client)
        drafts.save_contact(guest, f"guest{number}@example.com", f"+91984500000{number}")
        db.session.commit()
        assert place(client, guest).status_code == 303
    page = place(client, at_review(client))
    assert page.status_code == 409
    assert "Log in to order now, or try again in an hour." in words(page)
