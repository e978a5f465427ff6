"""The login log through the API."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.clock import now
from tests.api.asking import App
from tests.factories import a_user
from tests.staff.test_logins import a_row, count

SEEN = {"ip_address": "203.0.113.7", "user_agent": "By phone"}


@pytest.fixture
def person(client: FlaskClient) -> User:
    return a_user("asha@example.com")


@pytest.mark.covers("ACC-16", "API-01")
@pytest.mark.parametrize("kind", ["login", "logout", "register"])
def test_row_of_each_kind_is_entered_listed_and_deleted(owner: App, person: User, kind: str) -> None:
    made = owner.send("POST", f"/logs/{kind}", SEEN | {"user_id": str(person.id)})
    assert made.status_code == 200
    assert (made.json["kind"], made.json["user_id"], made.json["by_hand"]) == (kind, str(person.id), True)
    assert {name: made.json[name] for name in SEEN} == SEEN
    listed = owner.get(f"/logs/{kind}")
    assert (listed.json, listed.headers["X-Total-Count"]) == ([made.json], "1")
    other = next(one for one in ("login", "logout", "register") if one != kind)
    assert owner.get(f"/logs/{other}").json == []
    assert owner.send("DELETE", f"/logs/{other}/{made.json['id']}").status_code == 404
    assert owner.send("DELETE", f"/logs/{kind}/{made.json['id']}").json == {"deleted": True}
    assert count() == 0


@pytest.mark.covers("ACC-16", "API-01")
def test_any_row_is_entered_read_corrected_and_deleted(owner: App, person: User) -> None:
    came = (now() - timedelta(hours=3)).replace(microsecond=0)
    made = owner.send("POST", "/logs/", {"kind": "failed", "user_id": person.id, "created_at": came.isoformat()})
    assert (made.status_code, datetime.fromisoformat(made.json["created_at"])) == (201, came)
    path = f"/logs/{made.json['id']}"
    changed = owner.send("PUT", path, {"ip_address": "2001:db8::1"})
    assert changed.json == made.json | {"ip_address": "2001:db8::1"}
    assert owner.get(path).json == changed.json
    assert owner.send("PUT", path, {}).status_code == 400
    assert owner.send("DELETE", path).json == {"deleted": True}
    assert owner.get(path).status_code == 404


@pytest.mark.covers("ACC-16")
def test_what_the_shop_wrote_itself_is_not_rewritten(owner: App, person: User) -> None:
    row = a_row(LoginKind.LOGIN, person.id)
    assert owner.send("PUT", f"/logs/{row.id}", SEEN).status_code == 409
    assert owner.get(f"/logs/{row.id}").json["by_hand"] is False
    db.session.rollback()
    assert db.session.get_one(LoginEntry, row.id, populate_existing=True).user_agent is None


@pytest.mark.covers("ACC-16")
@pytest.mark.parametrize("wrong", [
    {"user_id": "987654"}, {"user_id": None}, {"ip_address": "not an address"}, {"kind": "left"},
    {"created_at": "2999-01-01T00:00:00Z"}, {"created_at": "0001-01-01T00:00:00+14:00"},
    {"created_at": "2026-01-01T00:00:00"}, {"by_hand": False},
])  # fmt: skip
def test_nonsense_is_refused(owner: App, person: User, wrong: dict[str, object]) -> None:
    sent = {"kind": "login", "user_id": str(person.id)} | wrong
    assert owner.send("POST", "/logs/", sent).status_code == 422
    assert count() == 0


@pytest.mark.covers("ACC-16")
def test_list_is_paged_and_narrowed(owner: App, person: User) -> None:
    for number in range(3):
        a_row(LoginKind.LOGIN, person.id, ip=f"203.0.113.{number}")
    a_row(LoginKind.LOGIN, 9, at=datetime(2026, 1, 1, tzinfo=UTC))
    page = owner.get("/logs/login", limit=1, offset=1, user_id=person.id)
    assert ([row["ip_address"] for row in page.json], page.headers["X-Total-Count"]) == (["203.0.113.1"], "3")
    assert len(owner.get("/logs/", kind="login", ip_address="203.0.113.2").json) == 1
    assert [row["user_id"] for row in owner.get("/logs/", until="2026-01-02T00:00:00Z").json] == ["9"]
    assert len(owner.get("/logs/", since="2026-01-02T00:00:00Z").json) == 3
    assert owner.get("/logs/", limit=0).status_code == 422
    assert owner.get("/logs/", since="9999-12-31T23:59:59-14:00").status_code == 422
