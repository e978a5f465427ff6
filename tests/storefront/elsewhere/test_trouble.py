"""A provider that is away, slow or talks nonsense makes nothing."""

import json

import pytest
from flask import Flask

from shop.lib import outside
from tests.staff.desk import words
from tests.storefront.elsewhere.going import people, sent_back
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")


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
