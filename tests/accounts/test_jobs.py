"""What is dropped by the clock."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.jobs import forget_expired
from shop.accounts.models import EmailVerification, OneTimeCode, PasswordReset, RefreshToken, Session
from shop.accounts.services import codes, sessions, tokens, verifications
from shop.accounts.services.codes import Purpose
from shop.accounts.services.resets import make_reset
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.extensions import Model, db
from shop.lib.clock import now
from tests.factories import a_customer, a_guest, a_user, a_variant


def count(model: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_expired_sessions_and_links_go_and_live_ones_stay(app: Flask):
    user = a_user()
    make_reset(user.id)
    sessions.start_session(user.id, None, "tests")
    sessions.start_session(user.id, None, "tests", remember=True)
    with time_machine.travel(now() + timedelta(days=3)):
        forget_expired()
    assert (count(Session), count(PasswordReset)) == (1, 0)


def test_expired_codes_and_verifications_go_and_live_ones_stay(app: Flask):
    user = a_user("asha@example.com")
    codes.make_code(user.id, Purpose.RESET, "asha@example.com")
    verifications.make_link(user.id)
    forget_expired()
    assert (count(OneTimeCode), count(EmailVerification)) == (1, 1)
    with time_machine.travel(now() + timedelta(days=3)):
        forget_expired()
    assert (count(OneTimeCode), count(EmailVerification)) == (0, 0)


def test_guests_bag_goes_with_its_session_and_a_customers_stays(app: Flask):
    variant = a_variant()
    cart_services.add_line(a_guest(), variant.id)
    cart_services.add_line(a_customer(), variant.id)
    with time_machine.travel(now() + timedelta(days=40)):
        forget_expired()
    assert (count(Session), count(Cart)) == (0, 1)


@pytest.mark.covers("ACC-15")
def test_used_refresh_tokens_of_a_living_sign_in_go_once_they_are_too_old(app: Flask):
    first = tokens.issue(a_user().id, None, "tests", remember=False)
    with time_machine.travel(now() + timedelta(hours=20)):
        second = tokens.renew(first.refresh_token)
        assert second
    with time_machine.travel(now() + timedelta(hours=40)):
        third = tokens.renew(second.refresh_token)
        assert third
    with time_machine.travel(now() + timedelta(hours=49)):
        forget_expired()
        assert count(RefreshToken) == 2
        assert tokens.renew(third.refresh_token)


@pytest.mark.covers("ACC-15")
def test_refresh_tokens_go_with_the_expired_session(app: Flask):
    tokens.issue(a_user().id, None, "tests", remember=False)
    with time_machine.travel(now() + timedelta(days=3)):
        forget_expired()
    assert (count(Session), count(RefreshToken)) == (0, 0)
