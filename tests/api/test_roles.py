"""Roles through the API."""

import pytest
from flask.testing import FlaskClient

from shop.accounts.queries import roles as role_queries
from shop.extensions import db
from tests.accounts.test_roles import a_role, role_named
from tests.api.asking import App
from tests.factories import a_user

ROLE = {"role_name": "Weekend desk", "description": "Sundays", "permissions": ["order:read", "stock:adjust"]}


@pytest.mark.covers("ACC-12", "API-01")
def test_role_is_made_read_changed_and_deleted(owner: App) -> None:
    made = owner.send("POST", "/roles/", ROLE)
    path = f"/roles/{made.json['id']}"
    assert made.status_code == 201
    assert made.json == {"id": made.json["id"], "built_in": False} | ROLE
    assert owner.get(path).json == made.json
    changed = owner.send("PUT", path, {"role_name": "Desk", "permissions": ["order:read"]})
    assert changed.json == made.json | {"role_name": "Desk", "permissions": ["order:read"]}
    assert [role["role_name"] for role in owner.get("/roles/").json][-1] == "Desk"
    assert owner.send("DELETE", path).json == {"deleted": True}
    assert owner.get(path).status_code == 404


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize(("change", "status"), [
    ({}, 400), ({"role_name": "Staff"}, 409), ({"role_name": ""}, 422), ({"permissions": ["all"]}, 422),
    ({"permissions": "order:read"}, 422), ({"built_in": False}, 422), ({"role_name": "!!"}, 422),
])  # fmt: skip
def test_role_that_cannot_be_is_refused(owner: App, change: dict[str, object], status: int) -> None:
    assert owner.send("PUT", f"/roles/{a_role().id}", change).status_code == status


@pytest.mark.covers("ACC-12")
def test_built_in_role_stays(owner: App) -> None:
    role = role_named("support")
    assert owner.send("DELETE", f"/roles/{role.id}").status_code == 409
    assert owner.send("PUT", f"/roles/{role.id}", {"role_name": "Helpers"}).status_code == 409


@pytest.mark.covers("ACC-12", "API-01")
def test_role_is_given_to_somebody_and_taken_back(owner: App) -> None:
    role, person = a_role(), a_user()
    path = f"/users/{person.id}/roles"
    given = owner.send("POST", path, {"role_id": str(role.id)})
    assert [one["role_name"] for one in given.json] == ["Till"]
    assert owner.get(path).json == given.json
    taken = owner.send("DELETE", f"{path}/{role.id}")
    assert (taken.status_code, owner.get(path).json) == (200, [])
    assert owner.send("DELETE", f"{path}/{role.id}").status_code == 404
    db.session.rollback()
    assert role_queries.permissions_of_person(person.id) == frozenset()


@pytest.mark.covers("ACC-12")
def test_last_owner_stays_owner(client: FlaskClient) -> None:
    me = a_user(role="owner")
    answer = App(client, me).send("DELETE", f"/users/{me.id}/roles/{role_named('owner').id}")
    assert answer.status_code == 409
    assert "last owner" in answer.json["detail"]
