"""Somebody of the team lost phone and recovery codes: who may, switches two-factor sign-in off for them."""

import pytest

from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries.two_factor import is_on
from shop.accounts.services import tokens
from shop.extensions import db
from shop.lib.models import AuditEntry
from tests.accounts.authenticator import with_app
from tests.api.signing_in import works
from tests.factories import a_user, sign_in
from tests.matrix.people import holding
from tests.notifications.letterbox import mail
from tests.notifications.letterbox import text as said
from tests.staff.desk import as_role, flashed, words
from tests.storefront.people import fresh, log_in
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-13", "ACC-12")


@pytest.fixture
def ravi(client: ShopClient) -> User:
    user = a_user("ravi@example.com", role="staff", first_name="Ravi")
    with_app(user)
    return user


def page_of(user: User) -> str:
    return f"/staff/team/{user.id}"


def is_still_on(user: User) -> bool:
    return is_on(fresh(user.id).id)


def test_owner_switches_it_off_for_a_member(client: ShopClient, ravi: User) -> None:
    token = tokens.issue(ravi.id, None, "tests", remember=True).access_token
    owner = as_role(client)
    assert "Switch it off for them" in words(owner.get(page_of(ravi)))
    assert owner.post(f"{page_of(ravi)}/two-factor/removal").location == page_of(ravi)
    assert "told by mail" in flashed(owner)
    assert not is_still_on(ravi)
    assert not works(client, token)
    assert log_in(client.application.test_client(), "ravi@example.com").location == "/staff"


def test_member_is_told_and_the_log_says_who_did_it(client: ShopClient, ravi: User) -> None:
    owner = as_role(client)
    owner.post(f"{page_of(ravi)}/two-factor/removal")
    run_outbox()
    assert "somebody of our team" in said(mail("two_factor_off"))
    entry = db.session.query(AuditEntry).filter_by(table_name="two_factor", action="delete").one()
    assert entry.user_id == db.session.query(User.id).filter_by(first_name="Meera").scalar()


def test_nobody_does_it_to_themselves(client: ShopClient) -> None:
    owner = a_user(role="owner")
    with_app(owner)
    sign_in(client, owner)
    client.post(f"{page_of(owner)}/two-factor/removal")
    assert "Switch off your own" in flashed(client)
    assert is_still_on(owner)


def test_nobody_does_it_to_somebody_who_may_more(client: ShopClient) -> None:
    owner = a_user(role="owner")
    with_app(owner)
    helper, _visitor = holding({Permission.TWO_FACTOR_RESET, Permission.TEAM_READ}, "helper")
    sign_in(client, helper)
    assert "Switch it off for them" not in words(client.get(page_of(owner)))
    client.post(f"{page_of(owner)}/two-factor/removal")
    assert is_still_on(owner)


def test_customer_is_no_member(client: ShopClient) -> None:
    customer = a_user()
    with_app(customer)
    assert as_role(client).post(f"{page_of(customer)}/two-factor/removal").status_code == 404
    assert is_still_on(customer)


def test_customer_is_helped_on_the_customers_page(client: ShopClient) -> None:
    customer = a_user("asha@example.com")
    with_app(customer)
    owner = as_role(client)
    page = f"/staff/customers/{customer.id}"
    assert "Switch off two-factor sign-in" in words(owner.get(page))
    assert owner.post(f"{page}/two-factor/removal").location == page
    assert not is_still_on(customer)
    assert "Switch off two-factor sign-in" not in words(owner.get(page))
    run_outbox()
    assert "somebody of our team" in said(mail("two_factor_off"))


def test_member_is_not_helped_as_a_customer(client: ShopClient, ravi: User) -> None:
    as_role(client).post(f"/staff/customers/{ravi.id}/two-factor/removal")
    assert is_still_on(ravi)
