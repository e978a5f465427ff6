"""An id token of Google is believed only where every claim and the signature fit."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from shop.accounts.social import openid
from tests.storefront.elsewhere.going import go, people
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")


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


def test_keys_that_one_app_keeps_are_not_another_apps(there: ProviderDouble, make_shop: Callable[..., Flask]) -> None:
    go(make_shop(**there.settings()).test_client(), there)
    there.new_key(there.kid)
    assert go(make_shop(**there.settings()).test_client(), there).status_code == 303
