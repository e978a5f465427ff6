"""What checkout does about payments that were given up."""

from __future__ import annotations

from shop.checkout.services import close_given_up
from shop.lib.events import on
from shop.payments.events import PaymentGivenUp


@on(PaymentGivenUp, opens_own_units=True)
def close_at_the_bank(event: PaymentGivenUp) -> None:
    """Nobody may pay twice, nor for what is cancelled."""
    close_given_up(event.payment_id)
