"""What every gateway must do, and each of the three does: the sandbox bank, Stripe and PayPal."""

from itertools import count

import pytest

from shop.lib.http.answers import absolute
from shop.lib.money import Money
from shop.payments.errors import GatewayAway
from shop.payments.gateways.base import IntentRequest, ProviderRefuses, WrongSignature
from tests.payments.banks import Bank

PRICE, PART = Money(149905), Money(50001)
keys = count(1)
pytestmark = pytest.mark.one_engine


def a_key() -> str:
    return f"TS-2026-{next(keys)}-1"


def opened(bank: Bank, key: str | None = None) -> str:
    """The reference of an intent."""
    asked = IntentRequest(key or a_key(), PRICE, "INR", bank.method, "Order TS-2026-1", "/order/x/payment")
    return bank.gateway.create_intent(asked).reference


def paid(bank: Bank) -> str:
    """The reference of an intent whose money was taken."""
    bank.pay(reference := opened(bank))
    assert bank.gateway.capture(reference).state == "succeeded"
    return reference


@pytest.mark.covers("PAY-02")
def test_the_same_key_opens_the_same_intent(bank: Bank) -> None:
    key = a_key()
    assert opened(bank, key) == opened(bank, key)
    assert opened(bank) != opened(bank, key)


@pytest.mark.covers("PAY-02", "PAY-04")
def test_the_buyer_pays_on_the_providers_page_and_not_on_ours(bank: Bank) -> None:
    asked = IntentRequest(a_key(), PRICE, "INR", bank.method, "Order TS-2026-1", "/order/x/payment")
    page = absolute(bank.gateway.create_intent(asked).url)
    assert page.startswith((absolute("/bank/"), "https://checkout.stripe.com/", "https://www.paypal.com/"))


@pytest.mark.covers("PAY-02")
def test_what_is_asked_for_is_told_back_to_the_paisa_and_for_whom(bank: Bank) -> None:
    status = bank.gateway.status(opened(bank, key := a_key()))
    assert (status.state, status.amount, status.currency, status.key) == ("pending", PRICE, "INR", key)


@pytest.mark.covers("PAY-02")
def test_nothing_is_taken_before_the_buyer_agreed(bank: Bank) -> None:
    assert bank.gateway.capture(opened(bank)).state == "pending"


@pytest.mark.covers("PAY-02")
def test_what_the_buyer_agreed_to_is_taken_once_and_exactly(bank: Bank) -> None:
    bank.pay(reference := opened(bank, key := a_key()))
    assert bank.gateway.status(reference).state in {"agreed", "succeeded"}
    first, second = bank.gateway.capture(reference), bank.gateway.capture(reference)
    assert first == second == bank.gateway.status(reference)
    assert (first.state, first.amount, first.currency, first.key) == ("succeeded", PRICE, "INR", key)


@pytest.mark.covers("PAY-02")
def test_a_refused_payment_fails_and_says_so(bank: Bank) -> None:
    bank.refuse(reference := opened(bank))
    status = bank.gateway.status(reference)
    assert (status.state, bool(status.failure)) == ("failed", True)
    assert bank.gateway.capture(reference).state == "failed"


@pytest.mark.covers("PAY-02")
def test_a_second_step_is_waited_for(bank: Bank) -> None:
    bank.begin(reference := opened(bank))
    assert bank.gateway.capture(reference).state == "pending"
    bank.finish(reference)
    assert bank.gateway.capture(reference).state == "succeeded"


@pytest.mark.covers("PAY-02")
def test_an_intent_that_was_closed_takes_no_money_by_itself(bank: Bank) -> None:
    bank.gateway.cancel(reference := opened(bank))
    bank.gateway.cancel(reference)
    assert bank.gateway.status(reference).state != "succeeded"


@pytest.mark.covers("PAY-02")
def test_closing_what_is_paid_changes_nothing(bank: Bank) -> None:
    bank.gateway.cancel(reference := paid(bank))
    assert bank.gateway.status(reference).state == "succeeded"


@pytest.mark.covers("PAY-05")
def test_a_refund_is_made_once_for_each_key(bank: Bank) -> None:
    reference = paid(bank)
    key, other = f"refund-{a_key()}", f"refund-{a_key()}"
    first = bank.gateway.refund(reference, PART, key)
    assert bank.gateway.refund(reference, PART, key) == first
    assert bank.gateway.refund(reference, PART, other) != first


@pytest.mark.covers("PAY-05")
def test_never_more_is_refunded_than_was_taken(bank: Bank) -> None:
    reference = paid(bank)
    bank.gateway.refund(reference, PART, f"refund-{a_key()}")
    bank.gateway.refund(reference, PRICE - PART, f"refund-{a_key()}")
    with pytest.raises(ProviderRefuses):
        bank.gateway.refund(reference, Money(1), f"refund-{a_key()}")
    assert bank.gateway.status(reference).state == "succeeded"


@pytest.mark.covers("PAY-05")
def test_nothing_goes_back_where_nothing_was_taken(bank: Bank) -> None:
    reference = opened(bank)
    with pytest.raises(ProviderRefuses):
        bank.gateway.refund(reference, PRICE, f"refund-{a_key()}")


@pytest.mark.covers("PAY-03")
def test_a_signed_webhook_names_its_event_and_its_intent(bank: Bank) -> None:
    reference = opened(bank)
    notice = bank.gateway.read_webhook(*reversed(bank.webhook("evt_1", reference)))
    assert (notice.event_id, notice.reference) == ("evt_1", reference)


@pytest.mark.covers("PAY-03")
def test_a_webhook_that_was_changed_or_signed_by_nobody_is_refused(bank: Bank) -> None:
    body, headers = bank.webhook("evt_1", opened(bank))
    for said, proof in (
        (body.replace(b"evt_1", b"evt_2"), headers),
        (body, {}),
        (b"", headers),
        (b"[" * 200_000, headers),
    ):
        with pytest.raises(WrongSignature):
            bank.gateway.read_webhook(proof, said)


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize("bank", ["stripe", "paypal"], indirect=True)
def test_a_provider_that_is_away_is_told_from_one_that_refuses(bank: Bank) -> None:
    reference = opened(bank)
    bank.go_away()
    for call in (lambda: opened(bank), lambda: bank.gateway.status(reference), lambda: bank.gateway.capture(reference),
                 lambda: bank.gateway.refund(reference, PRICE, "refund-1")):  # fmt: skip
        with pytest.raises(GatewayAway):
            call()
