"""How an order is paid, in the sentences of its mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.states import PaymentStanding
from shop.payments.queries import asked_now
from shop.payments.tenders import Tender, came_in, in_words
from shop.store.formats import money

NOTHING_DUE = "Nothing is to be paid: your discounts cover all of it."


@dataclass(frozen=True)
class Paying:
    """What came in for an order and what is left of it, and what each of its mails says of that."""

    order: Order
    tenders: Sequence[Tender]

    @property
    def due(self) -> Money:
        """What is left to pay."""
        return self.order.total - came_in(self.tenders)

    @property
    def asked(self) -> Money:
        """What is asked for next: all that is left, or the part before cash."""
        return asked_now(self.order, self.due)

    @property
    def later(self) -> Money:
        """What the courier gets once that is paid."""
        return self.due - self.asked

    @property
    def came_in(self) -> str:
        """Store credit ₹250, card ₹1,249; nothing where nothing came in."""
        return in_words(self.tenders)

    @property
    def when_placed(self) -> str:
        """In the mail that an order is there."""
        if self.order.is_free:
            return NOTHING_DUE
        if self.order.prepaid and self.order.waits_for_payment:
            return self._left(
                f"We are waiting for {money(self.asked)}, the part you pay first. "
                f"You can pay it from your order's page; the courier gets the other {money(self.later)}."
            )
        if self.order.is_cash:
            return self._left(f"Please keep {money(self.due)} ready for the courier: you pay when the parcel comes.")
        if self._is_paid:
            return f"{self._arrived}."
        return self._left(f"We are waiting for your payment of {money(self.due)}. You can pay from your order's page.")

    @property
    def when_confirmed(self) -> str:
        """In the mail that the shop takes it on."""
        if self.order.is_free:
            return NOTHING_DUE
        if self._is_paid:
            return f"{self._arrived}, thank you."
        return self._at_the_door

    @property
    def when_changed(self) -> str:
        """In the mail that its lines were changed, where something is left to pay."""
        if self.order.waits_for_payment:
            return self._left(f"Please pay the {money(self.due)} that are missing: we send it when they are there.")
        return self._at_the_door if self.due > ZERO else ""

    @property
    def _is_paid(self) -> bool:
        return self.order.payment_standing == PaymentStanding.PAID

    @property
    def _arrived(self) -> str:
        if len([one for one in self.tenders if one.paid]) > 1:
            return f"Your payments have arrived: {self.came_in}"
        return f"Your payment of {money(self.order.total)} has arrived"

    @property
    def _at_the_door(self) -> str:
        return self._left(f"You pay {money(self.due)} when the parcel comes.") if self.order.is_cash else ""

    def _left(self, said: str) -> str:
        return f"{said} Paid so far: {self.came_in}." if self.came_in and self.due > ZERO else said
