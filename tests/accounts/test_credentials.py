"""Passwords: judged, hashed, checked with the same work for everyone."""

from typing import Any

import pytest
from flask import Flask

from shop.accounts.errors import SignInFailed, WeakPassword, WrongPassword
from shop.accounts.models import UserStatus
from shop.accounts.services import credentials, passwords
from shop.extensions import db
from tests.factories import PASSWORD, a_user


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("password", ["Brass-Button-9", "Ünïcode-7x", "Aa1 aaaa", "x" * 124 + "-Aa1"])
def test_strong_passwords_pass(password: str):
    passwords.check_password_rules(password)


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize(
    "password", ["", "Aa1-aaa", "aaaaaaa-1", "AAAAAAA-1", "Aaaaaaa-a", "Aaaaaaa11", "Welcome@123", "x" * 125 + "-Aa1"]
)
def test_weak_and_common_and_endless_passwords_are_refused(password: str):
    with pytest.raises(WeakPassword):
        passwords.check_password_rules(password)


def test_hash_is_argon2id_with_the_agreed_cost():
    assert passwords.hash_password(PASSWORD).startswith("$argon2id$v=19$m=36864,t=2,p=1$")


@pytest.mark.covers("ACC-02")
def test_unknown_person_costs_one_verification_like_a_known_one(app: Flask, monkeypatch: pytest.MonkeyPatch):
    a_user("asha@example.com")
    db.session.commit()
    seen: list[str | None] = []

    def count(password: str, password_hash: str | None, checked: Any = credentials.is_right) -> bool:
        seen.append(password_hash)
        return bool(checked(password, password_hash))

    monkeypatch.setattr(credentials, "is_right", count)
    for name in ("asha@example.com", "nobody@example.com", ""):
        with pytest.raises(SignInFailed):
            credentials.authenticate(name, "Wrong-Horse-7")
    assert [hash_ is None for hash_ in seen] == [False, True, True]


def test_dummy_password_opens_nothing():
    assert not passwords.is_right("nobody has this password", None)
    assert not passwords.is_right("anything", "no hash at all")


@pytest.mark.covers("ACC-02")
def test_login_fails_when_the_account_changed_while_its_password_was_checked(app: Flask):
    user = a_user()
    old = credentials.Credential(user.id, "another hash")
    with pytest.raises(SignInFailed):
        credentials.note_login(old)
    user.status = UserStatus.BLOCKED
    with pytest.raises(SignInFailed):
        credentials.note_login(credentials.Credential(user.id, user.password_hash))


@pytest.mark.covers("ACC-04")
def test_current_password_has_to_be_right_and_the_new_one_new(app: Flask):
    user_id = a_user().id
    db.session.commit()
    with pytest.raises(WrongPassword):
        credentials.check_password(user_id, "Wrong-Horse-7")
    proven = credentials.check_password(user_id, PASSWORD)
    with pytest.raises(WeakPassword):
        credentials.new_hash_for(proven, PASSWORD)
