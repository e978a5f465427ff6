"""The sandbox bank's own numbers, and what it takes for what."""

from collections.abc import Callable

import pytest
from flask import Flask

from shop.lib.errors import ShopError
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.payments.gateways import gateway_of
from shop.payments.gateways.base import Gateway, IntentRequest
from shop.payments.gateways.sandbox import services as bank

PRICE = Money(149900)


@pytest.fixture
def gateway(app: Flask) -> Gateway:
    return gateway_of("sandbox")


def opened(gateway: Gateway, key: str = "ORD-1-1", method: str = "card") -> str:
    return gateway.create_intent(IntentRequest(key, PRICE, "INR", method, "Order ORD-1", "/order/x/payment")).reference


def at_the_bank(action: Callable[..., str], *details: str) -> str:
    with unit_of_work():
        return action(*details)


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize(
    ("number", "state"),
    [("4242 4242 4242 4242", "succeeded"), ("4000000000000002", "failed"), ("4000000000003220", "pending"),
     ("4000000000000341", "pending")],
)  # fmt: skip
def test_test_cards_answer_as_promised(gateway: Gateway, number: str, state: str) -> None:
    reference = opened(gateway)
    at_the_bank(bank.pay_card, reference, number)
    status = gateway.status(reference)
    assert (status.state, status.amount, status.currency) == (state, PRICE, "INR")


@pytest.mark.covers("PAY-02")
def test_a_card_that_needs_a_code_succeeds_with_it(gateway: Gateway) -> None:
    reference = opened(gateway)
    at_the_bank(bank.pay_card, reference, "4000000000003220")
    with pytest.raises(ShopError):
        at_the_bank(bank.enter_code, reference, "000000")
    at_the_bank(bank.enter_code, reference, "123456")
    assert gateway.status(reference).state == "succeeded"


def test_a_payment_is_made_the_way_it_was_opened(gateway: Gateway) -> None:
    reference = opened(gateway, method="upi")
    with pytest.raises(ShopError):
        at_the_bank(bank.pay_card, reference, "4242424242424242")
    assert gateway.status(reference).state == "pending"
