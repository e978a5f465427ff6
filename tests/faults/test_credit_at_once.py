"""A customer's store credit is spent in several windows at one moment: each rupee once."""

from collections.abc import Callable

import pytest
from flask import Flask

from shop.extensions import db
from shop.lib.actor import OPERATOR
from shop.lib.money import ZERO, Money
from shop.lib.unit_of_work import unit_of_work
from shop.promotions.credit import services as credit
from shop.promotions.credit.errors import NotEnoughCredit
from shop.promotions.credit.models import StoreCredit
from shop.promotions.credit.queries import balance_of
from tests.factories import a_user
from tests.support.barrier import all_at_once

WINDOWS, ROUNDS, GIFT, PART = 4, 10, Money(25000), Money(10000)
pytestmark = pytest.mark.faults


def spent(app: Flask, spend: Callable[[int], None]) -> int:
    """How many of the windows could spend a part of a gift that is worth two and a half of them."""
    user_id = a_user().id
    credit.give(user_id, GIFT, "A gift", OPERATOR)
    db.session.commit()
    told = all_at_once(app, lambda _window: spend(user_id), WINDOWS)
    db.session.rollback()
    assert all(one is None or isinstance(one, NotEnoughCredit) for one in told), told
    assert balance_of(user_id) >= ZERO
    return sum(one is None for one in told)


def spend(user_id: int) -> None:
    with unit_of_work():
        credit.spend(user_id, PART, "An order", OPERATOR)


def look_then_spend(user_id: int) -> None:
    """The control: looks first and writes later, as if nobody could come in between."""
    with unit_of_work(read_only=True):
        left = balance_of(user_id)
    if left < PART:
        raise NotEnoughCredit
    with unit_of_work():
        db.session.get_one(StoreCredit, user_id).balance = left - PART


@pytest.mark.covers("PAY-05")
def test_credit_is_spent_once_however_many_windows_want_it(app: Flask) -> None:
    assert [spent(app, spend) for _ in range(ROUNDS)] == [2] * ROUNDS


@pytest.mark.control
def test_control_looking_before_spending_spends_it_again(app: Flask) -> None:
    assert any(spent(app, look_then_spend) > 2 for _ in range(ROUNDS))
