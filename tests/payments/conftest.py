"""Stripe is one process for all tests of a worker; each test gets a provider of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.payments.banks import Bank, bank_called
from tests.support.stripe import LocalStripe


@pytest.fixture(scope="session")
def _stripe() -> Iterator[LocalStripe]:
    with LocalStripe() as running:
        yield running


@pytest.fixture
def local_stripe(_stripe: LocalStripe) -> Iterator[LocalStripe]:
    """A Stripe that nobody has asked yet."""
    yield _stripe
    _stripe.forget()


@pytest.fixture(params=["sandbox", "stripe", "paypal"])
def bank(request: pytest.FixtureRequest, app: Flask, local_stripe: LocalStripe) -> Iterator[Bank]:
    """Each of the three providers in turn."""
    with bank_called(request.param, app.config["SHOP"], local_stripe) as opened:
        yield opened
