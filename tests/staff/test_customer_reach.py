"""A customer's e-mail and phone open the account, so not everybody who looks after customers changes them."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from shop.accounts.customers import services
from shop.accounts.models import Session, User
from shop.accounts.permissions import Permission as P
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.test_roles import a_role
from tests.api.asking import App
from tests.factories import PASSWORD, a_user, sign_in
from tests.notifications.letterbox import mails
from tests.staff.desk import as_role, words
from tests.storefront.people import fresh
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-14")
STOLEN = {"email": "clerk@example.com", "phone": ""}
ILA = {"first_name": "Ila", "last_name": "Bose", "email": "ila@example.com", "phone": ""}


@pytest.fixture
def ila(app: Flask) -> User:
    return a_user("ila@example.com", first_name="Ila", last_name="Bose")


@pytest.fixture
def clerk(client: ShopClient) -> ShopClient:
    """Somebody with the role that the shop's staff has."""
    return as_role(client, "staff")


def grow_old() -> None:
    db.session.execute(update(Session).values(password_confirmed_at=now() - timedelta(hours=1)))
    db.session.commit()


def test_a_clerk_changes_the_name_but_not_what_opens_the_account(clerk: ShopClient, ila: User) -> None:
    path = f"/staff/customers/{ila.id}/edit"
    assert clerk.get(path).text.count("readonly") == 2
    refused = clerk.post(path, data=ILA | STOLEN)
    assert (refused.status_code, "they open the account" in words(refused)) == (403, True)
    assert clerk.post(path, data=ILA | {"phone": "9845012345"}).status_code == 403
    assert clerk.post(path, data=ILA | {"first_name": "Ilina"}).status_code == 303
    person = fresh(ila.id)
    assert (person.first_name, person.email, person.phone) == ("Ilina", "ila@example.com", None)


def test_nor_does_a_clerks_app(client: FlaskClient, ila: User) -> None:
    app = App(client, a_user(role="staff"))
    for change in ({"email": "clerk@example.com"}, {"phone": "9845012345"}):
        assert app.send("PUT", f"/users/{ila.id}", change).status_code == 403
    assert app.send("PUT", f"/users/{ila.id}", {"first_name": "Ilina", "email": "ila@example.com"}).status_code == 200
    assert (fresh(ila.id).email, fresh(ila.id).phone) == ("ila@example.com", None)


def test_without_the_rule_a_clerk_would_take_the_account(
    clerk: ShopClient, ila: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the tests above."""
    monkeypatch.setattr(services, "_refuse_new_reach", lambda _by: None)
    clerk.post(f"/staff/customers/{ila.id}/edit", data=ILA | STOLEN)
    assert fresh(ila.id).email == "clerk@example.com"


def test_who_may_sign_in_as_a_customer_changes_it_and_the_old_address_is_told(client: ShopClient, ila: User) -> None:
    a_role("Help", frozenset({P.CUSTOMER_READ, P.CUSTOMER_UPDATE, P.CUSTOMER_HELP}))
    sign_in(client, a_user(role="help"))
    path = f"/staff/customers/{ila.id}/edit"
    assert "readonly" not in client.get(path).text
    assert client.post(path, data=ILA | {"email": "ila@example.org"}).status_code == 303
    assert fresh(ila.id).email == "ila@example.org"
    run_outbox()
    assert [mail["To"] for mail in mails("email_changed")] == ["ila@example.com"]


def test_a_recent_password_is_asked_and_what_was_typed_waits(client: ShopClient, ila: User) -> None:
    as_role(client)
    path = f"/staff/customers/{ila.id}/edit"
    grow_old()
    assert client.post(path, data=ILA | {"first_name": "Ilina"}).status_code == 303
    refused = client.post(path, data=ILA | {"email": "ila@example.org"})
    assert (refused.status_code, "Confirm it is you" in words(refused)) == (403, True)
    assert 'name="kept.email" value="ila@example.org"' in refused.text
    assert fresh(ila.id).email == "ila@example.com"
    client.post("/staff/confirm", data={"current_password": PASSWORD})
    assert client.post(path, data=ILA | {"email": "ila@example.org"}).status_code == 303


def test_an_old_token_is_told_to_confirm(client: FlaskClient, ila: User) -> None:
    app = App(client, a_user(role="owner"))
    grow_old()
    assert app.send("PUT", f"/users/{ila.id}", {"email": "ila@example.org"}).json["code"] == "confirm_password"
    assert app.send("PUT", f"/users/{ila.id}", {"first_name": "Ilina"}).status_code == 200
