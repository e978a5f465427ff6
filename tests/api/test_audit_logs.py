"""The audit log through the API."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.audit_log.person_keys import forget_key
from shop.lib.clock import now
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.merchandising import services as merchandising
from shop.store.days import today
from tests.api.asking import App
from tests.factories import a_user, a_variant
from tests.storefront.people import fresh

LOG = "/audit-logs/"


def owner_id() -> int:
    return db.session.scalars(select(User.id).where(User.email == "owner@example.com")).one()


def a_member_renamed(owner: App) -> str:
    """The id of somebody of the team whom the owner calls Zoe instead of Zoya, through the API."""
    member_id = str(a_user("zoya@example.com", role="support", first_name="Zoya").id)
    db.session.commit()
    assert owner.send("PUT", f"/team/{member_id}", {"first_name": "Zoe"}).status_code == 200
    return member_id


def listed(owner: App, path: str = LOG, **query: Any) -> list[dict[str, Any]]:
    answer = owner.get(path, **query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json
    return found


@pytest.mark.covers("OPS-03", "API-01")
def test_a_change_is_told_with_who_made_it_and_from_what_to_what(owner: App) -> None:
    member_id = a_member_renamed(owner)
    change = listed(owner, limit=1)[0]
    assert change["old_values"] == {"first_name": "Zoya"}
    assert change["new_values"] == {"first_name": "Zoe"}
    told = {name: change[name] for name in ("action", "table_name", "record_id", "user_id", "actor", "ip_address")}
    assert told == {"action": "update", "table_name": "user_account", "record_id": member_id,
                    "user_id": str(owner_id()), "actor": "Meera Nair", "ip_address": "127.0.0.1"}  # fmt: skip


@pytest.mark.covers("OPS-03")
def test_money_is_exact_and_secrets_and_the_forgotten_are_hidden(owner: App) -> None:
    variant = a_variant(price=149900)
    merchandising.set_price(variant.id, Money(129900))
    person = a_user("zoya@example.com")
    forget_key(person.id)
    db.session.commit()
    [price] = listed(owner, table_name="variant", action="update")
    assert (price["old_values"], price["new_values"]) == ({"price": "1499.00"}, {"price": "1299.00"})
    [made] = listed(owner, table_name="user_account", record_id=str(person.id))
    assert made["new_values"]["password_hash"] == {"hidden": "not kept"}
    assert made["new_values"]["email"] == {"hidden": "erased"}
    assert made["new_values"]["created_at"] == fresh(person.id).created_at.isoformat()


@pytest.mark.covers("OPS-03")
def test_changes_are_narrowed_by_action_table_row_and_person(owner: App) -> None:
    member_id = a_member_renamed(owner)
    me = str(owner_id())
    for fits in ({"action": "update"}, {"table_name": "user_account"}, {"user_id": me},
                 {"table_name": "user_account", "record_id": member_id}):  # fmt: skip
        assert "Zoe" in str(listed(owner, **fits)), fits
    for fits_not in ({"action": "delete"}, {"table_name": "brand"}, {"user_id": member_id},
                     {"table_name": "user_account", "record_id": me}, {"table_name": "nothing"}):  # fmt: skip
        assert "Zoe" not in str(listed(owner, **fits_not)), fits_not


@pytest.mark.covers("OPS-03")
def test_changes_are_narrowed_by_period(owner: App) -> None:
    a_member_renamed(owner)
    here, ago = today().isoformat(), (today() - timedelta(days=2)).isoformat()
    for fits in ({"period": "7d"}, {"period": "1h"}, {"start_date": here}, {"end_date": here},
                 {"start_date": ago, "end_date": here}):  # fmt: skip
        assert "Zoe" in str(listed(owner, **fits)), fits
    for fits_not in ({"end_date": ago}, {"start_date": (today() + timedelta(days=1)).isoformat()}):
        assert "Zoe" not in str(listed(owner, **fits_not)), fits_not


def test_a_period_ends_now(owner: App) -> None:
    a_member_renamed(owner)
    old = AuditEntry(at=now() - timedelta(days=8), action="update", table_name="brand", record_id="1",
                     actor_kind="operator")  # fmt: skip
    db.session.add(old)
    db.session.commit()
    assert str(old.id) not in [change["id"] for change in listed(owner, period="7d", limit=200)]
    assert str(old.id) in [change["id"] for change in listed(owner, period="2w", limit=200)]


@pytest.mark.covers("OPS-03")
def test_what_one_person_did_and_what_happened_to_one_table(owner: App) -> None:
    member_id = a_member_renamed(owner)
    [change] = listed(owner, f"{LOG}by-user/{owner_id()}", action="update", table_name="user_account")
    assert change["new_values"] == {"first_name": "Zoe"}
    assert listed(owner, f"{LOG}by-user/987654") == []
    of_row = listed(owner, f"{LOG}by-table/user_account", record_id=member_id, period="7d")
    assert [change["action"] for change in of_row] == ["update", "create"]
    assert listed(owner, f"{LOG}by-table/user_account", user_id=str(owner_id()))[0]["new_values"]["first_name"] == "Zoe"
    for unknown in ("nothing", "session", "audit_entry"):
        assert owner.get(f"{LOG}by-table/{unknown}").status_code == 404


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("odd", [
    {"action": "rename"}, {"period": "7"}, {"period": "7 days"}, {"period": "٧d"}, {"period": "0d"},
    {"period": "99999d"}, {"start_date": "yesterday"}, {"end_date": "0001-01-01"}, {"end_date": "9999-12-31"},
    {"user_id": "me"}, {"record_id": "x" * 300}, {"limit": "0"}, {"period": "7d", "start_date": "2026-01-01"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(owner: App, odd: dict[str, str]) -> None:
    assert owner.get(LOG, **odd).status_code == 422


@pytest.mark.covers("OPS-03", "API-03")
def test_the_list_is_read_part_by_part(owner: App) -> None:
    a_member_renamed(owner)
    whole = owner.get(LOG, limit=200)
    part = owner.get(LOG, skip=2, limit=3)
    assert part.json == whole.json[2:5]
    assert part.headers["X-Total-Count"] == whole.headers["X-Total-Count"] == str(len(whole.json))


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("path", [LOG, f"{LOG}by-user/1", f"{LOG}by-table/brand"])
def test_only_who_may_read_the_log_is_told(client: FlaskClient, path: str) -> None:
    assert App(client).get(path).status_code == 401
    assert App(client, a_user(role="staff")).get(path).status_code == 403
