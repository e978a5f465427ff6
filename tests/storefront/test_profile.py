"""Name, e-mail and phone."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.accounts.services.resets import is_open, make_reset
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import PASSWORD, a_user
from tests.storefront.people import browser_of, fresh, signed_in

FORM = {"first_name": "Asha", "last_name": "Rao", "email": "asha@example.com", "phone": ""}


def save(client: FlaskClient, **changes: Any) -> Any:
    return client.post("/account/profile", data=FORM | changes)


@pytest.mark.covers("ACC-08")
def test_the_name_changes_without_the_password(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    assert save(client, first_name="Usha").status_code == 303
    assert fresh(user.id).name == "Usha Rao"
    assert 'value="Usha"' in client.get("/account/profile").text


@pytest.mark.covers("ACC-08")
@pytest.mark.parametrize(("password", "status", "phone"), [(PASSWORD, 303, "+919845012345"), ("", 422, None)])
def test_a_new_phone_needs_the_password(client: FlaskClient, password: str, status: int, phone: str | None):
    """A code sent to it would set a new password."""
    user = signed_in(client, email="asha@example.com")
    assert save(client, phone="98450 12345", current_password=password).status_code == status
    assert fresh(user.id).phone == phone


@pytest.mark.covers("ACC-08", "ACC-07")
def test_new_email_needs_the_password_and_is_not_verified(client: FlaskClient):
    user = signed_in(client, email="asha@example.com", email_verified_at=now())
    assert save(client, email="new@example.com", current_password=PASSWORD).status_code == 303
    assert (fresh(user.id).email, fresh(user.id).email_verified_at) == ("new@example.com", None)


@pytest.mark.covers("ACC-08")
@pytest.mark.parametrize("password", ["", "Wrong-Horse-7"])
@pytest.mark.parametrize("email", ["new@example.com", ""])
def test_email_stays_without_the_right_password(client: FlaskClient, email: str, password: str):
    user = signed_in(client, email="asha@example.com")
    answer = save(client, email=email, phone="98450 12345", first_name="Usha", current_password=password)
    assert answer.status_code == 422
    assert 'value="Usha"' in answer.text
    assert 'id="current_password-error"' in answer.text
    assert (fresh(user.id).email, fresh(user.id).first_name) == ("asha@example.com", "Asha")


@pytest.mark.covers("ACC-08")
def test_links_mailed_to_the_old_address_die(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    token = make_reset(user.id)
    save(client, email="new@example.com", current_password=PASSWORD)
    assert not is_open(token)


@pytest.mark.covers("ACC-08")
def test_email_or_phone_of_someone_else_is_a_conflict(client: FlaskClient):
    a_user("ravi@example.com", phone="+919845012345")
    user = signed_in(client, email="asha@example.com")
    assert save(client, email="ravi@example.com", current_password=PASSWORD).status_code == 409
    assert save(client, phone="9845012345", current_password=PASSWORD).status_code == 409
    assert fresh(user.id).phone is None


def test_last_way_to_be_reached_cannot_be_removed(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    assert save(client, email="", current_password=PASSWORD).status_code == 422
    assert fresh(user.id).email == "asha@example.com"


@pytest.mark.covers("ACC-08")
def test_nobody_sets_their_own_status(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    save(client, status="blocked", created_at="2020-01-01", password_hash="x")
    assert fresh(user.id).is_active
    db.session.rollback()


def test_profile_needs_a_login(client: FlaskClient):
    assert client.get("/account/profile").location == "/login?next=/account/profile"
    assert save(browser_of(client)).location == "/login?next=/"


@pytest.mark.covers("ACC-08")
def test_gender_and_date_of_birth_are_said_changed_and_unsaid(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    assert save(client, gender="female", date_of_birth="1994-03-21").status_code == 303
    assert (fresh(user.id).gender, str(fresh(user.id).date_of_birth)) == ("female", "1994-03-21")
    shown = client.get("/account/profile").text
    assert 'selected value="female"' in shown
    assert 'value="1994-03-21"' in shown
    save(client, gender="", date_of_birth="")
    assert (fresh(user.id).gender, fresh(user.id).date_of_birth) == (None, None)


@pytest.mark.covers("ACC-08")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gender", "robot"),
        ("date_of_birth", "21.3.1994"),
        ("date_of_birth", "2999-01-01"),
        ("date_of_birth", "1023-01-01"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(client: FlaskClient, field: str, value: str):
    user = signed_in(client, email="asha@example.com")
    answer = save(client, first_name="Usha", **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert (fresh(user.id).first_name, fresh(user.id).gender, fresh(user.id).date_of_birth) == ("Asha", None, None)


@pytest.mark.covers("ACC-08")
def test_a_country_code_is_kept_and_a_foreign_one_refused(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    save(client, phone="+91 98450 12345", current_password=PASSWORD)
    assert fresh(user.id).phone == "+919845012345"
    assert save(client, phone="+44 7911 123456").status_code == 422


@pytest.mark.covers("ACC-08")
def test_the_day_somebody_joined_is_shown_and_stays(client: FlaskClient):
    user = signed_in(client, email="asha@example.com")
    joined = user.created_at
    assert "With us since" in client.get("/account/profile").text
    save(client, created_at="2001-01-01", member_since="2001-01-01")
    assert fresh(user.id).created_at == joined
