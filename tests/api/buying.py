"""Apps that are ready to order."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.accounts.models import User
from shop.accounts.services.addresses import add_address
from shop.accounts.visitor import Visitor
from shop.cart import services as cart_services
from shop.catalog.models import Variant
from shop.extensions import db
from shop.orders.models import Order
from tests.api.asking import App
from tests.checkout.buying import ADDRESS
from tests.factories import a_customer, a_user, a_variant

PLACE = "/orders/place-order"


class Buyer(App):
    """An app of a person with an address and something in the bag."""

    def __init__(self, client: FlaskClient, *variants: Variant, user: User | None = None, quantity: int = 1) -> None:
        self.user = user or a_user()
        self.address_id = add_address(self.user.id, ADDRESS | {"label": "Home"}).id
        self.visitor: Visitor = a_customer(self.user)
        self.fill(*variants, quantity=quantity)
        super().__init__(client, self.user)

    def fill(self, *variants: Variant, quantity: int = 1) -> None:
        """Put these, or something, into the bag."""
        for variant in variants or (a_variant(),):
            cart_services.add_line(self.visitor, variant.id, quantity)
        db.session.commit()

    def place(self, key: str | None = None, **changes: Any) -> TestResponse:
        """Order what the bag holds, cash on delivery unless told."""
        asked = {"address_id": self.address_id, "payment_type_id": "cod"} | changes
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api/v1{PLACE}", query_string=asked, headers=headers)


def orders() -> list[Order]:
    """Every order there is."""
    db.session.rollback()
    return list(db.session.scalars(select(Order).order_by(Order.id).execution_options(populate_existing=True)))
