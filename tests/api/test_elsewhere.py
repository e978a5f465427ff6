"""Signing in with Google and GitHub through the API."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.accounts.social.openid import KEPT_DOCUMENTS
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.authenticator import with_app
from tests.api.signing_in import cookie_of, works
from tests.factories import a_user
from tests.support.providers import ProviderDouble, an_apps_request
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")
BOTH = pytest.mark.parametrize("provider", ["google", "github"])
BACK = "com.example.pocket:/back"
VERIFIER = "v" * 43


@pytest.fixture
def there() -> Iterator[ProviderDouble]:
    with ProviderDouble() as double:
        yield double


@pytest.fixture
def pocket(client: ShopClient, app: Flask, there: ProviderDouble, configure: Callable[..., None]) -> ShopClient:
    """An app that the shop knows."""
    configure(**there.settings(), app_redirect_uris=(BACK,))
    app.extensions.pop(KEPT_DOCUMENTS, None)
    return client


def send(app: ShopClient, there: ProviderDouble, provider: str, nonce: str | None = None, **more: Any) -> Any:
    code = there.sign_in(an_apps_request(VERIFIER, BACK, nonce))["code"]
    sent = {"code": code, "redirect_uri": BACK, "code_verifier": VERIFIER} | more
    return app.post(f"/api/v1/auth/oauth/{provider}", json=sent)


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(User.id))) or 0


@BOTH
def test_app_trades_a_code_for_tokens_and_somebody_new_gets_an_account(
    pocket: ShopClient, there: ProviderDouble, provider: str
) -> None:
    answer = send(pocket, there, provider)
    assert (answer.status_code, answer.json["user"]["email"]) == (200, "asha@example.com")
    assert works(pocket, answer.json["access_token"])
    assert cookie_of(answer)
    again = send(pocket, there, provider, refresh_in="body", remember_me=False)
    assert again.json["user"]["id"] == answer.json["user"]["id"]
    assert again.json["refresh_token"]
    assert again.json["expires_in"] == 600


def test_nonce_the_app_asked_for_is_repeated(pocket: ShopClient, there: ProviderDouble) -> None:
    assert send(pocket, there, "google", nonce="n-1").status_code == 422
    assert send(pocket, there, "google", nonce="n-1").status_code == 422
    code = there.sign_in(an_apps_request(VERIFIER, BACK, "n-1"))["code"]
    sent = {"code": code, "redirect_uri": BACK, "code_verifier": VERIFIER, "nonce": "n-1"}
    assert pocket.post("/api/v1/auth/oauth/google", json=sent).status_code == 200


@BOTH
@pytest.mark.parametrize(
    ("more", "field"),
    [({"redirect_uri": "https://evil.example/"}, "redirect_uri"), ({"code_verifier": "w" * 43}, "code"),
     ({"code": "made-up"}, "code"), ({"code": None}, "code"), ({"code": ["x"]}, "code"),
     ({"code_verifier": ""}, "code_verifier")],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field(
    pocket: ShopClient, there: ProviderDouble, provider: str, more: dict[str, Any], field: str
) -> None:
    answer = send(pocket, there, provider, **more)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert people() == 0


@BOTH
def test_code_works_once(pocket: ShopClient, there: ProviderDouble, provider: str) -> None:
    code = there.sign_in(an_apps_request(VERIFIER, BACK))["code"]
    told = [send(pocket, there, provider, code=code).status_code for _ in range(2)]
    assert told == [200, 422]


@BOTH
def test_account_whose_email_was_never_confirmed_is_not_opened(
    pocket: ShopClient, there: ProviderDouble, provider: str
) -> None:
    a_user("asha@example.com")
    assert send(pocket, there, provider).status_code == 409


@BOTH
def test_second_factor_is_asked_here_too(pocket: ShopClient, there: ProviderDouble, provider: str) -> None:
    _secret, codes = with_app(a_user("asha@example.com", email_verified_at=now()))
    answer = send(pocket, there, provider)
    assert (answer.status_code, list(answer.json)) == (202, ["challenge", "expires_in"])
    body = {"challenge": answer.json["challenge"], "code": codes[0]}
    assert pocket.post("/api/v1/auth/two-factor", json=body).status_code == 200


@BOTH
def test_provider_that_is_away_or_not_switched_on_is_told(
    configure: Callable[..., None], pocket: ShopClient, there: ProviderDouble, provider: str
) -> None:
    there.answers |= {"/token": ("503 Away", b""), "/login/oauth/access_token": ("503 Away", b"")}
    assert send(pocket, there, provider).status_code == 502
    configure(google_client_id=None, github_client_id=None)
    assert send(pocket, there, provider).status_code == 404
