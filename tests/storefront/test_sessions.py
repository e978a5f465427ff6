"""Where people are logged in, and how they end it."""

import pytest
from flask.testing import FlaskClient

from shop.accounts.models import Session
from shop.accounts.queries.sessions import handle_of
from shop.accounts.services import sessions, tokens
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_user, sign_in
from tests.staff.desk import as_role, flashed, words
from tests.storefront.people import is_live, session_id, signed_in

PAGE = "/account/sessions"
PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"


def another(user_id: int) -> Session:
    row = sessions.start_session(user_id, "198.51.100.7", PIXEL)
    db.session.commit()
    return row


@pytest.mark.covers("ACC-03")
def test_page_lists_every_device_with_address_and_last_visit_and_marks_this_one(client: FlaskClient) -> None:
    user = signed_in(client)
    there, ended = another(user.id), another(user.id)
    ended.ended_at, ended.ip = now(), "198.51.100.99"
    page = client.get(PAGE)
    told = words(page)
    assert told.index("This device") < told.index("Chrome on Android") < told.index("198.51.100.7")
    assert "198.51.100.99" not in told
    assert there.id not in page.text
    assert str(session_id(client)) not in page.text


@pytest.mark.covers("ACC-03")
def test_one_device_is_logged_out(client: FlaskClient) -> None:
    user = signed_in(client)
    there, elsewhere = another(user.id).id, another(user.id).id
    assert client.post(f"{PAGE}/{handle_of(there)}/removal").location == PAGE
    assert flashed(client) == "Chrome on Android is logged out."
    assert [is_live(one) for one in (there, elsewhere, session_id(client))] == [False, True, True]


@pytest.mark.covers("ACC-03")
def test_all_others_are_logged_out(client: FlaskClient) -> None:
    user = signed_in(client)
    there, app = another(user.id).id, tokens.issue(user.id, None, "an app", remember=True)
    client.post(f"{PAGE}/others/removal")
    assert [is_live(one) for one in (there, app.session_id, session_id(client))] == [False, False, True]
    assert tokens.renew(app.refresh_token) is None


@pytest.mark.covers("ACC-03")
@pytest.mark.parametrize("everywhere", [True, False])
def test_this_device_is_logged_out(client: FlaskClient, everywhere: bool) -> None:
    user = signed_in(client)
    there, here = another(user.id).id, session_id(client)
    answer = client.post(f"{PAGE}/removal" if everywhere else f"{PAGE}/{handle_of(str(here))}/removal")
    assert answer.location == "/login"
    assert session_id(client) is None
    assert [is_live(one) for one in (there, here)] == [not everywhere, False]


@pytest.mark.covers("ACC-03")
def test_nobody_ends_somebody_elses_session(client: FlaskClient) -> None:
    signed_in(client)
    theirs = another(a_user().id).id
    for handle in (handle_of(theirs), theirs, "☃"):
        assert client.post(f"{PAGE}/{handle}/removal").status_code == 404
    assert is_live(theirs)


@pytest.mark.covers("ACC-03")
def test_staff_log_a_customer_out_everywhere(client: FlaskClient) -> None:
    customer = a_user(first_name="Ravi")
    theirs = another(customer.id).id
    as_role(client, "staff")
    page = client.get(f"/staff/customers/{customer.id}")
    assert "Chrome on Android" in words(page)
    assert "Log out everywhere" in words(page)
    client.post(f"/staff/customers/{customer.id}/sessions/removal")
    assert flashed(client) == "Ravi Rao is logged out everywhere."
    assert not is_live(theirs)


@pytest.mark.covers("ACC-03")
def test_staff_cannot_log_an_owner_out_and_support_nobody(client: FlaskClient) -> None:
    owner, customer = a_user(role="owner"), a_user()
    kept = [another(owner.id).id, another(customer.id).id]
    as_role(client, "staff")
    client.post(f"/staff/customers/{owner.id}/sessions/removal")
    sign_in(client, a_user(role="support"))
    assert "Log out everywhere" not in words(client.get(f"/staff/customers/{customer.id}"))
    assert client.post(f"/staff/customers/{customer.id}/sessions/removal").status_code == 403
    assert [is_live(one) for one in kept] == [True, True]
