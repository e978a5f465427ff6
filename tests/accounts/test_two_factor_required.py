"""The owner asks for two-factor sign-in: who has none may nothing until it is set up."""

import pytest
from flask import Flask

from shop.accounts.models import User
from shop.accounts.services import tokens, two_factor
from shop.extensions import db
from shop.store.setting_services import set_value
from shop.store.settings import TWO_FACTOR_FOR
from tests.accounts.authenticator import with_app
from tests.api.signing_in import bearer
from tests.factories import a_user, sign_in
from tests.storefront.people import log_in
from tests.support.settings import shows
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-13", "STO-03")
SET_UP = "/account/two-factor"
TEAM_API = "/api/v1/team/"


def asked_of(whom: str) -> None:
    set_value(TWO_FACTOR_FOR, whom)
    db.session.commit()


def desk_of(app: Flask, user: User) -> ShopClient:
    client = app.test_client()
    sign_in(client, user)
    return client  # type: ignore[return-value]


@shows(TWO_FACTOR_FOR)
@pytest.mark.parametrize(
    ("whom", "shut_out"), [("nobody", set()), ("owners", {"owner"}), ("team", {"owner", "staff", "support"})]
)
def test_those_it_is_asked_of_are_led_to_set_it_up_before_anything_else(
    app: Flask, whom: str, shut_out: set[str]
) -> None:
    asked_of(whom)
    for role in ("owner", "staff", "support"):
        answer = desk_of(app, a_user(role=role)).get("/staff/orders")
        assert (answer.status_code, answer.location) == ((303, SET_UP) if role in shut_out else (200, None)), role


def test_it_holds_at_once_for_whoever_is_logged_in_and_ends_once_it_is_set_up(app: Flask) -> None:
    owner = a_user(role="owner")
    desk = desk_of(app, owner)
    assert desk.get("/staff").status_code == 200
    asked_of("owners")
    assert desk.get("/staff").location == SET_UP
    assert desk.post("/staff/orders/1/confirmation").location == SET_UP
    assert "asks its team for a second step" in desk.get(SET_UP).text
    with_app(owner)
    assert desk.get("/staff").status_code == 200


def test_key_that_was_not_confirmed_does_not_count(app: Flask) -> None:
    owner = a_user(role="owner")
    asked_of("owners")
    two_factor.start(owner.id)
    assert desk_of(app, owner).get("/staff").location == SET_UP


def test_apps_of_the_team_are_refused_with_the_reason(app: Flask, client: ShopClient) -> None:
    owner = a_user(role="owner")
    token = tokens.issue(owner.id, None, "tests", remember=True).access_token
    assert client.get(TEAM_API, headers=bearer(token)).status_code == 200
    asked_of("team")
    refused = client.get(TEAM_API, headers=bearer(token))
    assert (refused.status_code, "Set up two-factor" in refused.json["detail"]) == (403, True)
    with_app(owner)
    assert client.get(TEAM_API, headers=bearer(token)).status_code == 200


def test_login_leads_there_too_and_customers_are_never_asked(app: Flask) -> None:
    asked_of("team")
    owner, customer = a_user(role="owner").email, a_user().email
    assert log_in(app.test_client(), str(owner), next="/staff/orders").location == SET_UP
    assert log_in(app.test_client(), str(customer)).location == "/account"
