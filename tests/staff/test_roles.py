"""The owner's pages of roles."""

import pytest
from sqlalchemy import select

from shop.accounts.models import Role, User
from shop.accounts.permissions import OWNER, STAFF, Permission
from shop.accounts.queries import roles as role_queries
from shop.extensions import db
from tests.accounts.test_roles import a_role, role_named
from tests.factories import a_user, sign_in
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

ROLES = "/staff/roles"


def allowed(role_id: int) -> frozenset[str]:
    db.session.rollback()
    return role_queries.permissions_by_role(role_id)[role_id]


@pytest.mark.covers("ACC-12")
def test_all_roles_stand_beside_all_permissions(owner: ShopClient) -> None:
    a_role()
    with statements() as seen:
        page = owner.get(ROLES)
    assert len(seen) <= BUDGET
    for word in ("Till", "At the counter", "Owner", "Customer", "Order: cancel", "Cancel orders"):
        assert word in words(page)


@pytest.mark.covers("ACC-12")
def test_owner_makes_a_role(owner: ShopClient) -> None:
    ticks = ["order:read", "stock:adjust"]
    answer = owner.post(f"{ROLES}/new", data={"label": "Weekend desk", "permissions": ticks})
    role = role_named("weekend-desk")
    assert answer.location == f"{ROLES}/{role.id}"
    assert allowed(role.id) == set(ticks)


@pytest.mark.covers("ACC-12")
def test_refused_role_keeps_what_was_entered(owner: ShopClient) -> None:
    values = {"label": "Staff", "description": "Sundays", "permissions": ["order:read"]}
    answer = owner.post(f"{ROLES}/new", data=values)
    assert answer.status_code == 409
    assert "There is a role with this name already" in words(answer)
    assert 'value="Sundays"' in answer.text
    assert answer.text.count(" checked") == 1
    assert owner.post(f"{ROLES}/new", data=values | {"label": " "}).status_code == 422


@pytest.mark.covers("ACC-12")
def test_ticks_that_are_missing_are_taken_away(owner: ShopClient) -> None:
    role = a_role()
    owner.post(f"{ROLES}/{role.id}", data={"label": "Till", "permissions": ["mail:read"]})
    assert allowed(role.id) == {"mail:read"}
    owner.post(f"{ROLES}/{role.id}", data={"label": "Counter"})
    assert allowed(role.id) == frozenset()
    assert role_named("counter").id == role.id


@pytest.mark.covers("ACC-12")
def test_built_in_role_takes_other_ticks_but_keeps_its_name(owner: ShopClient) -> None:
    role = role_named(STAFF)
    answer = owner.post(f"{ROLES}/{role.id}", data={"label": "Crew", "permissions": ["order:read"]})
    assert answer.status_code == 409
    owner.post(f"{ROLES}/{role.id}", data={"label": role.label, "permissions": ["order:read"]})
    assert allowed(role.id) == {"order:read"}


@pytest.mark.covers("ACC-12")
def test_role_is_given_and_taken_back_and_both_hold_at_the_next_click(owner: ShopClient) -> None:
    role, person = a_role(), a_user("ravi@example.com", first_name="Ravi")
    theirs = owner.application.test_client()
    sign_in(theirs, person)
    assert theirs.get("/staff/orders").status_code == 403
    owner.post(f"{ROLES}/{role.id}/people", data={"identifier": " RAVI@example.com "})
    assert theirs.get("/staff/orders").status_code == 200
    assert "Ravi Rao" in words(owner.get(f"{ROLES}/{role.id}"))
    owner.post(f"{ROLES}/{role.id}/people/{person.id}/removal")
    assert theirs.get("/staff/orders").status_code == 403


@pytest.mark.parametrize("typed", ["nobody@example.com", "", "☃", "x" * 400])
def test_role_given_to_nobody_says_so(owner: ShopClient, typed: str) -> None:
    answer = owner.post(f"{ROLES}/{a_role().id}/people", data={"identifier": typed})
    assert answer.status_code == 422
    assert "error" in answer.text


@pytest.mark.covers("ACC-12")
def test_role_somebody_has_is_not_deleted(owner: ShopClient) -> None:
    role = a_role()
    owner.post(f"{ROLES}/{role.id}/people", data={"identifier": a_user("ravi@example.com").email})
    owner.post(f"{ROLES}/{role.id}/removal")
    assert "Asha Rao has this role" in flashed(owner)
    assert db.session.get(Role, role.id)


@pytest.mark.covers("ACC-12")
def test_last_owner_cannot_lock_themselves_out(owner: ShopClient) -> None:
    role = role_named(OWNER)
    me = db.session.scalars(select(User.id).where(User.first_name == "Meera")).one()
    owner.post(f"{ROLES}/{role.id}/people/{me}/removal")
    assert "the last owner" in flashed(owner)
    assert owner.get(ROLES).status_code == 200


@pytest.mark.covers("ACC-12")
def test_who_manages_roles_cannot_make_themselves_more(client: ShopClient) -> None:
    manager = a_role("Manager", frozenset({Permission.ROLE_UPDATE, Permission.ORDER_READ}))
    sign_in(client, me := a_user("me@example.com", role="manager"))
    page = client.get(f"{ROLES}/{role_named(STAFF).id}")
    assert page.text.count(" disabled") == len(Permission) - 2
    client.post(f"{ROLES}/{role_named(OWNER).id}/people", data={"identifier": me.email})
    kept = allowed(role_named(STAFF).id)
    client.post(f"{ROLES}/{role_named(STAFF).id}", data={"label": "Staff", "permissions": []})
    assert allowed(role_named(STAFF).id) == kept - {"order:read"}
    client.post(f"{ROLES}/{manager.id}", data={"label": "Manager", "permissions": [*Permission]})
    assert allowed(manager.id) == {"role:update", "order:read"}
