"""New passwords, codes and links through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import User, UserStatus
from shop.accounts.services import resets, verifications
from shop.accounts.services.codes import Purpose
from shop.extensions import db, limiter
from tests.api.asking import App
from tests.api.signing_in import app_of, bearer, log_in, renew, works
from tests.factories import PASSWORD, a_user
from tests.notifications.letterbox import mail, mails, text
from tests.notifications.test_account_mails import token_in
from tests.notifications.test_texts import code_in, files
from tests.storefront.people import NEW_PASSWORD, body, fresh
from tests.storefront.test_password_code import a_code, events, wrong
from tests.support.outbox import run_outbox

ASHA, PHONE = "asha@example.com", "+919845012345"
NEW = {"new_password": NEW_PASSWORD}
FORGOT, RESEND, VERIFY = (f"/auth/forgot-password/{verb}" for verb in ("request", "resend", "verify"))


def post(client: FlaskClient, path: str, body: Any = None, user: User | None = None) -> Any:
    return App(client, user).send("POST", path, body)


@pytest.mark.covers("ACC-04")
def test_changed_password_ends_every_other_sign_in_and_keeps_this_one(client: FlaskClient):
    a_user(ASHA)
    here, elsewhere = app_of(client, ASHA), app_of(client, ASHA)
    change = {"current_password": PASSWORD} | NEW
    answer = client.post("/api/v1/auth/change-password", json=change, headers=bearer(here["access_token"]))
    assert (answer.status_code, list(answer.json)) == (200, ["message"])
    assert (works(client, here["access_token"]), works(client, elsewhere["access_token"])) == (True, False)
    assert renew(client, here["refresh_token"]).status_code == 200
    assert renew(client, elsewhere["refresh_token"]).status_code == 401
    assert log_in(client, ASHA, NEW_PASSWORD).status_code == 200
    assert "PasswordChanged" in events()


@pytest.mark.covers("ACC-04")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"current_password": "Wrong-Horse-7"}, "current_password"), ({"new_password": "weak"}, "new_password"),
     ({"new_password": PASSWORD}, "new_password"), ({"new_password_again": "Other-Button-9"}, "new_password_again")],
)  # fmt: skip
def test_password_is_not_changed_when_something_does_not_fit(client: FlaskClient, changes: Any, field: str):
    user = a_user(ASHA)
    answer = post(client, "/auth/change-password", {"current_password": PASSWORD} | NEW | changes, user)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert log_in(client, ASHA).status_code == 200


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize(
    ("named", "method", "shown"),
    [({"identifier": "John@Example.com"}, "email", "Jo***@Example.com"),
     ({"email": ASHA}, "email", "as***@example.com"), ({"phone": "09845012678"}, "phone", "0984***678"),
     ({"username": PHONE, "method": "phone"}, "phone", "+919***345")],
)  # fmt: skip
def test_method_is_found_out_and_what_was_sent_comes_back_masked(
    client: FlaskClient, named: Any, method: str, shown: str
):
    for path in (FORGOT, RESEND):
        answer = post(client, path, named)
        assert answer.status_code == 200
        assert (answer.json["method"], answer.json["identifier"]) == (method, shown)


@pytest.mark.covers("ACC-05")
def test_code_sets_a_new_password(client: FlaskClient):
    a_user(ASHA)
    post(client, FORGOT, {"email": ASHA})
    run_outbox()
    code = code_in(text(mail("reset_code")))
    held = app_of(client, ASHA)
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": wrong(code)}).status_code == 422
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": code}).status_code == 200
    assert not works(client, held["access_token"])
    assert log_in(client, ASHA, NEW_PASSWORD).status_code == 200
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": code}).status_code == 422


@pytest.mark.covers("ACC-05")
def test_resend_kills_the_older_code_and_keeps_the_count(client: FlaskClient):
    older = a_code(a_user(ASHA).id)
    tried = [post(client, VERIFY, NEW | {"email": ASHA, "otp": wrong(older)}).status_code for _ in range(4)]
    post(client, RESEND, {"identifier": ASHA})
    run_outbox()
    newer = code_in(text(mail("reset_code")))
    tried += [post(client, VERIFY, NEW | {"email": ASHA, "otp": wrong(newer)}).status_code]
    assert tried == [422] * 5
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": newer}).status_code == 422


@pytest.mark.covers("ACC-05")
def test_mailed_link_sets_a_new_password_once(client: FlaskClient):
    a_user(ASHA)
    assert post(client, FORGOT, {"email": ASHA, "send": "link"}).status_code == 200
    run_outbox()
    token = token_in(text(mail("password_reset")))
    assert [post(client, VERIFY, NEW | {"token": token}).status_code for _ in range(2)] == [200, 422]
    assert log_in(client, ASHA, NEW_PASSWORD).status_code == 200


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("named", [{"email": ASHA}, {"phone": PHONE}])
def test_known_and_unknown_get_the_same_bytes_and_the_same_work(client: FlaskClient, named: dict[str, str]):
    answers = []
    for is_known in (False, True):
        if is_known:
            a_user(ASHA, phone=PHONE)
        asked = [post(client, path, named) for path in (FORGOT, RESEND)]
        asked += [post(client, VERIFY, NEW | named | {"otp": "123456"})]
        asked += [post(client, "/auth/forgot-email", {"phone": PHONE})]
        answers.append([(one.status_code, body(one)) for one in asked])
    assert answers[0] == answers[1]
    asked, tried = 3, 1
    assert events().count("NobodyAsked") == asked + 2 * tried
    assert len(events()) == 2 * (asked + tried)


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("odd", [True, [], None, 123456, "12345", "１２３４５６", {"$ne": ""}, ["123456"], "123456\n"])
def test_odd_codes_never_pass_and_cost_no_try(client: FlaskClient, odd: Any):
    user_id = a_user(ASHA, phone=PHONE).id
    code = a_code(user_id)
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": odd}).status_code == 422
    assert post(client, "/auth/verify-phone", {"code": odd}, fresh(user_id)).status_code == 422
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": code}).status_code == 200


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "identifier"), ({"email": ASHA, "phone": PHONE}, "identifier"), ({"email": "nobody"}, "email"),
     ({"email": ASHA, "method": "phone"}, "method"), ({"phone": PHONE, "send": "link"}, "send"),
     ({"email": ["x"]}, "email"), ({"identifier": ASHA, "send": "pigeon"}, "send")],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_at_its_field(client: FlaskClient, sent: Any, field: str):
    answer = post(client, FORGOT, sent)
    assert (answer.status_code, list(answer.json["errors"]), events()) == (422, [field], [])


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("proof", [{}, {"otp": "123456", "token": "x"}, {"otp": "123456"}])
def test_new_password_needs_one_proof_and_for_a_code_a_name(client: FlaskClient, proof: dict[str, str]):
    assert post(client, VERIFY, NEW | proof).status_code == 422


@pytest.mark.covers("ACC-06")
def test_phone_is_texted_its_masked_email(client: FlaskClient):
    a_user(ASHA, phone=PHONE)
    assert post(client, "/auth/forgot-email", {"phone": PHONE}).status_code == 200
    assert [post(client, "/auth/forgot-email", {"phone": odd}).status_code for odd in ("", None, "12", ASHA)] == [
        422
    ] * 4
    run_outbox()
    assert "as***@example.com" in files()[0].read_text()


@pytest.mark.covers("ACC-07")
def test_email_is_confirmed_by_the_token_that_was_mailed(client: FlaskClient):
    user = a_user(ASHA)
    user_id = user.id
    answer = post(client, "/auth/verify-email/request", None, user)
    assert (answer.status_code, list(answer.json)) == (200, ["message"])
    run_outbox()
    token = token_in(text(mail("email_verification")))
    assert post(client, "/auth/verify-email", {"token": token}, a_user()).status_code == 422
    answers = [post(client, "/auth/verify-email", {"token": token}, fresh(user_id)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert fresh(user_id).email_verified_at
    assert post(client, "/auth/verify-email/request", None, fresh(user_id)).status_code == 409


@pytest.mark.covers("ACC-07")
def test_phone_is_confirmed_by_the_code_that_came_to_it(client: FlaskClient):
    user = a_user(ASHA, phone=PHONE)
    user_id = user.id
    asked = post(client, "/auth/verify-phone/request", {"phone": "98450 12345"}, user)
    assert (asked.status_code, asked.json["phone"]) == (200, "+919***345")
    run_outbox()
    code = code_in(files()[0].read_text())
    assert post(client, "/auth/verify-phone", {"code": wrong(code)}, fresh(user_id)).status_code == 422
    assert post(client, "/auth/verify-phone", {"code": code}, fresh(user_id)).status_code == 200
    assert fresh(user_id).phone_verified_at
    assert post(client, "/auth/verify-phone/request", None, fresh(user_id)).status_code == 409


@pytest.mark.covers("ACC-07")
def test_another_phone_is_neither_texted_nor_confirmed(client: FlaskClient):
    user_id = a_user(ASHA, phone=PHONE).id
    code = a_code(user_id, PHONE, Purpose.PHONE)
    other = {"phone": "+919845054321"}
    assert post(client, "/auth/verify-phone/request", other, fresh(user_id)).status_code == 422
    assert post(client, "/auth/verify-phone", other | {"code": code}, fresh(user_id)).status_code == 422
    assert fresh(user_id).phone_verified_at is None


@pytest.mark.covers("ACC-07")
@pytest.mark.parametrize(
    "path", ["change-password", "verify-email", "verify-email/request", "verify-phone/request", "verify-phone"]
)
def test_strangers_are_refused(client: FlaskClient, path: str):
    assert post(client, f"/auth/{path}", {"code": "123456"}).status_code == 401


@pytest.mark.covers("ACC-05")
def test_shop_without_text_messages_takes_no_phone(make_shop: Callable[..., Flask]):
    user = a_user(ASHA, phone=PHONE)
    client = make_shop(environment="production").test_client()
    assert post(client, FORGOT, {"phone": PHONE}).status_code == 422
    assert post(client, "/auth/forgot-email", {"phone": PHONE}).status_code == 422
    assert post(client, "/auth/verify-phone/request", None, user).status_code == 422


@pytest.mark.covers("ACC-05")
def test_pages_and_api_count_together(make_shop: Callable[..., Flask]):
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    client = shop.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answers = [client.post("/password/forgot", data={"identifier": ASHA}).status_code for _ in range(2)]
    answers += [
        post(client, FORGOT, {"email": ASHA}).status_code,
        post(client, RESEND, {"identifier": ASHA}).status_code,
    ]
    assert answers == [303, 303, 200, 429]


@pytest.mark.covers("ACC-05")
def test_closed_account_gets_nothing_and_its_code_is_dead(client: FlaskClient):
    user = a_user(ASHA)
    user_id, token = user.id, resets.make_reset(user.id)
    link = verifications.make_link(user_id)
    code = a_code(user_id)
    fresh(user_id).status = UserStatus.BLOCKED
    db.session.commit()
    assert post(client, VERIFY, NEW | {"email": ASHA, "otp": code}).status_code == 422
    assert post(client, VERIFY, NEW | {"token": token}).status_code == 422
    assert post(client, "/auth/verify-email", {"token": link}, fresh(user_id)).status_code == 401
    post(client, FORGOT, {"email": ASHA})
    run_outbox()
    assert mails() == []
