"""Roles through the API."""

import pytest
from flask.testing import FlaskClient

from shop.accounts.queries import roles as role_queries
from shop.extensions import db
from tests.accounts.test_roles import a_role, role_named
from tests.api.asking import App
from tests.factories import a_user

ROLE = {"role_name": "Weekend desk", "description": "Sundays", "permissions": ["order:read", "stock:adjust"]}


def owner(client: FlaskClient) -> App:
    return App(client, a_user(role="owner"))


@pytest.mark.covers("ACC-12", "API-01")
def test_role_is_made_read_changed_and_deleted(client: FlaskClient) -> None:
    app = owner(client)
    made = app.send("POST", "/roles/", ROLE)
    path = f"/roles/{made.json['id']}"
    assert made.status_code == 201
    assert made.json == {"id": made.json["id"], "built_in": False} | ROLE
    assert app.get(path).json == made.json
    changed = app.send("PUT", path, {"role_name": "Desk", "permissions": ["order:read"]})
    assert changed.json == made.json | {"role_name": "Desk", "permissions": ["order:read"]}
    assert [role["role_name"] for role in app.get("/roles/").json][-1] == "Desk"
    assert app.send("DELETE", path).json == {"deleted": True}
    assert app.get(path).status_code == 404


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize(("change", "status"), [
    ({}, 400), ({"role_name": "Staff"}, 409), ({"role_name": ""}, 422), ({"permissions": ["all"]}, 422),
    ({"permissions": "order:read"}, 422), ({"built_in": False}, 422), ({"role_name": "!!"}, 422),
])  # fmt: skip
def test_role_that_cannot_be_is_refused(client: FlaskClient, change: dict[str, object], status: int) -> None:
    assert owner(client).send("PUT", f"/roles/{a_role().id}", change).status_code == status


@pytest.mark.covers("ACC-12")
def test_built_in_role_stays(client: FlaskClient) -> None:
    app, role = owner(client), role_named("support")
    assert app.send("DELETE", f"/roles/{role.id}").status_code == 409
    assert app.send("PUT", f"/roles/{role.id}", {"role_name": "Helpers"}).status_code == 409


@pytest.mark.covers("ACC-12", "API-01")
def test_role_is_given_to_somebody_and_taken_back(client: FlaskClient) -> None:
    app, role, person = owner(client), a_role(), a_user()
    path = f"/users/{person.id}/roles"
    given = app.send("POST", path, {"role_id": str(role.id)})
    assert [one["role_name"] for one in given.json] == ["Till"]
    assert app.get(path).json == given.json
    taken = app.send("DELETE", f"{path}/{role.id}")
    assert (taken.status_code, app.get(path).json) == (200, [])
    assert app.send("DELETE", f"{path}/{role.id}").status_code == 404
    db.session.rollback()
    assert role_queries.permissions_of_person(person.id) == frozenset()


@pytest.mark.covers("ACC-12")
def test_last_owner_stays_owner(client: FlaskClient) -> None:
    me = a_user(role="owner")
    answer = App(client, me).send("DELETE", f"/users/{me.id}/roles/{role_named('owner').id}")
    assert answer.status_code == 409
    assert "last owner" in answer.json["detail"]
