"""A name is a name: nobody makes the shop mail an advertisement to a stranger's address."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import User
from shop.accounts.services import people
from shop.accounts.services.people import Person, change_person, create_user
from shop.extensions import db
from shop.lib.errors import ShopError
from tests.factories import PASSWORD, a_user
from tests.notifications.letterbox import mail, text
from tests.storefront.people import browser_of
from tests.support.outbox import run_outbox

pytestmark = pytest.mark.covers("ACC-01")
VICTIM = "victim@example.com"
ADVERTS = ("Win at casino-x.top", "http://x.example", "www.x.example", "me@evil.example", "casino．com now",
           "Call 98450 or 9845012345", "FREE.SHOP")  # fmt: skip
NAMES = ("Md.Rahim", "S/O Ram", "J.R.R.", "Dr. Asha", "O'Neill-Bose", "অনন্যা", "Anne Marie 2nd", "Dr.Iqbal")


def registered(client: FlaskClient, name: str) -> int:
    fields = {"first_name": name, "email": VICTIM, "password": PASSWORD, "password_again": PASSWORD}
    browser_of(client).post("/register", data=fields)
    client.post("/api/v1/auth/register", json={"first_name": "A", "last_name": name, "email": VICTIM,
                                               "password": PASSWORD})  # fmt: skip
    db.session.rollback()
    return db.session.query(User).count()


@pytest.mark.parametrize("name", ADVERTS)
def test_an_advertisement_makes_no_account_at_either_door(client: FlaskClient, name: str) -> None:
    assert registered(client, name) == 0


def test_without_the_rule_it_would(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(people, "refuse_advertising", lambda _field, _name: None)
    assert registered(client, ADVERTS[0]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_names_as_people_write_them_are_taken(app: Flask, name: str) -> None:
    assert create_user(Person(name, email=VICTIM), "hash").first_name == name


def test_a_name_does_not_become_one_later_but_an_older_one_stays(app: Flask) -> None:
    user = a_user(VICTIM, first_name="casino.com")
    change_person(user.id, Person("casino.com", "Rao", "other@example.com"))
    with pytest.raises(ShopError, match="Enter a name only") as refused:
        change_person(user.id, Person("Asha", "casino.com", VICTIM))
    assert refused.value.field == "last_name"


def test_mails_to_an_address_nobody_proved_greet_without_the_name(app: Flask) -> None:
    create_user(Person("Prize", "Giver", VICTIM), "hash")
    run_outbox()
    for name in ("welcome", "email_verification"):
        assert "Prize" not in text(mail(name)) + mail(name)["Subject"]
