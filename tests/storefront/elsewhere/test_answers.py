"""What comes back from a provider counts only where it left: same browser, once, soon."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from shop.lib.clock import now
from tests.staff.desk import flashed
from tests.storefront.elsewhere.going import BOTH, people, sent_back
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")


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
