"""Signing in with Google and GitHub, against a real provider on this machine."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import LinkedSignIn, OneTimeCode, UsedState, User, UserStatus
from shop.accounts.services import codes, credentials
from shop.accounts.services.codes import Purpose
from shop.accounts.services.linked_sign_ins import linked_to
from shop.accounts.services.people import Person, change_person, set_status
from shop.accounts.services.resets import CheckedCode, make_reset
from shop.accounts.social import openid
from shop.extensions import db
from shop.lib import outside
from shop.lib.clock import now
from shop.membership import services as membership
from tests.accounts.authenticator import code_of, with_app
from tests.factories import PASSWORD, a_user
from tests.notifications.ringing import mail, mails, ring
from tests.notifications.ringing import text as said
from tests.notifications.test_account_mails import token_in
from tests.staff.desk import flashed, words
from tests.storefront.people import browser_of, fresh, is_live, log_in, session_id, signed_in, use_token_of
from tests.storefront.shoppers import with_bag
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")
BOTH = pytest.mark.parametrize("provider", ["google", "github"])
PAGE = "/account/sign-ins"


@pytest.fixture
def there() -> Iterator[ProviderDouble]:
    with ProviderDouble() as double:
        yield double


@pytest.fixture
def shop(there: ProviderDouble, make_shop: Callable[..., Flask]) -> Flask:
    return make_shop(**there.settings())


@pytest.fixture
def visitor(shop: Flask) -> ShopClient:
    return browser_of(shop.test_client())  # type: ignore[return-value]


def go(client: ShopClient, there: ProviderDouble, provider: str = "google", **more: str) -> Any:
    """Off to the provider and back."""
    return client.get(f"/login/{provider}/callback", query_string=sent_back(client, there, provider, **more))


def sent_back(client: ShopClient, there: ProviderDouble, provider: str = "google", **more: str) -> dict[str, str]:
    left = client.get(f"/login/{provider}", query_string=more)
    assert left.status_code == 303, words(left)
    return there.sign_in(left.location)


def people() -> list[User]:
    db.session.rollback()
    return list(db.session.scalars(select(User).order_by(User.id)))


def links() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(LinkedSignIn)) or 0


def a_verified(email: str = "asha@example.com", **more: Any) -> User:
    return a_user(email, email_verified_at=now(), **more)


@BOTH
def test_somebody_new_gets_an_account_and_is_in(visitor: ShopClient, there: ProviderDouble, provider: str) -> None:
    assert go(visitor, there, provider).location == "/account"
    (user,) = people()
    assert (user.email, user.name, user.made_with) == ("asha@example.com", "Asha Rao", provider)
    assert user.email_verified_at
    assert user.random_password_at
    assert visitor.get("/account").status_code == 200


@BOTH
def test_the_second_time_it_is_the_same_account_even_after_the_email_changed(
    shop: Flask, there: ProviderDouble, provider: str
) -> None:
    go(shop.test_client(), there, provider)
    there.person["email"] = "new@example.com"
    there.emails = []
    assert go(shop.test_client(), there, provider).location == "/account"
    assert len(people()) == 1


@BOTH
def test_account_with_the_same_verified_email_is_opened_and_its_person_told(
    visitor: ShopClient, there: ProviderDouble, provider: str
) -> None:
    user = a_verified()
    assert go(visitor, there, provider).location == "/account"
    assert len(people()) == 1
    assert [row.provider for row in db.session.scalars(linked_to(user.id))] == [provider]
    assert log_in(visitor.application.test_client(), "asha@example.com").status_code == 303
    ring()
    assert "opens your account" in said(mail("sign_in_linked"))


@BOTH
@pytest.mark.parametrize("more", [{}, {"phone": "+919845012345", "phone_verified_at": now()}])
def test_account_somebody_registered_with_the_victims_email_is_not_opened(
    visitor: ShopClient, there: ProviderDouble, provider: str, more: dict[str, Any]
) -> None:
    attacker = a_user("asha@example.com", **more)
    refused = go(visitor, there, provider)
    assert refused.status_code == 409
    assert "never confirmed" in words(refused)
    assert links() == 0
    assert len(people()) == 1
    assert visitor.get("/account").status_code == 303
    assert fresh(attacker.id).email_verified_at is None


def test_victim_proves_the_mailbox_and_nothing_the_attacker_planted_opens_the_account(
    shop: Flask, there: ProviderDouble
) -> None:
    """The attacker registered the address, linked a GitHub account, verified a phone; then the victim resets."""
    attacker = a_user("asha@example.com", phone="+919845012345", phone_verified_at=now())
    db.session.add(LinkedSignIn(user_id=attacker.id, provider="github", subject="4711"))
    membership.reset_password(make_reset(attacker.id), "hash of the victim's password")
    there.emails = []
    assert go(shop.test_client(), there, "github").status_code == 409
    assert fresh(attacker.id).phone_verified_at is None
    assert go(shop.test_client(), there, "google").location == "/account"


def test_owner_of_a_phone_proves_it_and_the_sign_in_a_stranger_linked_before_is_gone(
    shop: Flask, there: ProviderDouble
) -> None:
    """The stranger registered the phone alone and linked Google; then its owner sets a password by text message."""
    there.emails = []
    stranger = a_user(phone="+919845012345")
    stranger.email = None
    db.session.add(LinkedSignIn(user_id=stranger.id, provider="github", subject="4711"))
    db.session.commit()
    assert go(shop.test_client(), there, "github").location == "/account"
    checked = CheckedCode(stranger.id, a_code_hash(stranger.id))
    membership.reset_by_code("+919845012345", checked, "hash of the owner's password")
    db.session.commit()
    assert go(shop.test_client(), there, "github").status_code == 409
    assert fresh(stranger.id).phone_verified_at


def a_code_hash(user_id: int) -> str:
    codes.make_code(user_id, Purpose.RESET, "+919845012345")
    return db.session.scalars(select(OneTimeCode.code_hash)).one()


def test_person_who_proved_the_mailbox_long_ago_keeps_what_they_linked(app: Flask) -> None:
    user = a_verified(phone="+919845012345", phone_verified_at=now())
    db.session.add(LinkedSignIn(user_id=user.id, provider="google", subject="g-1"))
    membership.reset_password(make_reset(user.id), "hash")
    db.session.commit()
    assert links() == 1
    assert fresh(user.id).phone_verified_at


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_email_that_google_has_not_verified_opens_and_makes_nothing(
    visitor: ShopClient, there: ProviderDouble, verified: Any
) -> None:
    a_verified()
    there.person["email_verified"] = verified
    refused = go(visitor, there)
    assert (refused.status_code, links(), len(people())) == (409, 0, 1)
    assert "has not confirmed" in words(refused)


@pytest.mark.parametrize(
    "emails",
    [[], [{"email": "asha@example.com", "primary": True, "verified": False}], ["asha@example.com"], [None],
     [{"email": "asha@example.com", "primary": False, "verified": True}], [{"primary": True, "verified": True}],
     [{"email": "no address", "primary": True, "verified": True}]],
)  # fmt: skip
def test_email_that_github_has_not_verified_opens_and_makes_nothing(
    visitor: ShopClient, there: ProviderDouble, emails: list[Any]
) -> None:
    a_verified()
    there.emails = emails
    assert (go(visitor, there, "github").status_code, links(), len(people())) == (409, 0, 1)


def test_other_google_account_with_the_same_email_does_not_open_what_the_first_one_opens(
    shop: Flask, there: ProviderDouble
) -> None:
    go(shop.test_client(), there)
    there.person["sub"] = "g-2"
    assert go(shop.test_client(), there).status_code == 409


@BOTH
def test_closed_account_stays_closed(visitor: ShopClient, there: ProviderDouble, provider: str) -> None:
    a_verified().status = UserStatus.BLOCKED
    assert go(visitor, there, provider).status_code == 403
    assert visitor.get("/account").status_code == 303


def test_second_factor_is_asked_here_too(visitor: ShopClient, there: ProviderDouble) -> None:
    secret, _codes = with_app(a_verified())
    assert go(visitor, there, next="/account/orders").location == "/login/code?next=/account/orders"
    assert visitor.get("/account").status_code == 303
    form = {"code": code_of(secret, 1), "next": "/account/orders"}
    assert visitor.post("/login/code", data=form).location == "/account/orders"


def test_visit_has_a_new_id_the_guests_bag_and_the_wanted_page(visitor: ShopClient, there: ProviderDouble) -> None:
    with_bag(visitor)
    guests = session_id(visitor)
    assert go(visitor, there, next="/cart").location == "/cart"
    assert session_id(visitor) != guests
    assert not is_live(guests)
    assert go(visitor.application.test_client(), there, next="//evil.example").location == "/account"


@BOTH
def test_buttons_stand_there_only_when_switched_on(app: Flask, shop: Flask, provider: str) -> None:
    for path in ("/login", "/register"):
        assert f"/login/{provider}" in shop.test_client().get(path).text
        assert f"/login/{provider}" not in app.test_client().get(path).text
    assert app.test_client().get(f"/login/{provider}").status_code == 404


# What comes back is not what left.


@BOTH
def test_state_of_another_browser_is_refused(shop: Flask, there: ProviderDouble, provider: str) -> None:
    attacker, victim = shop.test_client(), shop.test_client()
    planted = sent_back(attacker, there, provider)
    assert victim.get(f"/login/{provider}/callback", query_string=planted).status_code == 422
    sent_back(victim, there, provider)
    assert victim.get(f"/login/{provider}/callback", query_string=planted).status_code == 422
    assert people() == []


@BOTH
def test_answer_works_once_even_with_the_cookie_of_before(shop: Flask, there: ProviderDouble, provider: str) -> None:
    client = shop.test_client()
    answer = sent_back(client, there, provider)
    cookie = client.get_cookie("shop").value
    path = f"/login/{provider}/callback"
    assert client.get(path, query_string=answer).status_code == 303
    thief = shop.test_client()
    thief.set_cookie("shop", cookie)
    before = len(there.asked)
    assert thief.get(path, query_string=answer).status_code == 422
    assert len(there.asked) == before


@BOTH
def test_code_that_was_traded_before_is_refused(visitor: ShopClient, there: ProviderDouble, provider: str) -> None:
    answer = sent_back(visitor, there, provider)
    there.codes.clear()
    assert visitor.get(f"/login/{provider}/callback", query_string=answer).status_code == 422


@BOTH
def test_code_of_another_sign_in_is_refused(visitor: ShopClient, there: ProviderDouble, provider: str) -> None:
    """PKCE: somebody else's code does not fit this browser's verifier."""
    foreign = sent_back(visitor.application.test_client(), there, provider)
    own = sent_back(visitor, there, provider)
    mixed = own | {"code": foreign["code"]}
    assert visitor.get(f"/login/{provider}/callback", query_string=mixed).status_code == 422
    assert people() == []


@BOTH
def test_redirect_to_another_address_is_refused(visitor: ShopClient, there: ProviderDouble, provider: str) -> None:
    answer = sent_back(visitor, there, provider)
    there.codes[answer["code"]]["redirect_uri"] = "https://evil.example/callback"
    assert visitor.get(f"/login/{provider}/callback", query_string=answer).status_code == 422


def test_callback_address_never_comes_from_the_host_header(visitor: ShopClient) -> None:
    left = visitor.get("/login/github", headers={"Host": "127.0.0.1"})
    assert "redirect_uri=http%3A%2F%2Flocalhost%2Flogin%2Fgithub%2Fcallback" in left.location


def test_attempt_is_over_after_ten_minutes(visitor: ShopClient, there: ProviderDouble) -> None:
    answer = sent_back(visitor, there, "github")
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert visitor.get("/login/github/callback", query_string=answer).status_code == 422


def test_answer_for_the_other_provider_is_refused(visitor: ShopClient, there: ProviderDouble) -> None:
    answer = sent_back(visitor, there, "google")
    assert visitor.get("/login/github/callback", query_string=answer).status_code == 422


@BOTH
def test_who_stops_at_the_provider_is_back_at_the_login(
    visitor: ShopClient, there: ProviderDouble, provider: str
) -> None:
    sent_back(visitor, there, provider, next="/cart")
    answer = visitor.get(f"/login/{provider}/callback", query_string={"error": "access_denied"})
    assert answer.location == "/login?next=/cart"
    assert "Nothing was changed" in flashed(visitor)


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"state": "x"}, {"code": "\ud800", "state": "\ud800"}])
def test_callback_out_of_the_blue_is_refused(visitor: ShopClient, query: dict[str, str]) -> None:
    sent = {name: value.encode(errors="surrogatepass") for name, value in query.items()}
    assert visitor.get("/login/github/callback", query_string=sent).status_code == 422


# The id token.


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-client"}, {"aud": ["another-client", "shop-client"]}, {"iss": "https://evil.example"},
     {"nonce": "of another sign-in"}, {"nonce": None}, {"exp": 1_000_000_000}, {"exp": None}, {"sub": None},
     {"aud": None}, {"iss": None}, {"iat": None}],
    ids=str,
)  # fmt: skip
def test_id_token_with_another_claim_is_refused(
    visitor: ShopClient, there: ProviderDouble, claims: dict[str, Any]
) -> None:
    there.person |= {name: None for name, value in claims.items() if value is None}
    there.claims = {name: value for name, value in claims.items() if value is not None}
    if claims.keys() <= there.person.keys():
        there.claims |= claims
    assert go(visitor, there).status_code == 422
    assert people() == []


def unsigned(_there: ProviderDouble, told: dict[str, Any]) -> str:
    return jwt.encode(told, None, algorithm="none")


def signed_with_the_public_key(there: ProviderDouble, told: dict[str, Any]) -> str:
    """The old trick: the public key, which everybody knows, as a secret."""

    def packed(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    secret = there.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{packed({'alg': 'HS256', 'kid': there.kid})}.{packed(told)}"
    made = base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), hashlib.sha256)).rstrip(b"=").decode()
    return f"{text}.{made}"


def signed_by_somebody_else(there: ProviderDouble, told: dict[str, Any]) -> str:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(told, other, algorithm="RS256", headers={"kid": there.kid})


def with_a_key_nobody_published(there: ProviderDouble, told: dict[str, Any]) -> str:
    return jwt.encode(told, there.key, algorithm="RS256", headers={"kid": "unknown"})


def garbage(_there: ProviderDouble, _told: dict[str, Any]) -> str:
    return "not.a.token"


@pytest.mark.parametrize(
    "sign", [unsigned, signed_with_the_public_key, signed_by_somebody_else, with_a_key_nobody_published, garbage]
)
def test_id_token_that_google_did_not_sign_is_refused(
    visitor: ShopClient, there: ProviderDouble, sign: Callable[..., str]
) -> None:
    there.sign = sign
    assert go(visitor, there).status_code == 422
    assert people() == []


def test_new_key_of_the_provider_is_fetched_once_a_minute_at_most(
    shop: Flask, there: ProviderDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(shop.test_client(), there)
    there.new_key("second")
    assert go(shop.test_client(), there).status_code == 422
    monkeypatch.setattr(openid, "AGAIN", 0.0)
    assert go(shop.test_client(), there).status_code == 303


# The provider has a bad day.

TROUBLES = [("500 Internal Server Error", b"{}"), ("200 OK", b"<html>"), ("200 OK", b"[" * 100_000), ("200 OK", b"3"),
            ("302 Found", b"{}"), ("429 Too Many Requests", b"{}"),
            ("200 OK", b'{"a":"' + b"x" * 600_000 + b'"}')]  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: f"{trouble[0]} {len(trouble[1])}")
@pytest.mark.parametrize(
    ("provider", "path"),
    [("google", "/token"), ("google", "/jwks"), ("github", "/login/oauth/access_token"), ("github", "/user"),
     ("github", "/user/emails")],
)  # fmt: skip
@pytest.mark.one_engine
def test_trouble_at_the_provider_is_told_and_makes_nothing(
    visitor: ShopClient, there: ProviderDouble, provider: str, path: str, trouble: tuple[str, bytes]
) -> None:
    answer = sent_back(visitor, there, provider)
    there.answers[path] = trouble
    told = visitor.get(f"/login/{provider}/callback", query_string=answer)
    assert told.status_code in {422, 502}
    assert "Back to log in" in words(told)
    assert people() == []


def test_provider_that_is_away_or_slow_is_told(
    shop: Flask, there: ProviderDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "SECONDS", 0.2)
    there.seconds = 0.6
    slow = shop.test_client().get("/login/google")
    there.__exit__()
    away = shop.test_client().get("/login/google")
    for told in (slow, away):
        assert told.status_code == 502
        assert "log in with your password" in words(told)


def test_document_of_another_issuer_is_not_believed(visitor: ShopClient, there: ProviderDouble) -> None:
    document = {"issuer": "https://evil.example", "authorization_endpoint": "https://evil.example/authorize"}
    there.answers["/.well-known/openid-configuration"] = ("200 OK", json.dumps(document).encode())
    assert visitor.get("/login/google").status_code == 502


# The login link.


def test_new_person_is_mailed_a_link_that_logs_in_once(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor, there)
    ring()
    assert mails("welcome") == []
    token = token_in(said(mail("welcome_link")))
    other = browser_of(visitor.application.test_client())
    assert token in other.get("/login/link", query_string={"token": token}).text
    assert other.get("/account").status_code == 303
    assert other.post("/login/link", data={"token": token}).location == "/account"
    assert other.get("/account").status_code == 200
    third = browser_of(visitor.application.test_client())
    assert third.post("/login/link", data={"token": token}).status_code == 410


def test_login_link_is_over_after_fifteen_minutes(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor, there)
    ring()
    token = token_in(said(mail("welcome_link")))
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert browser_of(visitor.application.test_client()).get(f"/login/link?token={token}").status_code == 410


@pytest.mark.parametrize("event", ["password", "email", "deactivation"])
def test_login_link_dies_with_the_other_links_of_its_person(
    visitor: ShopClient, there: ProviderDouble, event: str
) -> None:
    go(visitor, there)
    ring()
    token = token_in(said(mail("welcome_link")))
    other = browser_of(visitor.application.test_client())
    assert other.get("/login/link", query_string={"token": token}).status_code == 200
    [user] = people()
    if event == "password":
        credentials.set_password(user, "another hash")
    elif event == "email":
        change_person(user.id, Person("Asha", email="moved@example.com"))
    else:
        set_status(user, UserStatus.INACTIVE)
        set_status(user, UserStatus.ACTIVE)
    db.session.commit()
    assert other.post("/login/link", data={"token": token}).status_code == 410


# The account's page.


def test_person_adds_a_sign_in_with_the_password_and_takes_it_away(visitor: ShopClient, there: ProviderDouble) -> None:
    user = signed_in(visitor, email="meera@example.com")
    page = visitor.get(PAGE)
    assert "Add Google" in words(page)
    assert f"form-action 'self' {there.url}" in page.headers["Content-Security-Policy"]
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    back = visitor.get("/login/google/callback", query_string=there.sign_in(left.location))
    assert back.location == PAGE
    assert [row.email for row in db.session.scalars(linked_to(user.id))] == ["asha@example.com"]
    assert go(visitor.application.test_client(), there).location == "/account"
    assert len(people()) == 1
    assert visitor.post(f"{PAGE}/google/removal").location == PAGE
    assert links() == 0


def test_session_alone_adds_no_way_in(visitor: ShopClient) -> None:
    signed_in(visitor)
    assert visitor.post(f"{PAGE}/google", data={"current_password": "Wrong-Horse-7"}).status_code == 422
    with visitor.session_transaction() as cookie:
        assert "away" not in cookie


def test_sign_in_that_opens_another_account_is_not_added(visitor: ShopClient, there: ProviderDouble) -> None:
    go(visitor.application.test_client(), there)
    signed_in(visitor, email="meera@example.com")
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    assert visitor.get("/login/google/callback", query_string=there.sign_in(left.location)).status_code == 409
    assert links() == 1


def test_sign_in_is_added_only_to_whoever_asked(visitor: ShopClient, there: ProviderDouble) -> None:
    signed_in(visitor, email="meera@example.com")
    left = visitor.post(f"{PAGE}/google", data={"current_password": PASSWORD})
    with visitor.session_transaction() as cookie:
        kept = cookie["away"]
    signed_in(visitor, email="ravi@example.com")
    with visitor.session_transaction() as cookie:
        cookie["away"] = kept
    assert visitor.get("/login/google/callback", query_string=there.sign_in(left.location)).status_code == 422
    assert links() == 0


def test_last_way_in_is_not_taken_away_and_a_password_is_set_by_mail(
    visitor: ShopClient, there: ProviderDouble
) -> None:
    go(visitor, there)
    assert "has no password yet" in words(visitor.get(PAGE))
    use_token_of(visitor)
    visitor.post(f"{PAGE}/google/removal")
    assert "Set a password first" in flashed(visitor)
    assert links() == 1
    visitor.post(f"{PAGE}/password")
    ring()
    token = token_in(said(mail("password_reset")))
    form = {"token": token, "password": "Brass-Button-9", "password_again": "Brass-Button-9"}
    other = browser_of(visitor.application.test_client())
    assert other.post("/password/reset", data=form).location == "/login"
    assert people()[0].random_password_at is None
    assert log_in(other, "asha@example.com", "Brass-Button-9").location == "/account"
    use_token_of(other)
    other.post(f"{PAGE}/google/removal")
    assert links() == 0


def test_what_came_back_is_kept_as_a_hash(visitor: ShopClient, there: ProviderDouble) -> None:
    answer = sent_back(visitor, there, "github")
    visitor.get("/login/github/callback", query_string=answer)
    assert answer["state"] not in db.session.scalars(select(UsedState.state_hash)).one()
