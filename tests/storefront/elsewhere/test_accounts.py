"""Whose account a sign-in with Google or GitHub opens."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import LinkedSignIn, OneTimeCode, RecoveryCode, TwoFactor, UserStatus
from shop.accounts.services import codes, two_factor
from shop.accounts.services.codes import Purpose
from shop.accounts.services.linked_sign_ins import linked_to
from shop.accounts.services.passwords import hash_password
from shop.accounts.services.resets import CheckedCode, make_reset
from shop.extensions import db
from shop.lib.clock import now
from shop.membership import services as membership
from tests.accounts.authenticator import code_of, with_app
from tests.factories import a_user
from tests.notifications.letterbox import mail
from tests.notifications.letterbox import text as said
from tests.staff.desk import words
from tests.storefront.elsewhere.going import BOTH, a_verified, go, links, people
from tests.storefront.people import NEW_PASSWORD, fresh, is_live, log_in, session_id
from tests.storefront.shoppers import with_bag
from tests.support.outbox import run_outbox
from tests.support.providers import ProviderDouble
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("ACC-09")


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
    run_outbox()
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


def logs_in_with_a_password(client: ShopClient) -> bool:
    """Whether the password alone opens the account, without a code."""
    return bool(log_in(client, "asha@example.com", NEW_PASSWORD).location == "/account")


def test_victim_is_not_locked_out_by_the_second_factor_of_who_registered_the_address(app: Flask) -> None:
    attacker = a_user("asha@example.com")
    with_app(attacker)
    membership.reset_password(make_reset(attacker.id), hash_password(NEW_PASSWORD))
    db.session.commit()
    assert logs_in_with_a_password(app.test_client())
    assert not db.session.scalars(select(RecoveryCode)).all()
    run_outbox()
    assert "off" in mail("two_factor_off")["Subject"]


def test_without_taking_it_away_the_victim_would_be_locked_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(two_factor, "forget", lambda _user_id: None)
    attacker = a_user("asha@example.com")
    with_app(attacker)
    membership.reset_password(make_reset(attacker.id), hash_password(NEW_PASSWORD))
    db.session.commit()
    assert not logs_in_with_a_password(app.test_client())


def test_a_key_that_waits_goes_too_and_one_of_a_proven_mailbox_stays(app: Flask) -> None:
    waiting, proven = a_user("asha@example.com"), a_verified("meera@example.com")
    two_factor.start(waiting.id)
    with_app(proven)
    for user in (waiting, proven):
        membership.reset_password(make_reset(user.id), "hash")
    db.session.commit()
    assert [row.user_id for row in db.session.scalars(select(TwoFactor))] == [proven.id]


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
@pytest.mark.parametrize("path", ["/login", "/register"])
def test_buttons_stand_there_only_when_switched_on(
    app: Flask, there: ProviderDouble, configure: Callable[..., None], provider: str, path: str
) -> None:
    assert f"/login/{provider}" not in app.test_client().get(path).text
    assert app.test_client().get(f"/login/{provider}").status_code == 404
    configure(**there.settings())
    assert f"/login/{provider}" in app.test_client().get(path).text
