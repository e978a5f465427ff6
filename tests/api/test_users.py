"""Customers through the API."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from shop.accounts.models import UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.services.passwords import is_right
from shop.lib.clock import now
from tests.accounts.test_roles import a_role, role_named
from tests.api.asking import App
from tests.checkout.buying import an_order_id
from tests.factories import a_customer, a_user
from tests.storefront.people import NEW_PASSWORD, fresh

ILA = {"first_name": "Ila", "last_name": "Bose", "email": "ila@example.com", "phone": "9845012345"}


def names(app: App, **query: str) -> list[str]:
    return [one["first_name"] for one in app.get("/users/", **query).json]


@pytest.mark.covers("ACC-14", "API-01")
def test_customer_is_added_read_and_changed(owner: App) -> None:
    made = owner.send("POST", "/users/", ILA | {"gender": "female", "date_of_birth": "1991-05-17"})
    path = f"/users/{made.json['id']}"
    assert is_right(made.json["password"], fresh(int(made.json["id"])).password_hash)
    assert owner.get(path).json == {name: value for name, value in made.json.items() if name != "password"}
    assert (made.json["phone_no"], made.json["gender"], made.json["spent"]) == ("9845012345", "female", "0.00")
    changed = owner.send("PUT", path, {"first_name": "Ilina", "phone": None, "gender": None}).json
    assert (changed["first_name"], changed["phone"], changed["gender"]) == ("Ilina", None, None)
    assert changed["date_of_birth"] == "1991-05-17"
    assert owner.send("PUT", path, {}).status_code == 400
    assert owner.send("POST", "/users/", ILA | {"password": NEW_PASSWORD}).status_code == 409
    assert owner.send("POST", "/users/", {"first_name": "Ila"}).status_code == 422


@pytest.mark.covers("ACC-10", "API-01")
@pytest.mark.parametrize("status", ["inactive", "2", "blocked", 3])
def test_status_is_set_by_name_or_number(owner: App, status: object) -> None:
    person = a_user("ila@example.com")
    app = App(owner.client, person)
    changed = owner.send("PUT", f"/users/{person.id}", {"user_status_id": status}).json
    assert (changed["user_status_id"] in {"inactive", "blocked"}, changed["is_active"]) == (True, False)
    assert app.get("/users/profile").status_code == 401
    assert owner.send("PUT", f"/users/{person.id}", {"user_status_id": "active"}).json["is_active"]
    assert owner.send("PUT", f"/users/{person.id}", {"user_status_id": "gone"}).status_code == 422


@pytest.mark.covers("ACC-10", "API-01")
def test_customer_is_deactivated_and_activated(owner: App) -> None:
    person = a_user("ila@example.com")
    assert owner.send("POST", f"/users/{person.id}/deactivate").json["user_status_id"] == "inactive"
    assert not fresh(person.id).is_active
    assert owner.send("POST", f"/users/{person.id}/activate").json["is_active"]


@pytest.mark.covers("ACC-10", "API-01")
def test_customer_is_deleted_for_good(owner: App) -> None:
    person = a_user("ila@example.com", first_name="Ila")
    assert owner.send("DELETE", f"/users/{person.id}").json == {"deleted": True}
    assert owner.get(f"/users/{person.id}").status_code == 404
    assert owner.send("DELETE", f"/users/{person.id}").status_code == 404
    assert names(owner) == ["Meera"]
    assert fresh(person.id).first_name != "Ila"
    busy = a_customer()
    an_order_id(visitor=busy)
    answer = owner.send("DELETE", f"/users/{busy.user_id}")
    assert (answer.status_code, "still open" in answer.json["detail"]) == (409, True)
    assert owner.send("DELETE", f"/users/{a_user(role='staff').id}").status_code == 409


@pytest.mark.covers("ACC-10")
def test_who_may_change_customers_may_not_deactivate_them(client: FlaskClient) -> None:
    a_role("Desk", frozenset({Permission.CUSTOMER_READ, Permission.CUSTOMER_UPDATE}))
    clerk, person = App(client, a_user(role="desk")), a_user()
    for body in ({"user_status_id": "inactive"}, {"is_active": False}, {"first_name": "X", "is_active": False}):
        assert clerk.send("PUT", f"/users/{person.id}", body).status_code == 403
    assert (fresh(person.id).is_active, fresh(person.id).first_name) == (True, "Asha")
    assert clerk.send("PUT", f"/users/{person.id}", {"first_name": "Ashima"}).status_code == 200


@pytest.mark.covers("ACC-14")
def test_people_are_listed_by_filters_and_order(owner: App) -> None:
    a_user(first_name="Zoya", gender="female", created_at=now() - timedelta(days=1))
    a_user(first_name="Devi", role="customer", status=UserStatus.INACTIVE, email_verified_at=now())
    assert names(owner) == ["Devi", "Meera", "Zoya"]
    assert names(owner, sort="name") == ["Devi", "Meera", "Zoya"]
    assert names(owner, sort="oldest", skip="1", limit="1") == ["Meera"]
    assert names(owner, role_id=str(role_named("customer").id)) == ["Devi"]
    assert names(owner, role_id=str(role_named("owner").id)) == ["Meera"]
    assert names(owner, user_status_id="inactive") == names(owner, user_status_id="2") == ["Devi"]
    assert names(owner, is_active="true", gender="female") == ["Zoya"]
    assert names(owner, is_email_verified="true") == ["Devi"]
    assert names(owner, is_phone_verified="true") == names(owner, age_min="18", age_max="99") == []
    assert names(owner, q="ZOY rao") == ["Zoya"]
    assert owner.get("/users/", limit="1").headers["X-Total-Count"] == "3"
    assert owner.get("/users/", sort="shoe").status_code == 422


@pytest.mark.covers("ACC-14")
def test_team_is_shown_to_those_who_see_the_team(client: FlaskClient, owner: App) -> None:
    clerk, member = App(client, a_user(role="support", first_name="Bela")), a_user(role="staff", first_name="Kabir")
    a_user(first_name="Ila")
    assert names(clerk) == ["Ila"]
    assert names(clerk, role_id=str(role_named("staff").id)) == []
    assert clerk.get(f"/users/{member.id}").status_code == 404
    assert owner.get(f"/users/{member.id}").json["first_name"] == "Kabir"


@pytest.mark.covers("ACC-10", "ACC-14")
def test_team_is_not_changed_as_customers_are(owner: App) -> None:
    member = a_user(role="staff", first_name="Kabir")
    tries = [owner.send("PUT", f"/users/{member.id}", {"first_name": "X"}),
             owner.send("POST", f"/users/{member.id}/deactivate")]  # fmt: skip
    assert [answer.status_code for answer in tries] == [409, 409]
    assert (fresh(member.id).first_name, fresh(member.id).is_active) == ("Kabir", True)
