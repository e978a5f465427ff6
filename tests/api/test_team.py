"""The team through the API."""

import pytest

from shop.accounts.models import User, UserStatus
from shop.accounts.services.passwords import is_right
from shop.extensions import db
from tests.accounts.test_roles import role_named
from tests.api.asking import App
from tests.factories import a_user
from tests.storefront.people import NEW_PASSWORD, fresh

RAVI = {"first_name": "Ravi", "last_name": "Iyer", "email": "ravi@example.com", "phone": "9845012345"}


@pytest.mark.covers("ACC-13", "API-01")
def test_admin_is_created_with_the_password_that_was_given(owner: App) -> None:
    made = owner.send("POST", "/users/create-admin", RAVI | {"password": NEW_PASSWORD})
    assert made.status_code == 201
    assert (made.json["roles"], made.json["phone"], "password" in made.json) == (["Owner"], "+919845012345", False)
    assert is_right(NEW_PASSWORD, fresh(int(made.json["id"])).password_hash)
    assert owner.send("POST", "/users/create-admin", RAVI | {"password": NEW_PASSWORD}).status_code == 409
    assert owner.send("POST", "/users/create-admin", RAVI | {"password": "weak"}).status_code == 422


@pytest.mark.covers("ACC-13", "API-01")
def test_member_is_added_read_changed_and_removed(owner: App) -> None:
    made = owner.send("POST", "/team/", RAVI)
    path = f"/team/{made.json['id']}"
    member = fresh(int(made.json["id"]))
    assert is_right(made.json["password"], member.password_hash)
    assert owner.get(path).json == {name: value for name, value in made.json.items() if name != "password"}
    changed = owner.send("PUT", path, {"first_name": "Ravindra", "phone": None, "is_active": False}).json
    assert (changed["first_name"], changed["phone"], changed["is_active"]) == ("Ravindra", None, False)
    assert owner.send("PUT", path, {"is_active": True}).json["is_active"]
    assert owner.send("PUT", path, {}).status_code == 400
    assert owner.send("DELETE", path).json == {"deleted": True}
    assert owner.get(path).status_code == 404
    assert fresh(member.id).status == UserStatus.INACTIVE


@pytest.mark.covers("ACC-13")
def test_password_is_made_anew_or_given(owner: App) -> None:
    member = a_user(role="staff")
    made = owner.send("POST", f"/team/{member.id}/password").json["password"]
    assert is_right(made, fresh(member.id).password_hash)
    given = owner.send("POST", f"/team/{member.id}/password", {"password": NEW_PASSWORD})
    assert given.json == {"password": NEW_PASSWORD}
    assert owner.send("POST", f"/team/{member.id}/password", {"password": "weak"}).status_code == 422


@pytest.mark.covers("ACC-13")
def test_team_is_listed_by_search_state_and_order(owner: App) -> None:
    a_user("bela@example.com", role="staff", first_name="Bela", status=UserStatus.INACTIVE)
    a_user("customer@example.com")
    listed = owner.get("/team/")
    assert [one["first_name"] for one in listed.json] == ["Bela", "Meera"]
    assert listed.headers["X-Total-Count"] == "2"
    assert [one["first_name"] for one in owner.get("/team/", is_active="true").json] == ["Meera"]
    assert [one["first_name"] for one in owner.get("/team/", q="BELA").json] == ["Bela"]
    assert [one["first_name"] for one in owner.get("/team/", sort="newest").json] == ["Bela", "Meera"]
    assert owner.get("/team/", sort="shoe size").status_code == 422


@pytest.mark.covers("ACC-13")
def test_nobody_removes_themselves_or_changes_their_own_email_here(owner: App) -> None:
    a_user(role="owner")
    mine = db.session.query(User).filter_by(first_name="Meera").one().id
    changes = ({"is_active": False}, {"email": "taken.over@example.com"}, {"phone": "98450 12345"})
    for answer in (
        owner.send("DELETE", f"/team/{mine}"),
        *(owner.send("PUT", f"/team/{mine}", one) for one in changes),
    ):
        assert answer.status_code == 409
    assert fresh(mine).is_active


@pytest.mark.covers("ACC-13")
def test_nobody_joins_with_a_role_that_allows_nothing(owner: App) -> None:
    answer = owner.send("POST", "/team/", RAVI | {"role_id": str(role_named("customer").id)})
    assert answer.status_code == 422
    assert db.session.query(User).filter_by(email=RAVI["email"]).count() == 0
