"""The address book."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.models import Address, User
from shop.accounts.queries.addresses import defaults_of
from shop.accounts.services import addresses
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.orders.models import Order
from shop.store.settings import ADDRESSES_MOST
from tests.checkout.buying import ADDRESS, an_order_id
from tests.factories import a_user, a_variant
from tests.storefront.people import body, browser_of, session_id, signed_in
from tests.support.statements import BUDGET, statements

FORM = ADDRESS | {"label": "Home", "phone": "98450 12345", "street": "Pottery Road"}
BOOK = "/account/addresses"


def add(client: FlaskClient, **changes: Any) -> Any:
    return client.post(f"{BOOK}/new", data=FORM | changes)


def an_address(user: User, **changes: Any) -> Address:
    return addresses.add_address(user.id, FORM | {"phone": "+919845012345"} | changes)


def kept() -> list[Address]:
    db.session.rollback()
    return list(db.session.scalars(select(Address).order_by(Address.id).execution_options(populate_existing=True)))


@pytest.mark.covers("ACC-11")
def test_first_address_is_kept_and_comes_first(client: FlaskClient):
    user = signed_in(client)
    assert add(client).status_code == 303
    [address] = kept()
    assert (address.user_id, address.phone, address.country) == (user.id, "+919845012345", "IN")
    assert address.shipping_default_at
    assert address.billing_default_at
    assert "Pottery Road" in client.get(BOOK).text


@pytest.mark.covers("ACC-11")
def test_pincode_fills_city_and_state(client: FlaskClient):
    signed_in(client)
    add(client, city="", state="")
    [address] = kept()
    assert address.state == "Karnataka"
    assert address.city


@pytest.mark.covers("ACC-11")
def test_look_up_fills_the_form_and_saves_nothing(client: FlaskClient):
    signed_in(client)
    answer = add(client, lookup="1", city="", state="", street="")
    assert answer.status_code == 200
    assert 'selected value="Karnataka"' in answer.text
    assert kept() == []


@pytest.mark.covers("ACC-11")
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 121), ("phone", "12"), ("phone", ""), ("house", ""), ("street", " "),
     ("street", "x" * 161), ("postal_code", "999999"), ("postal_code", "०६०००१"), ("postal_code", "-1"),
     ("postal_code", ""), ("state", "Atlantis"), ("label", ""), ("landmark", "x" * 121)],
)  # fmt: skip
def test_bad_value_is_told_at_its_field_and_everything_typed_stays(client: FlaskClient, field: str, value: str):
    signed_in(client)
    answer = add(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("Pottery Road" in answer.text) == (field != "street")
    assert kept() == []


@pytest.mark.covers("ACC-11")
def test_address_is_changed_made_first_and_deleted(client: FlaskClient):
    user = signed_in(client)
    first, second = an_address(user), an_address(user, label="Work")
    client.post(f"{BOOK}/{second.id}", data=FORM | {"label": "Office", "street": "Brigade Road"})
    client.post(f"{BOOK}/{second.id}/default")
    assert client.get(BOOK).text.index("Brigade Road") < client.get(BOOK).text.index("Pottery Road")
    assert client.post(f"{BOOK}/{first.id}/removal").status_code == 303
    assert [address.label for address in kept()] == ["Office"]


def test_edit_page_shows_what_is_kept(client: FlaskClient):
    address = an_address(signed_in(client), label="Work")
    page = client.get(f"{BOOK}/{address.id}").text
    assert 'value="Work"' in page
    assert 'selected value="Karnataka"' in page


@pytest.mark.covers("ACC-11")
@pytest.mark.parametrize("verb", ["", "/default", "/removal"])
def test_address_of_someone_else_is_as_missing_as_one_that_never_was(client: FlaskClient, verb: str):
    theirs = an_address(a_user())
    signed_in(client)
    stranger, missing = (client.post(f"{BOOK}/{one}{verb}", data=FORM) for one in (theirs.id, 987654))
    assert stranger.status_code == 404
    assert body(stranger) == body(missing)
    assert kept()[0].label == "Home"


def test_address_of_someone_else_is_not_shown(client: FlaskClient):
    theirs = an_address(a_user(), street="Secret Lane")
    signed_in(client)
    stranger, missing = client.get(f"{BOOK}/{theirs.id}"), client.get(f"{BOOK}/987654")
    assert stranger.status_code == 404
    assert body(stranger) == body(missing)
    assert "Secret Lane" not in client.get(BOOK).text


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "१", "1e3", "1%00"])
def test_odd_numbers_are_no_addresses(client: FlaskClient, number: str):
    signed_in(client)
    assert client.get(f"{BOOK}/{number}").status_code == 404


def test_nobody_gives_an_address_to_someone_else(client: FlaskClient):
    other, user = a_user(), signed_in(client)
    add(client, user_id=other.id, country="XX", id="5")
    assert [(address.user_id, address.country) for address in kept()] == [(user.id, "IN")]


def test_full_book_says_so(client: FlaskClient):
    user = signed_in(client)
    for _ in range(ADDRESSES_MOST.default):
        an_address(user)
    answer = add(client)
    assert answer.status_code == 422
    assert "Delete one" in answer.text
    assert db.session.scalar(select(func.count(Address.id))) == ADDRESSES_MOST.default


def test_address_book_needs_a_login(client: FlaskClient):
    assert client.get(BOOK).location == "/login?next=/account/addresses"
    assert add(browser_of(client)).location == "/login?next=/"
    assert kept() == []


def test_full_book_costs_no_more_statements(client: FlaskClient):
    user = signed_in(client)
    for _ in range(ADDRESSES_MOST.default):
        an_address(user)
    with statements() as seen:
        client.get(BOOK)
    assert len(seen) <= BUDGET


@pytest.mark.covers("ACC-11")
def test_each_use_has_its_own_default(client: FlaskClient):
    user = signed_in(client)
    home, office = an_address(user), an_address(user, label="Office", street="Brigade Road", address_type="billing")
    client.post(f"{BOOK}/{office.id}/default", data={"type": "billing"})
    assert defaults_of(user.id) == {"shipping": home.id, "billing": office.id}
    text = client.get(BOOK).text
    assert "Default for shipping" in text
    assert "Default for billing" in text
    client.post(f"{BOOK}/{home.id}/default", data={"type": "billing"})
    assert defaults_of(user.id) == {"shipping": home.id, "billing": home.id}


@pytest.mark.covers("ACC-11")
def test_an_address_is_no_default_of_what_it_is_not_for(client: FlaskClient):
    user = signed_in(client)
    home, office = an_address(user), an_address(user, label="Office", address_type="billing")
    assert client.post(f"{BOOK}/{office.id}/default", data={"type": "shipping"}).status_code == 303
    assert defaults_of(user.id) == {"shipping": home.id, "billing": home.id}
    client.post(f"{BOOK}/{home.id}", data=FORM | {"address_type": "shipping"})
    assert defaults_of(user.id) == {"shipping": home.id}


@pytest.mark.covers("ACC-11")
def test_the_book_is_narrowed_to_a_use(client: FlaskClient):
    user = signed_in(client)
    an_address(user, street="Pottery Road")
    an_address(user, street="Brigade Road", address_type="billing")
    an_address(user, street="Temple Lane", address_type="shipping")
    for kind, hidden in (("shipping", "Brigade Road"), ("billing", "Temple Lane"), ("odd", "nothing")):
        text = client.get(f"{BOOK}?type={kind}").text
        streets = {street for street in ("Pottery Road", "Brigade Road", "Temple Lane") if street in text}
        assert streets == {"Pottery Road", "Brigade Road", "Temple Lane"} - {hidden}
    assert add(client, address_type="holiday").status_code == 422


@pytest.mark.covers("ACC-11")
def test_a_use_without_an_address_says_so(client: FlaskClient):
    an_address(signed_in(client), address_type="shipping")
    assert "No address for billing" in client.get(f"{BOOK}?type=billing").text


@pytest.mark.covers("ACC-11")
def test_the_checkout_offers_no_address_for_bills(client: FlaskClient):
    user = signed_in(client)
    an_address(user, street="Pottery Road")
    an_address(user, street="Brigade Road", address_type="billing")
    client.post("/cart/lines", data={"variant_id": a_variant().id, "quantity": "1"})
    client.post("/checkout/contact", data={"email": "asha@example.com", "phone": "9845012345"})
    text = client.get("/checkout/address").text
    assert "Pottery Road" in text
    assert "Brigade Road" not in text


@pytest.mark.covers("ACC-11", "ORD-03")
def test_an_order_keeps_its_address_whatever_becomes_of_the_book(client: FlaskClient):
    user = signed_in(client)
    home_id = an_address(user).id
    order_id = an_order_id(visitor=Visitor(session_id=session_id(client), user_id=user.id))
    before = dict(db.session.get_one(Order, order_id).address)
    client.post(f"{BOOK}/{home_id}", data=FORM | {"street": "Elsewhere", "name": "Somebody Else"})
    client.post(f"{BOOK}/{home_id}/removal")
    db.session.rollback()
    kept_on_order = db.session.get_one(Order, order_id, populate_existing=True).address
    assert (kept_on_order, kept()) == (before, [])


@pytest.mark.covers("ACC-11")
def test_every_post_office_of_a_pincode_is_offered(client: FlaskClient):
    signed_in(client)
    page = add(client, lookup="1", city="", state="").text
    fragment = client.get("/_f/pincode", query_string={"postal_code": ADDRESS["postal_code"]}).text
    offices = re.findall(r'<option value="([^"]+)"></option>', fragment)
    assert offices
    assert offices == re.findall(r'<option value="([^"]+)"></option>', page)
    told = client.get(f"/api/v1/address/{ADDRESS['postal_code']}").json
    assert set(offices) <= set(told["post_offices"])
