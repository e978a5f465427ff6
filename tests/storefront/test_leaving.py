"""A person's pages to take their data along and to delete their account."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import User
from shop.extensions import db
from shop.membership.models import DataExport
from tests.checkout.buying import an_order_id
from tests.factories import PASSWORD, a_customer, a_user
from tests.staff.desk import flashed, words
from tests.storefront.people import fresh, is_live, log_in, session_id, signed_in
from tests.support.outbox import run_outbox

DATA, FILE, GONE = "/account/data", "/account/data/file", "/account/deletion"
RIGHT = {"current_password": PASSWORD}


@pytest.mark.covers("ACC-10")
def test_person_asks_sees_how_far_it_is_and_downloads(client: FlaskClient) -> None:
    signed_in(client)
    assert "Ask for your data" in words(client.get(DATA))
    assert client.post(DATA).location == DATA
    assert "0 of " in words(client.get(DATA))
    assert client.get(f"{DATA}/progress").status_code == 200
    run_outbox()
    done = client.get(f"{DATA}/progress")
    assert (done.status_code, "Your file is ready" in words(done)) == (286, True)
    answer = client.post(FILE, data=RIGHT)
    assert (answer.mimetype, "private" in answer.headers["Cache-Control"]) == ("application/zip", True)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=your-data-")
    assert "profile.json" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("typed", ["", "Wrong-Horse-7"])
def test_file_needs_the_password(client: FlaskClient, typed: str) -> None:
    signed_in(client)
    client.post(DATA)
    run_outbox()
    answer = client.post(FILE, data={"current_password": typed})
    assert (answer.status_code, "field__error" in answer.text) == (422, True)


@pytest.mark.covers("ACC-10")
def test_file_is_its_owners_alone(client: FlaskClient) -> None:
    signed_in(client)
    client.post(DATA)
    run_outbox()
    other = client.application.test_client()
    signed_in(other)
    assert other.post(FILE, data=RIGHT).status_code == 404
    assert "Ask for your data" in words(other.get(DATA))


@pytest.mark.covers("ACC-10")
def test_asking_twice_makes_one_export(client: FlaskClient) -> None:
    signed_in(client)
    client.post(DATA)
    client.post(DATA)
    assert "less than a day ago" in flashed(client)
    assert db.session.query(DataExport).count() == 1


@pytest.mark.covers("ACC-10")
def test_person_deletes_their_account_and_is_logged_out(client: FlaskClient) -> None:
    user_id = signed_in(client, a_user("asha@example.com")).id
    here = session_id(client)
    page = words(client.get(GONE))
    assert "What goes" in page
    assert "What stays" in page
    assert client.post(GONE, data=RIGHT).location == "/"
    assert "Your account is deleted." in flashed(client)
    assert (fresh(user_id).first_name, is_live(here)) == ("Former", False)
    assert client.get("/account").location.startswith("/login")
    assert log_in(client, "asha@example.com").status_code == 422


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("typed", ["", "Wrong-Horse-7"])
def test_deletion_needs_the_password(client: FlaskClient, typed: str) -> None:
    user_id = signed_in(client).id
    answer = client.post(GONE, data={"current_password": typed})
    assert (answer.status_code, "field__error" in answer.text) == (422, True)
    assert fresh(user_id).erased_at is None
    assert client.get("/account").status_code == 200


@pytest.mark.covers("ACC-10")
def test_open_order_stands_in_the_way_and_is_named(client: FlaskClient) -> None:
    user = a_user()
    user_id = user.id
    an_order_id(visitor=a_customer(user))
    signed_in(client, db.session.get_one(User, user_id))
    assert "is still open." in words(client.get(GONE))
    answer = client.post(GONE, data=RIGHT)
    assert (answer.status_code, "Order ORD-" in words(answer)) == (409, True)
    assert fresh(user_id).erased_at is None


@pytest.mark.covers("ACC-10")
def test_last_owner_is_told_why_they_stay(client: FlaskClient) -> None:
    signed_in(client, role="owner")
    answer = client.post(GONE, data=RIGHT)
    assert (answer.status_code, "the last owner" in words(answer)) == (409, True)


@pytest.mark.covers("ACC-10")
@pytest.mark.parametrize("path", [FILE, GONE])
def test_guessing_the_password_is_stopped(client: FlaskClient, make_shop: Callable[..., Flask], path: str) -> None:
    user = a_user()
    throttled = make_shop(rate_limits=True).test_client()
    signed_in(throttled, user)
    answers = [throttled.post(path, data={"current_password": "Wrong-Horse-7"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert fresh(user.id).erased_at is None
