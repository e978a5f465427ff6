"""What happens at the checkout before there is an order."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class CashCodeAsked(Event):
    """A buyer wants a code that proves their phone; the code is made when it leaves."""

    cart_id: int
