"""Passwords: judged, hashed, checked with the same work for everyone."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from shop.accounts.errors import SignInFailed, WeakPassword, WrongPassword
from shop.accounts.models import User, UserStatus
from shop.accounts.services import credentials, passwords
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from tests.factories import PASSWORD, a_user
from tests.storefront.people import fresh


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


@pytest.mark.covers("ACC-02")
@pytest.mark.parametrize("memory", [8, 72 * 1024])
def test_hash_of_another_cost_is_made_anew_at_login_and_only_then(app: Flask, memory: int):
    user = a_user("asha@example.com")
    todays, user_id = user.password_hash, user.id
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=memory, parallelism=1).hash(PASSWORD)
    outdated = user.password_hash
    db.session.commit()
    with pytest.raises(SignInFailed):
        credentials.authenticate("asha@example.com", "Wrong-Horse-7")
    assert fresh(user_id).password_hash == outdated
    db.session.rollback()
    renewed = credentials.authenticate("asha@example.com", PASSWORD)
    assert renewed.password_hash.startswith(todays.rpartition("$")[0].rpartition("$")[0])
    with unit_of_work():
        credentials.note_login(renewed)
    assert credentials.authenticate("asha@example.com", PASSWORD) == renewed


@pytest.mark.covers("ACC-02")
def test_new_password_set_while_the_old_one_is_hashed_anew_stays(app: Flask, monkeypatch: pytest.MonkeyPatch):
    user = a_user("asha@example.com")
    user_id = user.id
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    db.session.commit()

    def meanwhile(_password: str) -> str:
        with unit_of_work():
            credentials.set_password(db.session.get_one(User, user_id), "the new password's")
        return "the old password's"

    monkeypatch.setattr(credentials, "hash_password", meanwhile)
    checked = credentials.authenticate("asha@example.com", PASSWORD)
    assert fresh(user_id).password_hash == "the new password's"
    with unit_of_work(), pytest.raises(SignInFailed):
        credentials.note_login(checked)
