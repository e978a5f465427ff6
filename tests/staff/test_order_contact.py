"""What an order's page says of how its buyer is reached."""

import pytest

from shop.extensions import db
from shop.orders.models import Order
from tests.checkout.test_proven_phone import PHONE, an_order_by_card
from tests.staff.desk import words
from tests.support.shops import ShopClient


@pytest.mark.covers("PAY-01")
@pytest.mark.parametrize("proven", [PHONE, None])
def test_owner_sees_beside_the_phone_that_it_was_confirmed(owner: ShopClient, proven: str | None) -> None:
    order = db.session.get_one(Order, an_order_by_card(proven))
    page = words(owner.get(f"/staff/orders/{order.number}"))
    assert ("+91 98450 12345 Confirmed by code" in page) == bool(proven)
