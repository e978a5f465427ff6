"""Logging in and out."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.models import Session, UserStatus
from shop.accounts.networks import network_of
from shop.cart.models import CartLine, WishlistItem
from shop.cart.queries import bag_of
from shop.extensions import db, limiter
from tests.factories import PASSWORD, a_customer, a_user, a_variant
from tests.storefront.people import body, browser_of, fresh, is_live, log_in, session_id, signed_in, use_token_of
from tests.storefront.shoppers import with_bag

HOSTILE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%0d%0aSet-Cookie:x=1\r\nX: y",
    "javascript:alert(1)",
    "/\tevil.example",
    "http:evil.example",
    "/login",
    "/" + "a" * 3000,
]


@pytest.fixture
def throttled(make_shop: Callable[..., Flask]) -> Iterator[Flask]:
    """The same shop with its limits on."""
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    yield shop
    limiter.enabled = False


@pytest.mark.covers("ACC-02")
@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
     ("fe80::1%eth0", "fe80::/64"), ("::1", "::/64"), (None, "unknown"), ("a socket", "a socket")],
)  # fmt: skip
def test_visitors_are_told_apart_by_what_a_provider_gives_one_customer(address: str | None, network: str):
    assert network_of(address) == network


@pytest.mark.covers("ACC-02")
def test_page_with_any_letters_in_its_address_is_reached_after_login(client: FlaskClient):
    client.environ_base["HTTP_HX_REQUEST"] = "true"
    answer = log_in(client, a_user().email, next="/c/कुर्ता?q=ж")
    assert answer.headers["HX-Redirect"] == "/c/%E0%A4%95%E0%A5%81%E0%A4%B0%E0%A5%8D%E0%A4%A4%E0%A4%BE?q=%D0%B6"


@pytest.mark.covers("ACC-02")
def test_person_logs_in_by_email_however_it_is_written(client: FlaskClient):
    a_user("asha@example.com")
    answer = log_in(client, " Asha@Example.com ")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Hello, Asha" in client.get("/account").text


@pytest.mark.covers("ACC-02")
@pytest.mark.parametrize("typed", ["+919845012345", "98450 12345", "098450-12345"])
def test_person_logs_in_by_phone_however_it_is_written(client: FlaskClient, typed: str):
    a_user(phone="+919845012345")
    assert log_in(client, typed).status_code == 303


@pytest.mark.covers("ACC-02")
def test_wrong_password_unknown_name_and_closed_account_get_the_same_bytes(app: Flask):
    user = a_user("asha@example.com")
    wrong = log_in(app.test_client(), "asha@example.com", "Wrong-Horse-7")
    user.status = UserStatus.INACTIVE
    closed = log_in(app.test_client(), "asha@example.com")
    db.session.delete(user)
    unknown = log_in(app.test_client(), "asha@example.com")
    assert wrong.status_code == 422
    assert body(wrong) == body(closed) == body(unknown)


@pytest.mark.covers("ACC-02")
def test_failed_login_keeps_the_name_but_never_the_password(client: FlaskClient):
    page = log_in(client, "asha@example.com", "Wrong-Horse-7").text
    assert 'value="asha@example.com"' in page
    assert "Wrong-Horse-7" not in page


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "☃", "'; DROP TABLE user_account; --", "@", "०१२३४५६७८९"])
def test_odd_names_are_refused_with_a_message(client: FlaskClient, name: str):
    answer = log_in(client, name)
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_login_without_any_field_is_refused_with_a_message(client: FlaskClient):
    answer = browser_of(client).post("/login")
    assert answer.status_code == 422
    assert "Enter your password." in answer.text


@pytest.mark.covers("ACC-02")
def test_remembered_login_outlives_the_browser_and_the_other_does_not(app: Flask):
    user = a_user()
    assert "Expires=" in log_in(app.test_client(), user.email, remember="y").headers["Set-Cookie"]
    assert "Expires=" not in log_in(app.test_client(), user.email).headers["Set-Cookie"]
    lives = sorted(row.expires_at - row.created_at for row in db.session.scalars(select(Session)))
    assert lives[0].days == 0
    assert lives[1].days >= 29


@pytest.mark.covers("ACC-02")
def test_login_brings_a_new_session_and_ends_the_guests(client: FlaskClient):
    with_bag(client)
    planted = session_id(client)
    log_in(client, a_user().email)
    assert session_id(client) != planted
    assert not is_live(planted)


@pytest.mark.covers("ACC-02")
def test_session_planted_by_someone_else_is_not_signed_in_with_its_victim(app: Flask):
    attacker, victim = app.test_client(), app.test_client()
    with_bag(attacker)
    with victim.session_transaction() as cookie:
        cookie["sid"] = session_id(attacker)
    log_in(victim, a_user().email)
    assert attacker.get("/account").status_code == 303


@pytest.mark.covers("ACC-02")
def test_logging_in_again_as_someone_else_ends_the_first_visit(client: FlaskClient):
    signed_in(client)
    first = session_id(client)
    log_in(client, a_user(first_name="Ravi").email)
    assert not is_live(first)
    assert "Hello, Ravi" in client.get("/account").text


@pytest.mark.covers("ACC-02", "CRT-01")
def test_guests_bag_and_wishlist_come_along(client: FlaskClient):
    user, variant = a_user(), a_variant()
    guest = with_bag(client, variant)
    db.session.add(WishlistItem(session_id=guest.session_id, product_id=variant.product_id))
    log_in(client, user.email)
    db.session.rollback()
    assert [line.variant_id for line in bag_of(a_customer(user)).lines] == [variant.id]
    assert db.session.scalar(select(WishlistItem.user_id)) == user.id


@pytest.mark.covers("ACC-02")
def test_failed_login_leaves_the_guests_bag_alone(client: FlaskClient):
    with_bag(client)
    log_in(client, a_user().email, "Wrong-Horse-7")
    assert db.session.scalar(select(func.count(CartLine.id))) == 1
    assert is_live(session_id(client))


@pytest.mark.covers("ACC-02")
def test_person_returns_to_the_page_they_wanted(client: FlaskClient):
    away = client.get("/account/orders?state=open")
    assert away.location == "/login?next=/account/orders?state%3Dopen"
    assert log_in(client, a_user().email, next="/account/orders?state=open").location == "/account/orders?state=open"


@pytest.mark.covers("ACC-02")
def test_form_sent_after_the_session_ended_leads_back_to_its_page(client: FlaskClient):
    form_page = "http://localhost/account/addresses/new"
    away = browser_of(client).post("/account/addresses/new", data={}, headers={"Referer": form_page})
    assert away.location == "/login?next=/account/addresses/new"
    foreign = client.post("/account/addresses/new", data={}, headers={"Referer": "https://evil.example/x"})
    assert foreign.location == "/login?next=/"


def test_owner_begins_the_day_at_the_owners_pages(app: Flask):
    owner, client = a_user(role="owner").email, app.test_client()
    assert log_in(client, owner).location == "/staff"
    assert client.get("/login").location == "/staff"
    assert log_in(app.test_client(), owner, next="/account").location == "/account"


@pytest.mark.parametrize("target", HOSTILE)
def test_login_never_leads_to_another_site(client: FlaskClient, target: str):
    assert log_in(client, a_user().email, next=target).location == "/account"


@pytest.mark.parametrize("target", HOSTILE)
def test_login_page_of_someone_signed_in_never_leads_to_another_site(client: FlaskClient, target: str):
    signed_in(client)
    assert client.get("/login", query_string={"next": target}).location == "/account"


@pytest.mark.covers("ACC-03")
def test_logout_ends_the_session_for_good(client: FlaskClient):
    user = a_user()
    log_in(client, user.email)
    kept = session_id(client)
    use_token_of(client)
    assert client.post("/logout").status_code == 303
    with client.session_transaction() as cookie:
        cookie["sid"] = kept
    assert client.get("/account").status_code == 303


def test_logout_is_never_a_link(client: FlaskClient):
    signed_in(client)
    assert client.get("/logout").status_code == 405


@pytest.mark.covers("ACC-03")
def test_deactivated_persons_session_dies_at_once(client: FlaskClient):
    user = signed_in(client)
    assert client.get("/account").status_code == 200
    user.status = UserStatus.BLOCKED
    assert client.get("/account").location.startswith("/login")


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
     {"Origin": "null"}],
)  # fmt: skip
def test_login_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]):
    user = a_user()
    answer = client.post("/login", data={"identifier": user.email, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert session_id(client) is None


def test_post_that_says_nothing_is_refused_with_our_cookie_and_heard_without(app: Flask):
    user = a_user()
    form = {"identifier": user.email, "password": PASSWORD}
    with_cookie = app.test_client()
    with_bag(with_cookie)
    del with_cookie.environ_base["HTTP_SEC_FETCH_SITE"]
    assert with_cookie.post("/login", data=form).status_code == 403
    assert app.test_client().post("/login", data=form).status_code == 303


@pytest.mark.parametrize("token", [None, "", "made-up"])
def test_signed_in_persons_form_without_their_token_is_refused(client: FlaskClient, token: str | None):
    signed_in(client)
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    answer = client.post("/logout", data={} if token is None else {"csrf_token": token})
    assert answer.status_code == 400
    assert is_live(session_id(client))


@pytest.mark.covers("ACC-02")
def test_guessing_one_account_is_throttled_from_anywhere_and_others_are_not(throttled: Flask):
    victim, other = a_user(), a_user()
    for number in range(10):
        log_in(at_address(throttled, number), victim.email, "Wrong-Horse-7")
    refused = log_in(at_address(throttled, 11), victim.email.upper())
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert log_in(at_address(throttled, 12), other.email).status_code == 303


@pytest.mark.covers("ACC-02")
def test_guessing_many_accounts_is_throttled_by_address(throttled: Flask):
    for number in range(30):
        log_in(at_address(throttled, 1), f"nobody{number}@example.com", "Wrong-Horse-7")
    user = a_user()
    assert log_in(at_address(throttled, 1), user.email).status_code == 429
    assert log_in(at_address(throttled, 2), user.email).status_code == 303


@pytest.mark.covers("ACC-02")
def test_addresses_of_one_ipv6_network_count_as_one(throttled: Flask):
    answers = []
    for number in range(31):
        client = throttled.test_client()
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:1::{number:x}"
        answers.append(log_in(client, f"nobody{number}@example.com", "Wrong-Horse-7").status_code)
    assert answers == [422] * 30 + [429]


@pytest.mark.covers("ACC-02")
def test_right_passwords_are_never_counted(throttled: Flask):
    user = a_user()
    assert {log_in(at_address(throttled, 1), user.email).status_code for _ in range(12)} == {303}
    assert fresh(user.id).last_login_at


def at_address(shop: Flask, number: int) -> FlaskClient:
    """A visitor at an address of their own."""
    client = shop.test_client()
    client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
    return client
