"""What is dropped by the clock."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.jobs import forget_expired
from shop.accounts.models import PasswordReset, Session
from shop.accounts.services import sessions
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


def test_guests_bag_goes_with_its_session_and_a_customers_stays(app: Flask):
    variant = a_variant()
    cart_services.add_line(a_guest(), variant.id)
    cart_services.add_line(a_customer(), variant.id)
    with time_machine.travel(now() + timedelta(days=40)):
        forget_expired()
    assert (count(Session), count(Cart)) == (0, 1)
