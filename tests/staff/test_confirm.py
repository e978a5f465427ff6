"""Confirm it is you: with a session alone, nobody changes who runs the shop or where its money goes."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from shop.accounts import guards
from shop.accounts.models import Role, Session, User
from shop.extensions import db
from shop.lib.clock import now
from shop.store.setting_services import set_value
from shop.store.settings import CONFIRM_MINUTES
from tests.accounts.authenticator import code_of, with_app
from tests.accounts.test_roles import role_named
from tests.factories import PASSWORD, a_user, sign_in
from tests.staff.desk import HTMX, as_role, words
from tests.storefront.people import NEW_PASSWORD, is_live, session_id
from tests.support.settings import shows
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-12")
CONFIRM, NEW_ROLE = "/staff/confirm", "/staff/roles/new"
TILL = {"label": "Till", "description": "At the <counter>", "permissions": ["order:read", "product:read"]}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ACTION = re.compile(r'<form action="([^"]+)"')


@pytest.fixture
def thief(client: ShopClient) -> ShopClient:
    """Somebody with an owner's session, whose password was given twenty minutes ago."""
    as_role(client)
    grow_old(client)
    return client


def grow_old(client: ShopClient, minutes: int = 20) -> None:
    db.session.rollback()
    row = db.session.get_one(Session, session_id(client))
    row.password_confirmed_at = now() - timedelta(minutes=minutes)
    db.session.commit()


def kept_in(answer: Any) -> dict[str, list[str]]:
    """What the forms of a page keep out of sight."""
    kept: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(answer.text.partition("<main")[2]):
        kept.setdefault(unescape(name), []).append(unescape(value))
    return kept


def roles() -> set[str]:
    db.session.rollback()
    return {role.label for role in db.session.query(Role)}


def confirm(client: ShopClient, **sent: Any) -> Any:
    return client.post(CONFIRM, data={"current_password": PASSWORD} | sent)


def test_a_form_sent_with_an_old_session_writes_nothing_and_loses_nothing(thief: ShopClient) -> None:
    refused = thief.post(NEW_ROLE, data=TILL)
    assert refused.status_code == 403
    assert "Till" not in roles()
    assert kept_in(refused)["kept.permissions"] == TILL["permissions"]
    wrong = thief.post(CONFIRM, data=kept_in(refused) | {"current_password": "Guess-Work-1"})
    assert (wrong.status_code, "not your current password" in words(wrong)) == (422, True)
    asked = confirm(thief, **kept_in(wrong))
    assert (asked.status_code, ACTION.findall(asked.text.partition("<main")[2])) == (200, [NEW_ROLE])
    assert "Till" not in roles()
    sent = {name: values for name, values in kept_in(asked).items() if name != "csrf_token"}
    assert sent == {name: [value] if isinstance(value, str) else value for name, value in TILL.items()}
    assert thief.post(NEW_ROLE, data=sent).status_code == 303
    assert "Till" in roles()


def test_without_the_guard_an_old_session_would_do_it(thief: ShopClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(guards, "ask_confirmed", lambda: None)
    assert thief.post(NEW_ROLE, data=TILL).status_code == 303
    assert "Till" in roles()


def test_a_page_with_such_a_form_asks_before_anything_is_typed(thief: ShopClient) -> None:
    asked = thief.get("/staff/team/new?x=1")
    assert asked.location == f"{CONFIRM}?next=/staff/team/new?x%3D1"
    page = thief.get(asked.location)
    assert confirm(thief, next=kept_in(page)["next"][0]).location == "/staff/team/new?x=1"
    assert thief.get("/staff/team/new").status_code == 200
    assert thief.get(asked.location).location == "/staff/team/new?x=1"


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(thief: ShopClient, next: str) -> None:
    assert confirm(thief, next=next).location == "/staff"
    assert ACTION.findall(confirm(thief, to=next).text) == []


def test_htmx_is_sent_to_the_page_that_asks(thief: ShopClient) -> None:
    came = {"Referer": "http://localhost/staff/roles/new"}
    answer = thief.post(NEW_ROLE, data=TILL, headers=HTMX | came)
    assert answer.headers["HX-Redirect"] == f"{CONFIRM}?next=/staff/roles/new"


def test_a_password_in_the_form_is_never_kept_but_typed_again(thief: ShopClient) -> None:
    member = a_user(role="staff")
    path = f"/staff/team/{member.id}/password"
    refused = thief.post(path, data={"password": NEW_PASSWORD})
    asked = confirm(thief, **kept_in(refused))
    assert NEW_PASSWORD not in refused.text + asked.text
    assert 'type="password" name="password"' in asked.text
    assert "The new password holds" in words(thief.post(path, data={"password": NEW_PASSWORD}))


def test_whoever_signs_in_with_a_code_confirms_with_one(client: ShopClient) -> None:
    owner = a_user("meera@example.com", role="owner")
    secret, _codes = with_app(owner)
    sign_in(client, owner)
    grow_old(client)
    for code in ("", "000000"):
        assert confirm(client, code=code).status_code == 422
    assert client.get(NEW_ROLE).status_code == 303
    assert confirm(client, code=code_of(secret, 1)).status_code == 303
    assert client.get(NEW_ROLE).status_code == 200


def test_only_this_session_is_confirmed(thief: ShopClient) -> None:
    other = thief.application.test_client()
    owner = db.session.query(User).filter_by(first_name="Meera").one()
    sign_in(other, owner)
    grow_old(other)
    confirm(thief)
    assert thief.get(NEW_ROLE).status_code == 200
    assert other.get(NEW_ROLE).status_code == 303
    assert is_live(session_id(other))


def test_what_is_only_looked_at_asks_nothing(thief: ShopClient) -> None:
    for path in ("/staff/roles", "/staff/team", f"/staff/roles/{role_named('staff').id}", "/staff/settings"):
        assert thief.get(path).status_code == 200


@shows(CONFIRM_MINUTES)
@pytest.mark.covers("STO-03")
def test_the_owner_says_how_long_a_password_counts(thief: ShopClient, app: Flask) -> None:
    set_value(CONFIRM_MINUTES, 30)
    db.session.commit()
    assert thief.get(NEW_ROLE).status_code == 200
    grow_old(thief, 31)
    assert thief.get(NEW_ROLE).status_code == 303


def test_somebody_without_a_password_is_led_to_one(client: ShopClient) -> None:
    owner = a_user("meera@example.com", role="owner", random_password_at=now(), made_with="google")
    sign_in(client, owner)
    grow_old(client)
    page = client.get(CONFIRM)
    assert "Your account has no password yet" in words(page)
    assert 'href="/account/sign-ins"' in page.text
    assert "current_password" not in page.text
