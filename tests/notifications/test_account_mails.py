"""What people read about their accounts."""

import re

import pytest
from flask import Flask

from shop.accounts.events import PasswordChanged, UserRegistered
from shop.accounts.services import asking, people, resets
from shop.accounts.services.people import Person
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from tests.factories import a_user
from tests.notifications.letterbox import html, mail, mails, sends, text
from tests.support.outbox import happen, owed, run_outbox


def link_in(words: str) -> str:
    found = re.search(r"http://localhost/\S+", words)
    assert found
    return found[0]


def token_in(words: str) -> str:
    return link_in(words).rpartition("/")[2].rpartition("=")[2]


@pytest.mark.covers("NOT-01", "ACC-01")
def test_new_customer_is_welcomed_by_name_once_the_address_is_proven(app: Flask) -> None:
    user = a_user("meera@example.com", first_name="Meera", email_verified_at=now())
    happen(UserRegistered(user.id))
    assert mail("welcome")["To"] == "meera@example.com"
    assert "Meera" in html(mail("welcome"))
    assert "meera@example.com" in text(mail("welcome"))


def test_customer_without_an_address_gets_no_mail_and_nothing_stays_owed(app: Flask) -> None:
    user = a_user(phone="+919845012345")
    user.email = None
    happen(UserRegistered(user.id))
    assert (mails(), sends(), owed()) == ([], [], [])


@pytest.mark.covers("ACC-05", "NOT-01")
def test_reset_link_is_mailed_and_works(app: Flask) -> None:
    a_user("meera@example.com")
    asking.ask_for_link("meera@example.com")
    run_outbox()
    assert resets.is_open(token_in(text(mail("password_reset"))))


@pytest.mark.covers("ACC-05")
def test_reset_link_never_stands_in_the_log_or_the_outbox(app: Flask) -> None:
    a_user("meera@example.com")
    asking.ask_for_link("meera@example.com")
    run_outbox()
    (send,) = sends()
    assert (send.text, send.html) == (None, None)
    token = token_in(text(mail("password_reset")))
    assert not any(token in str(row.payload) for row in db.session.query(OutboxEvent))


@pytest.mark.covers("ACC-05")
def test_second_request_mails_a_second_link_and_the_first_one_dies(app: Flask) -> None:
    a_user("meera@example.com")
    for _ in range(2):
        asking.ask_for_link("meera@example.com")
        run_outbox()
    first, second = (token_in(text(message)) for message in mails("password_reset"))
    assert (resets.is_open(first), resets.is_open(second)) == (False, True)


@pytest.mark.covers("ACC-05")
def test_unknown_address_gets_nothing(app: Flask) -> None:
    asking.ask_for_link("nobody@example.com")
    run_outbox()
    assert (mails(), owed()) == ([], [])


@pytest.mark.covers("ACC-04")
def test_each_change_of_password_is_told(app: Flask) -> None:
    user_id = a_user("meera@example.com").id
    for _ in range(2):
        happen(PasswordChanged(user_id))
    assert len(mails("password_changed")) == 2


@pytest.mark.covers("ACC-08", "NOT-01")
def test_a_new_address_is_told_to_the_old_one_without_naming_it(app: Flask) -> None:
    user = a_user("meera@example.com", first_name="Meera")
    people.change_person(user.id, Person("Meera", "Rao", "newly@example.org"))
    run_outbox()
    assert mail("email_changed")["To"] == "meera@example.com"
    assert "ne***@example.org" in text(mail("email_changed"))
    assert "newly@example.org" not in text(mail("email_changed")) + html(mail("email_changed"))


def test_whoever_had_no_address_is_told_nothing(app: Flask) -> None:
    user = a_user(phone="+919845012345")
    user.email = None
    people.change_person(user.id, Person("Meera", "Rao", "meera@example.com"))
    run_outbox()
    assert mails("email_changed") == []
