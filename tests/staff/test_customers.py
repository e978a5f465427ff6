"""The customers as the owner sees them."""

import pytest
from sqlalchemy import update

from shop.extensions import db
from shop.orders.models import Order
from tests.checkout.buying import an_order
from tests.factories import a_customer, a_user, a_variant
from tests.staff.desk import as_role, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def a_spender(name: str, *prices: int) -> int:
    """A customer with an order for each price; returns their id."""
    user = a_user(first_name=name, last_name="Bose")
    visitor = a_customer(user)
    for price in prices:
        order = an_order(a_variant(price=price), visitor=visitor)
        db.session.execute(update(Order).where(Order.id == order.id).values(user_id=visitor.user_id))
    return visitor.user_id or 0


@pytest.fixture
def owner(client: ShopClient) -> ShopClient:
    return as_role(client)


@pytest.mark.covers("ACC-14")
def test_customers_are_listed_with_orders_and_spend(owner: ShopClient) -> None:
    a_spender("Ila", 200000, 300000)
    page = words(owner.get("/staff/customers"))
    assert "Ila Bose" in page
    assert "2 ₹5,000" in page
    assert "Meera Nair" not in page


@pytest.mark.covers("ACC-14")
def test_customers_are_found_and_sorted(owner: ShopClient) -> None:
    a_spender("Ila", 200000)
    a_spender("Zoya", 900000)
    page = words(owner.get("/staff/customers?sort=spent"))
    assert page.index("Zoya") < page.index("Ila")
    found = words(owner.get("/staff/customers?q=ILA"))
    assert "Ila" in found
    assert "Zoya" not in found
    assert "Nobody fits" in words(owner.get("/staff/customers?q=%25"))


@pytest.mark.covers("ACC-14")
def test_a_customers_page_has_their_orders(owner: ShopClient) -> None:
    user_id = a_spender("Ila", 200000)
    number = db.session.query(Order).filter_by(user_id=user_id).one().number
    page = words(owner.get(f"/staff/customers/{user_id}"))
    assert number in page
    assert "Spent ₹2,000" in page


def test_the_list_costs_the_same_for_many_customers(owner: ShopClient) -> None:
    first, *_others = [a_spender(name, 200000) for name in ("Ila", "Zoya", "Devi")]
    for url in ("/staff/customers?sort=orders", f"/staff/customers/{first}"):
        with statements() as seen:
            assert owner.get(url).status_code == 200
        assert len(seen) <= BUDGET
