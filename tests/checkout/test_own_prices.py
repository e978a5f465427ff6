"""What a client says of prices, discounts, totals and currencies counts for nothing, or is refused (ORD-01)."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from tests.api.buying import Buyer
from tests.factories import a_variant
from tests.storefront.shoppers import at_review, place

PRICE = Money(149900)
OWN = {
    "price": "0.01", "unit_price": "0.01", "unit_price_seen": "1", "lines_total": "0.01", "discount": "1498.99",
    "delivery_charge": "-5.00", "payment_fee": "-5.00", "tax_added": "-5.00", "currency": "BDT",
}  # fmt: skip
pytestmark = pytest.mark.one_engine


def costs() -> list[tuple[Money, Money, Money, str]]:
    """Of every order what its one line cost, what went off, the total and the currency."""
    db.session.rollback()
    orders = db.session.scalars(select(Order)).all()
    return [(order.lines[0].unit_price, order.discount, order.total, order.currency) for order in orders]


@pytest.mark.covers("ORD-01")
def test_pages_take_no_price_from_who_buys(client: FlaskClient) -> None:
    variant_id = (variant := a_variant(price=PRICE.minor)).id
    guest = at_review(client, variant)
    client.post("/cart/lines", data=OWN | {"total": "0.01", "variant_id": variant_id})
    client.post("/checkout/payment", data=OWN | {"total": "0.01", "method": "cod"})
    assert place(client, guest, **OWN, total="0.01").status_code == 303
    assert costs() == [(PRICE, ZERO, PRICE + PRICE, "INR")]


@pytest.mark.covers("ORD-01")
def test_the_api_takes_no_price_from_an_app(client: FlaskClient) -> None:
    buyer = Buyer(client, a_variant(price=PRICE.minor))
    assert buyer.place(**OWN, total="0.01").status_code == 409
    assert buyer.place(**OWN).status_code == 201
    assert costs() == [(PRICE, ZERO, PRICE, "INR")]
