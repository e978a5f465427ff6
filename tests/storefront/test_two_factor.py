"""The page of two-factor sign-in."""

import base64
import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from shop.accounts.models import TwoFactor, User
from shop.accounts.queries.two_factor import is_on, recovery_codes_left
from shop.extensions import db
from tests.accounts.authenticator import code_of, with_app
from tests.factories import PASSWORD
from tests.staff.desk import flashed, words
from tests.storefront.people import signed_in

pytestmark = pytest.mark.covers("ACC-13")
PAGE = "/account/two-factor"
RECOVERY = re.compile(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>")


@pytest.fixture
def asha(client: FlaskClient) -> User:
    return signed_in(client, first_name="Asha")


def start(client: FlaskClient, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post(f"{PAGE}/key", data={"current_password": password})


def kept_secret(user: User) -> str:
    db.session.rollback()
    return db.session.get_one(TwoFactor, user.id).secret


def is_still_on(user: User) -> bool:
    db.session.rollback()
    return is_on(user.id)


def test_person_sets_it_up_and_sees_the_recovery_codes_once(client: FlaskClient, asha: User) -> None:
    assert "a password alone opens nothing" in words(client.get(PAGE))
    assert start(client).location == f"{PAGE}/key"
    secret = kept_secret(asha)
    key_page = client.get(f"{PAGE}/key")
    assert secret in words(key_page).replace(" ", "")
    done = client.post(PAGE, data={"code": code_of(secret)})
    codes = RECOVERY.findall(done.text)
    assert (done.status_code, len(codes)) == (200, 10)
    again = client.get(PAGE)
    assert "10 of 10 recovery codes are left" in words(again)
    assert not RECOVERY.search(again.text)
    assert is_still_on(asha)


def test_picture_is_made_by_the_shop_and_holds_the_key(client: FlaskClient, asha: User) -> None:
    start(client)
    page = client.get(f"{PAGE}/key")
    assert 'src="data:image/svg+xml' in page.text
    link = re.search(r'href="(otpauth://totp/[^"]+)"', page.text)
    assert link
    assert f"secret={kept_secret(asha)}" in link[1]
    assert str(asha.email) in unquote(link[1])
    assert page.headers["Cache-Control"] == "private, no-store"


def test_key_is_shown_only_after_the_password(client: FlaskClient, asha: User) -> None:
    refused = start(client, "Wrong-Horse-7")
    assert refused.status_code == 422
    assert "That is not your current password" in words(refused)
    assert client.get(f"{PAGE}/key").location == PAGE
    assert db.session.get(TwoFactor, asha.id) is None


def test_wrong_code_keeps_the_key_and_does_not_switch_on(client: FlaskClient, asha: User) -> None:
    start(client)
    secret = kept_secret(asha)
    refused = client.post(PAGE, data={"code": "not a code"})
    assert refused.status_code == 422
    assert secret in words(refused).replace(" ", "")
    assert not is_still_on(asha)


@pytest.mark.parametrize("path", [f"{PAGE}/removal", f"{PAGE}/recovery-codes"])
@pytest.mark.parametrize(
    ("password", "is_right_code"), [("Wrong-Horse-7", True), (PASSWORD, False), ("", True), (PASSWORD, None)]
)
def test_weakening_it_needs_password_and_code(
    client: FlaskClient, asha: User, path: str, password: str, is_right_code: bool | None
) -> None:
    secret, codes = with_app(asha)
    code = {True: code_of(secret, 1), False: "not a code", None: ""}[is_right_code]
    refused = client.post(path, data={"current_password": password, "code": code})
    assert refused.status_code == 422
    assert "error-summary" in refused.text
    assert is_still_on(asha)
    assert recovery_codes_left(asha.id) == len(codes)


def test_person_switches_it_off(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    done = client.post(f"{PAGE}/removal", data={"current_password": PASSWORD, "code": code_of(secret, 1)})
    assert done.location == PAGE
    assert "is off" in flashed(client)
    assert not is_still_on(asha)


def test_person_makes_new_recovery_codes(client: FlaskClient, asha: User) -> None:
    _secret, codes = with_app(asha)
    done = client.post(f"{PAGE}/recovery-codes", data={"current_password": PASSWORD, "code": codes[0]})
    made = RECOVERY.findall(done.text)
    assert len(made) == 10
    assert not set(made) & set(codes)


def test_guessing_codes_on_the_page_ends_after_five(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    tries = [client.post(f"{PAGE}/removal", data={"current_password": PASSWORD, "code": "not a code"}) for _ in "12345"]
    assert {answer.status_code for answer in tries} == {422}
    last = client.post(f"{PAGE}/removal", data={"current_password": PASSWORD, "code": code_of(secret, 1)})
    assert last.status_code == 429
    assert is_still_on(asha)


def test_wrong_password_uses_up_no_tries(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    for _ in range(6):
        client.post(f"{PAGE}/removal", data={"current_password": "Wrong-Horse-7", "code": "x"})
    form = {"current_password": PASSWORD, "code": code_of(secret, 1)}
    assert client.post(f"{PAGE}/removal", data=form).status_code == 303


def test_setting_up_again_is_refused_while_it_is_on(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    assert start(client).status_code == 303
    assert "is on already" in flashed(client)
    assert kept_secret(asha) == secret


def test_picture_can_be_scanned_in_the_dark(client: FlaskClient, asha: User) -> None:
    """White around and behind it, whatever the theme."""
    start(client)
    found = re.search(r'src="(data:image/svg[^"]+)"', client.get(f"{PAGE}/key").text)
    assert found
    drawn = unquote(found[1])
    if ";base64," in drawn:
        drawn = base64.b64decode(drawn.partition(",")[2]).decode()
    assert "#fff" in drawn


def test_form_that_is_sent_again_leads_back_to_the_page(client: FlaskClient, asha: User) -> None:
    start(client)
    code = code_of(kept_secret(asha))
    client.post(PAGE, data={"code": code})
    reloaded = client.post(PAGE, data={"code": code})
    assert (reloaded.status_code, reloaded.location) == (303, PAGE)
    assert "If you did not keep the recovery codes" in flashed(client)
    assert is_still_on(asha)


def test_page_left_open_while_it_was_switched_on_leads_to_the_new_one(client: FlaskClient, asha: User) -> None:
    with_app(asha)
    late = start(client, "not this one")
    assert (late.status_code, late.location) == (303, PAGE)


def test_recovery_codes_are_offered_as_a_file(client: FlaskClient, asha: User) -> None:
    start(client)
    done = client.post(PAGE, data={"code": code_of(kept_secret(asha))})
    href = re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', done.text)
    assert href
    assert all(code in unquote(href[1]) for code in RECOVERY.findall(done.text))
