"""Somebody of the team signs in as a customer to help, and can do no harm in their name."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update

from shop.accounts.customers.models import SupportVisit
from shop.accounts.customers.support import LIFE
from shop.accounts.models import Session, User, UserRole
from shop.accounts.permissions import Permission
from shop.accounts.services.roles import give_role
from shop.accounts.visits import COOKIE_KEY
from shop.cart.models import CartLine
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import AuditEntry
from shop.orders.models import Order
from shop.storefront import support as door
from tests.accounts.test_roles import a_role
from tests.checkout.buying import a_ready_buyer, an_order
from tests.factories import a_customer, a_user, a_variant, sign_in
from tests.matrix.routes import filled, routes
from tests.staff.desk import as_role, flashed, words
from tests.storefront.people import fresh, use_token_of
from tests.support.shops import ShopClient

REASON = "Cannot find the sale"
BANNER = "You are signed in as Ila Rao"


@pytest.fixture
def ila(app: Flask) -> User:
    return a_user("ila@example.com", first_name="Ila")


@pytest.fixture
def helper(client: ShopClient, ila: User) -> ShopClient:
    """The owner, signed in as Ila."""
    as_role(client)
    assert begin(client, ila).location == "/account"
    use_token_of(client)
    return client


def begin(client: ShopClient, person: User, reason: str = REASON) -> Any:
    return client.post(f"/staff/customers/{person.id}/visits", data={"reason": reason})


def sid(client: ShopClient) -> str:
    with client.session_transaction() as cookie:
        return str(cookie[COOKIE_KEY])


@pytest.mark.covers("ACC-14")
def test_helper_sees_what_the_customer_sees_under_a_banner(helper: ShopClient, ila: User) -> None:
    number = an_order(a_variant(), visitor=a_customer(ila)).number
    for path in ("/account", "/account/orders", f"/account/orders/{number}", "/", "/cart", "/account/addresses"):
        assert BANNER in words(helper.get(path)), path
    assert number in helper.get("/account/orders").text
    desk = helper.get("/staff")
    assert desk.status_code == 403
    assert "choose Stop helping" in words(desk)


@pytest.mark.covers("ACC-14")
def test_helper_fills_the_customers_bag_and_wishlist(helper: ShopClient, ila: User) -> None:
    variant = a_variant()
    assert helper.post("/cart/lines", data={"variant_id": variant.id, "quantity": "1"}).status_code == 303
    assert helper.post("/wishlist/items", data={"product_id": variant.product_id, "on": "1"}).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(CartLine.variant_id)).one() == variant.id
    theirs = helper.application.test_client()
    sign_in(theirs, ila)
    assert variant.product.name in theirs.get("/cart").text


@pytest.mark.covers("ACC-14")
def test_end_brings_the_helpers_own_visit_back_untouched(client: ShopClient, ila: User) -> None:
    as_role(client)
    mine = sid(client)
    begin(client, ila)
    token = use_token_of(client)
    theirs = sid(client)
    assert client.post("/support-visit/end").location == f"/staff/customers/{ila.id}"
    assert (sid(client), theirs == mine) == (mine, False)
    assert token
    page = words(client.get(f"/staff/customers/{ila.id}"))
    assert (REASON in page, "Meera Nair" in page, BANNER in page) == (True, True, False)
    assert db.session.get_one(Session, mine).ended_at is None
    assert db.session.get_one(Session, theirs).ended_at is not None


@pytest.mark.covers("ACC-14", "OPS-03")
def test_visit_is_written_down_with_its_reason(helper: ShopClient, ila: User) -> None:
    visit = db.session.scalars(select(SupportVisit)).one()
    assert (visit.user_id, visit.reason, visit.ends_at - visit.started_at < LIFE + timedelta(1)) == (
        ila.id,
        REASON,
        True,
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.table_name == "support_visit")).one()
    assert (entry.user_id, entry.person_id, entry.actor_kind) == (visit.helper_id, ila.id, "staff")
    assert REASON not in str(entry.after)


@pytest.mark.covers("ACC-14")
def test_no_reason_no_help(client: ShopClient, ila: User) -> None:
    as_role(client)
    assert begin(client, ila, " ").status_code == 422
    assert db.session.scalars(select(SupportVisit)).all() == []


def refused(client: ShopClient) -> list[str]:
    """What of everything that writes is not refused, but for the list."""
    found = []
    for method, rule in routes(client.application):
        blueprint = rule.endpoint.partition(".")[0]
        if method == "GET" or blueprint in door.HELPED or rule.rule.startswith("/api/"):
            continue
        values = dict.fromkeys(rule.arguments, "1")
        if client.open(filled(rule.rule, values), method=method).status_code != 403:
            found.append(f"{method} {rule.rule}")
    return found


@pytest.mark.covers("ACC-14")
def test_everything_that_is_not_help_is_refused(helper: ShopClient) -> None:
    assert refused(helper) == []


@pytest.mark.covers("ACC-14")
def test_the_list_is_what_refuses(helper: ShopClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(door, "_is_help", lambda: True)
    assert {"POST /checkout/review", "POST /account/password", "POST /account/profile"} <= set(refused(helper))


@pytest.mark.covers("ACC-14")
def test_helper_places_no_order_and_pays_nothing(helper: ShopClient, ila: User) -> None:
    a_ready_buyer(visitor=a_customer(ila))
    unpaid = an_order(a_variant(), visitor=a_customer(ila), payment="card")
    orders, token = db.session.query(Order).count(), unpaid.token
    body = {"key": "a-key-of-this-page-1", "seen_total": "149900"}
    assert helper.post("/checkout/review", data=body).status_code == 403
    assert helper.post(f"/order/{token}/payment", data={"method": "card"}).status_code == 403
    assert helper.get(f"/order/{token}/payment").status_code == 403
    db.session.rollback()
    assert db.session.query(Order).count() == orders


@pytest.mark.covers("ACC-14", "ACC-15")
def test_no_token_comes_of_it(helper: ShopClient) -> None:
    assert helper.post("/api/v1/auth/token/refresh").status_code in {400, 401, 422}
    assert helper.get("/api/v1/users/profile").status_code == 401
    body = {"address_id": "1"}
    assert helper.post("/api/v1/orders/place-order", json=body).status_code == 401


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize("path", ["/account/two-factor", "/account/data", "/account/deletion"])
def test_what_opens_the_account_or_takes_it_away_is_not_even_shown(helper: ShopClient, path: str) -> None:
    assert helper.get(path).status_code == 403


@pytest.mark.covers("ACC-14")
def test_nobody_signs_in_as_somebody_of_the_team(client: ShopClient) -> None:
    as_role(client)
    member = a_user(role="support")
    mine = sid(client)
    begin(client, member)
    assert "works here" in flashed(client)
    assert sid(client) == mine


@pytest.mark.covers("ACC-14")
def test_nobody_signs_in_as_who_is_not_let_in(client: ShopClient) -> None:
    as_role(client)
    begin(client, a_user(status="inactive"))
    assert "not active" in flashed(client)


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize(
    "end", ["30 minutes", "their login", "their role", "the customer's account", "a role for the customer"]
)
def test_help_ends_with(client: ShopClient, ila: User, end: str) -> None:
    a_role("Desk", frozenset({Permission.CUSTOMER_READ, Permission.CUSTOMER_HELP}))
    clerk = a_user(role="desk")
    sign_in(client, clerk)
    mine = sid(client)
    begin(client, ila)
    assert BANNER in words(client.get("/account"))
    later = timedelta()
    if end == "30 minutes":
        later = LIFE + timedelta(seconds=1)
    elif end == "their login":
        db.session.execute(update(Session).where(Session.id == mine).values(ended_at=now()))
    elif end == "their role":
        db.session.execute(delete(UserRole).where(UserRole.user_id == clerk.id))
    elif end == "the customer's account":
        fresh(ila.id).status = "inactive"
    else:
        give_role(fresh(ila.id), "support")
    db.session.commit()
    with time_machine.travel(now() + later):
        answer = client.post("/cart/lines", data={"variant_id": "1"})
        assert (answer.status_code, BANNER in client.get("/").text) == (303, False)
        assert sid(client) == mine
    assert db.session.query(CartLine).count() == 0


@pytest.mark.covers("ACC-14")
def test_customer_sees_and_ends_the_visit(helper: ShopClient, ila: User) -> None:
    theirs = helper.application.test_client()
    sign_in(theirs, ila)
    assert "Support from the shop" in words(theirs.get("/account/sessions"))
    theirs.post("/account/sessions/others/removal")
    assert helper.get("/account").location == "/staff/customers"
