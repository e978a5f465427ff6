"""An order for a customer who is on the phone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from shop.accounts.services.addresses import add_address
from shop.cart import services as cart_services
from shop.cart.models import CartLine
from shop.catalog.models import Variant
from shop.extensions import db
from shop.orders.models import Order
from shop.stock.models import StockLevel
from tests.checkout.buying import ADDRESS
from tests.factories import a_customer, a_user, a_variant
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import statements

pytestmark = pytest.mark.usefixtures("books_balance")

NEW = "/staff/orders/new"
TYPED = {"email": "ravi@example.com", "address": "new", "name": "Ravi Menon", "phone": "98450 54321", "house": "7",
         "street": "Residency Road", "postal_code": "560001", "payment": "cod"}  # fmt: skip


@pytest.fixture
def asha(app) -> int:
    user_id = a_user("asha@example.com").id
    db.session.commit()
    return user_id


def wanted(*variants: Variant, **changes: Any) -> dict[str, Any]:
    return TYPED | {"sku": [one.sku for one in variants], "quantity": ["1"] * len(variants)} | changes


def total_on(owner: ShopClient, asha: int, sent: dict[str, Any]) -> str:
    """The total the page shows, as it is sent along."""
    answer = owner.post(f"{NEW}/{asha}", data=sent | {"op": "price"})
    assert answer.status_code == 200, words(answer)
    return answer.text.split('name="seen" value="')[1].split('"')[0]


def orders() -> list[Order]:
    db.session.rollback()
    return list(db.session.scalars(select(Order).execution_options(populate_existing=True)))


@pytest.mark.covers("ORD-01", "ORD-04")
def test_what_was_worked_out_is_ordered_once_by_the_one_who_answered(owner: ShopClient, asha: int) -> None:
    sent = wanted(a_variant(price=100000), quantity=["2"])
    sent |= {"seen": total_on(owner, asha, sent), "key": "one"}
    for _ in range(2):
        assert owner.post(f"{NEW}/{asha}/order", data=sent).status_code == 303
    [order] = orders()
    assert (order.user_id, order.email, order.phone) == (asha, "ravi@example.com", "+919845054321")
    assert [(line.quantity, line.unit_price.minor) for line in order.lines] == [(2, 100000)]
    assert (order.history[0].actor_kind, order.history[0].actor) == ("staff", "Meera Nair")
    assert (order.address["state"], order.total.minor) == ("Karnataka", int(sent["seen"]))
    assert db.session.scalars(select(StockLevel)).one().reserved == 2
    assert f"/staff/orders/{order.number}" in owner.post(f"{NEW}/{asha}/order", data=sent).location


@pytest.mark.covers("ORD-01")
def test_the_customers_own_bag_stays_as_it_is(owner: ShopClient, asha: int) -> None:
    kept, phoned = a_variant(), a_variant()
    cart_services.add_line(a_customer(db.session.get_one(type(a_user()), asha)), kept.id, 3)
    db.session.commit()
    sent = wanted(phoned)
    owner.post(f"{NEW}/{asha}/order", data=sent | {"seen": total_on(owner, asha, sent), "key": "one"})
    assert len(orders()) == 1
    assert [line.quantity for line in db.session.scalars(select(CartLine))] == [3]


@pytest.mark.covers("PAY-02")
def test_an_order_with_a_link_waits_for_the_customers_payment(owner: ShopClient, asha: int) -> None:
    book = add_address(asha, ADDRESS | {"label": "Home"}).id
    db.session.commit()
    sent = wanted(a_variant(), payment="link", address=str(book))
    owner.post(f"{NEW}/{asha}/order", data=sent | {"seen": total_on(owner, asha, sent), "key": "one"})
    [order] = orders()
    assert order.waits_for_payment
    assert order.address["street"] == "Church Street"
    assert "mail to ravi@example.com" in flashed(owner)


@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize(("changes", "said"), [
    ({"sku": ["NO-SUCH"]}, "There is no such SKU."), ({"sku": [], "quantity": []}, "Choose at least one product."),
    ({"quantity": ["0"]}, "Choose a quantity from 1 to 100."), ({"quantity": ["٣"]}, "Choose a quantity"),
    ({"quantity": ["99"]}, "left"), ({"email": "nobody"}, "e-mail address"), ({"house": ""}, "house number"),
    ({"postal_code": "1"}, "1"), ({"sku": ["\0"]}, "Choose at least one product."),
])  # fmt: skip
def test_what_cannot_be_ordered_is_said_and_what_was_typed_stays(
    owner: ShopClient, asha: int, changes: dict[str, Any], said: str
) -> None:
    sent = wanted(a_variant(units=5)) | changes
    for path, more in ((f"{NEW}/{asha}", {"op": "price"}), (f"{NEW}/{asha}/order", {"seen": "1", "key": "k"})):
        answer = owner.post(path, data=sent | more)
        assert answer.status_code in {409, 422}
        assert "Residency Road" in answer.text
    assert said in words(owner.post(f"{NEW}/{asha}", data=sent | {"op": "price"}))
    assert orders() == []


@pytest.mark.covers("CRT-02")
def test_another_total_than_was_seen_orders_nothing(owner: ShopClient, asha: int) -> None:
    sent = wanted(a_variant())
    answer = owner.post(f"{NEW}/{asha}/order", data=sent | {"seen": "100", "key": "one"})
    assert answer.status_code == 409
    assert orders() == []
    assert db.session.scalars(select(StockLevel)).one().reserved == 0


def test_products_are_found_and_taken_into_the_order(owner: ShopClient, asha: int) -> None:
    variant = a_variant(name="Harbour tee")
    sku = variant.sku
    found = owner.post(f"{NEW}/{asha}", data=TYPED | {"find": "harbour", "op": "find"})
    assert "Harbour tee, Indigo, M" in words(found)
    added = owner.post(f"{NEW}/{asha}", data=TYPED | {"find": "harbour", "add": sku})
    assert f'name="sku" value="{sku}"' in added.text
    assert "Residency Road" in added.text


@pytest.mark.parametrize(("changes", "said"), [
    ({"email": "nobody"}, "Harbour tee, Indigo, M"), ({"quantity": ["99"]}, "Harbour tee, Indigo, M"),
    ({"quantity": ["0"]}, "Harbour tee, Indigo, MChoose a quantity from 1"),
    ({"sku": ["NO-SUCH"]}, "There is no such SKU."),
])  # fmt: skip
def test_a_refused_entry_still_says_which_product_each_line_is(
    owner: ShopClient, asha: int, changes: dict[str, Any], said: str
) -> None:
    sent = wanted(a_variant(name="Harbour tee", units=5)) | changes
    for path, more in ((f"{NEW}/{asha}", {"op": "price"}), (f"{NEW}/{asha}/order", {"seen": "1", "key": "k"})):
        answer = owner.post(path, data=sent | more)
        assert answer.status_code in {409, 422}
        assert f"<span>{said}" in answer.text.replace('<span class="data-table__sub">', "")


def test_a_product_that_was_added_says_what_it_is(owner: ShopClient, asha: int) -> None:
    sku = a_variant(name="Harbour tee").sku
    page = owner.post(f"{NEW}/{asha}", data=TYPED | {"add": sku})
    assert "<span>Harbour tee, Indigo, M</span>" in page.text


def test_the_customer_is_found_by_name_mail_or_phone(owner: ShopClient, asha: int) -> None:
    assert f"{NEW}/{asha}" in owner.get(f"{NEW}?q=asha").text
    assert "Nobody fits" in words(owner.get(f"{NEW}?q=zzzz"))
    assert owner.get(f"{NEW}/{asha}").status_code == 200
    assert owner.get(f"{NEW}/987654").status_code == 404


def test_more_lines_ask_the_database_no_more(owner: ShopClient, asha: int) -> None:
    one, many = wanted(a_variant()), wanted(*(a_variant() for _ in range(4)))
    total_on(owner, asha, one)
    with statements() as few:
        total_on(owner, asha, one)
    with statements() as more:
        total_on(owner, asha, many)
    assert len(more) == len(few)
