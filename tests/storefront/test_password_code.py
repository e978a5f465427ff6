"""A new password by a code that came to an e-mail or phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.masking import masked
from shop.accounts.models import UserStatus
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db, limiter
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from tests.checkout.buying import an_order
from tests.factories import PASSWORD, a_user
from tests.notifications.letterbox import mail, mails, text
from tests.notifications.test_texts import code_in, files
from tests.storefront.people import NEW_PASSWORD, body, browser_of, fresh, is_live, log_in, session_id, signed_in
from tests.support.outbox import run_outbox

ASHA, PHONE = "asha@example.com", "+919845012345"
TYPED = {"asha": " Asha@Example.com", "phone": "098450 12345"}


def ask(client: FlaskClient, name: str, **more: str) -> Any:
    return browser_of(client).post("/password/forgot", data={"identifier": name} | more)


def use(client: FlaskClient, name: str, code: str, **changes: str) -> Any:
    form = {"identifier": name, "code": code, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    return browser_of(client).post("/password/code", data=form | changes)


def a_code(user_id: int, address: str = ASHA, purpose: Purpose = Purpose.RESET) -> str:
    """A code as the message would carry it."""
    db.session.commit()
    with unit_of_work():
        code = codes.make_code(user_id, purpose, address)
    assert code
    return code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def events() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(OutboxEvent.event)))


@pytest.mark.covers("ACC-05")
def test_code_comes_by_mail_and_sets_a_new_password(client: FlaskClient):
    user_id = a_user(ASHA).id
    assert ask(client, TYPED["asha"]).location == "/password/code"
    run_outbox()
    code = code_in(text(mail("reset_code")))
    assert use(client, ASHA, code).location == "/login"
    assert log_in(client, ASHA, PASSWORD).status_code == 422
    assert log_in(client, ASHA, NEW_PASSWORD).status_code == 303
    assert fresh(user_id).email_verified_at


@pytest.mark.covers("ACC-05")
def test_code_comes_to_a_verified_phone_and_sets_a_new_password(client: FlaskClient):
    user_id = a_user(ASHA, phone=PHONE, phone_verified_at=now()).id
    assert ask(client, TYPED["phone"]).location == "/password/code"
    run_outbox()
    assert mails("reset_code") == []
    assert use(client, TYPED["phone"], code_in(files()[0].read_text())).location == "/login"
    assert fresh(user_id).email_verified_at is None
    assert log_in(client, ASHA, NEW_PASSWORD).status_code == 303


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize(("typed", "shown"), [("john@example.com", "jo***@example.com"), ("09845012678", "0984***678")])
def test_answer_masks_what_was_typed(client: FlaskClient, typed: str, shown: str):
    page = client.get(ask(client, typed).location).text
    assert f"If an account belongs to {shown}," in page
    assert f">{typed}<" not in page


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("typed", [ASHA, "john@example.com"])
def test_page_says_that_another_code_was_sent_alike_for_known_and_unknown(client: FlaskClient, typed: str):
    a_user(ASHA)
    said = f"If an account belongs to {masked(typed)}, another code was sent there."
    first = client.get(ask(client, typed).location).text
    assert 'name="again"' in first
    assert said not in first
    assert said in client.get(ask(client, typed, again="1").location).text


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("typed", [ASHA, PHONE])
@pytest.mark.parametrize("way", [{}, {"way": "link"}])
def test_known_and_unknown_get_the_same_bytes_and_the_same_work(app: Flask, typed: str, way: dict[str, str]):
    """The same is typed before anybody has it and after."""
    answers = []
    for is_known in (False, True):
        if is_known:
            a_user(ASHA, phone=PHONE)
        client = app.test_client()
        asked = ask(client, typed, **way)
        seen = client.get("/password/code")
        tried = use(client, typed, "123456")
        answers.append([(one.status_code, one.location, body(one)) for one in (asked, seen, tried)])
    assert answers[0] == answers[1]
    asked_and_tried = 1 if way and "@" not in typed else 2
    assert len(events()) == 2 * asked_and_tried


@pytest.mark.covers("ACC-05")
def test_closed_account_gets_no_code(client: FlaskClient):
    a_user(ASHA, status=UserStatus.BLOCKED)
    assert ask(client, ASHA).location == "/password/code"
    assert events() == ["NobodyAsked"]


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize("typed", ["", "nobody", "no@address", "\0", "9" * 300, "12345"])
def test_what_is_neither_email_nor_phone_is_refused_and_kept(client: FlaskClient, typed: str):
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert typed.strip("\0") in answer.text


@pytest.mark.covers("ACC-05")
def test_link_goes_to_no_phone(client: FlaskClient):
    answer = ask(client, PHONE, way="link")
    assert (answer.status_code, events()) == (422, [])
    assert "A link goes to an e-mail address only" in answer.text


@pytest.mark.covers("ACC-05")
def test_shop_without_text_messages_takes_no_phone(make_shop: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch):
    shop = make_shop(environment="production")
    answer = ask(shop.test_client(), PHONE)
    assert answer.status_code == 422
    assert "We cannot send text messages" in answer.text
    assert "phone number" not in shop.test_client().get("/password/forgot").text
    assert shop.test_client().get("/forgot-email").status_code == 404


@pytest.mark.covers("ACC-05")
@pytest.mark.parametrize(
    "changes",
    [{"password": "weak", "password_again": "weak"}, {"password_again": "Other-Button-9"}, {"code": "12345"},
     {"code": "１２３４５６"}, {"code": ""}, {"identifier": "nobody"}],
)  # fmt: skip
def test_what_does_not_fit_costs_no_try_and_the_code_stays(client: FlaskClient, changes: dict[str, str]):
    code = a_code(a_user(ASHA).id)
    for _ in range(6):
        assert use(client, ASHA, **{"code": code} | changes).status_code == 422
    assert use(client, ASHA, f"{code[:3]} {code[3:]}").location == "/login"


@pytest.mark.covers("ACC-05")
def test_five_wrong_codes_end_it_and_asking_again_gives_no_more(client: FlaskClient):
    user = a_user(ASHA)
    user_id, before = user.id, user.password_hash
    code = a_code(user_id)
    for _ in range(3):
        assert use(client, ASHA, wrong(code)).status_code == 422
    ask(client, ASHA)
    run_outbox()
    newer = code_in(text(mail("reset_code")))
    for _ in range(2):
        assert use(client, ASHA, wrong(newer)).status_code == 422
    assert use(client, ASHA, newer).status_code == 422
    ask(client, ASHA)
    run_outbox()
    assert len(mails("reset_code")) == 1
    assert fresh(user_id).password_hash == before


@pytest.mark.covers("ACC-05", "ACC-07")
def test_code_for_a_phone_opens_no_password_and_one_for_the_mail_does_not_fit_the_phone(client: FlaskClient):
    user_id = a_user(ASHA, phone=PHONE).id
    assert use(client, ASHA, a_code(user_id, PHONE, Purpose.PHONE)).status_code == 422
    assert use(client, PHONE, a_code(user_id)).status_code == 422


@pytest.mark.covers("ACC-05")
def test_new_password_by_code_ends_every_session_and_every_link(app: Flask):
    laptop = app.test_client()
    code = a_code(signed_in(laptop, a_user(ASHA)).id)
    assert use(app.test_client(), ASHA, code).status_code == 303
    assert not is_live(session_id(laptop))
    assert use(app.test_client(), ASHA, code).status_code == 422
    assert "PasswordChanged" in events()


@pytest.mark.covers("ORD-02")
def test_mailed_code_proves_the_address_and_claims_its_guest_orders(client: FlaskClient):
    order = an_order()
    order_id, email = order.id, order.email
    user_id = a_user(email).id
    assert use(client, email, a_code(user_id, email)).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Order, order_id).user_id == user_id


@pytest.mark.covers("ACC-05")
def test_changed_email_or_phone_kills_the_codes_sent_before(client: FlaskClient):
    code = a_code(signed_in(client, a_user(ASHA, phone=PHONE)).id)
    profile = {"first_name": "Asha", "email": ASHA, "phone": "98450 54321", "current_password": PASSWORD}
    assert client.post("/account/profile", data=profile).status_code == 303
    assert use(client, ASHA, code).status_code == 422


@pytest.mark.covers("ACC-05")
def test_address_is_kept_in_no_url_and_no_row(client: FlaskClient):
    asked = ask(client, ASHA)
    assert ASHA not in asked.location
    assert ASHA not in client.get("/password/code").request.url
    assert not [row for row in db.session.scalars(select(OutboxEvent)) if ASHA in str(row.payload)]


@pytest.mark.covers("ACC-05")
def test_who_comes_with_the_code_alone_types_the_address_again(client: FlaskClient):
    page = client.get("/password/code").text
    assert re.search(r'<input[^>]*name="identifier"[^>]*type="text"|<input[^>]*type="text"[^>]*name="identifier"', page)


@pytest.mark.covers("ACC-05")
def test_asking_and_trying_are_throttled_for_known_and_unknown_alike(make_shop: Callable[..., Flask]):
    a_user(ASHA)
    shop = make_shop(rate_limits=True)
    for typed in (ASHA, "nobody@example.com"):
        with shop.app_context():
            limiter.reset()
        asked = [ask(shop.test_client(), typed).status_code for _ in range(4)]
        tried = [use(shop.test_client(), typed, "123456").status_code for _ in range(11)]
        assert (asked, tried) == ([303] * 3 + [429], [422] * 10 + [429])


@pytest.mark.covers("ACC-05")
def test_host_header_reaches_no_mailed_link(app: Flask, client: FlaskClient):
    a_user(ASHA)
    forged = client.post("/password/forgot", data={"identifier": ASHA, "way": "link"}, headers={"Host": "evil.example"})
    assert forged.status_code == 400
    sent = {"identifier": ASHA, "way": "link"}
    behind = {"X-Forwarded-Host": "evil.example", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/password/forgot", data=sent, headers=behind).status_code == 303
    run_outbox()
    words = text(mail("password_reset"))
    assert "http://localhost/password/reset?token=" in words
    assert "evil.example" not in words
