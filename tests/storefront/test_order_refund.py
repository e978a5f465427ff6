"""Where the money of a refund of cash goes, asked behind the order's link."""

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments import refunds
from shop.payments.cash import record_cash
from shop.payments.models import Refund
from shop.payments.refunds import Wanted
from tests.checkout.buying import an_order_id
from tests.staff.desk import words
from tests.support.shops import ShopClient

BANK = {"name": "Asha Rao", "account": "1234 5678 9012", "branch": "hdfc0001234"}


@pytest.fixture
def page(client: ShopClient) -> str:
    """The address of the page that asks."""
    order_id = an_order_id()
    db.session.rollback()
    with unit_of_work():
        order = db.session.get_one(Order, order_id)
        record_cash(order, order.total, SYSTEM)
        (refund,) = refunds.refund(order, Wanted("Faded", amount=Money(10000)), SYSTEM)
        return f"/order/{order.token}/refunds/{refund.id}"


def shown() -> str | None:
    db.session.rollback()
    return db.session.scalars(select(Refund)).one().payee_shown


@pytest.mark.covers("PAY-05")
@pytest.mark.parametrize(
    ("typed", "kept"), [({"upi_id": "asha.rao@okaxis"}, "as····@okaxis"), (BANK, "Account ···· 9012")]
)
def test_a_buyer_names_an_account_once(client: ShopClient, page: str, typed: dict[str, str], kept: str) -> None:
    order_page = page.partition("/refunds")[0]
    assert "tell us where it goes" in words(client.get(order_page))
    assert "Where shall ₹100 go?" in words(client.get(page))
    assert client.post(page, data=typed).status_code == 303
    assert shown() == kept
    told = words(client.get(order_page))
    assert kept in told
    assert "123456789012" not in told
    client.post(page, data={"upi_id": "thief@okaxis"})
    assert shown() == kept
    assert client.get(page).status_code == 303


@pytest.mark.covers("PAY-04")
@pytest.mark.parametrize(
    "typed", [{}, {"upi_id": "asha"}, BANK | {"branch": "HDFC"}, BANK | {"account": "12"}, BANK | {"name": ""},
              BANK | {"upi_id": "asha@okaxis"}],
)  # fmt: skip
def test_an_account_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    client: ShopClient, page: str, typed: dict[str, str]
) -> None:
    refused = client.post(page, data=typed)
    assert refused.status_code == 422
    assert all(value in refused.text for name, value in typed.items() if name in {"name", "upi_id"})
    assert ("Enter a UPI ID, or the bank account below." in refused.text) == (not typed)
    assert shown() is None


def test_another_orders_link_opens_nothing(client: ShopClient, page: str) -> None:
    other = db.session.get_one(Order, an_order_id()).token
    db.session.rollback()
    assert client.get(f"/order/{other}/refunds/{page.rpartition('/')[2]}").status_code == 404
