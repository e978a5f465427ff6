"""The three providers as a buyer and an onlooker meet them: each pays, refuses, asks for more, tells, lies, goes."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import update

from shop.config import Config
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.payments.gateways import providers_of
from shop.payments.gateways.base import Gateway
from shop.payments.gateways.sandbox import notices
from shop.payments.gateways.sandbox import services as sandbox
from shop.payments.models import SandboxIntent
from tests.support import stripe
from tests.support.paypal import PayPalDouble
from tests.support.stripe import LocalStripe

Sent = tuple[bytes, dict[str, str]]
NOBODYS = "TS-2026-9999-1"


class Bank(Protocol):
    """One provider and its buyers."""

    gateway: Gateway
    keys: dict[str, str]
    method: str

    def pay(self, reference: str) -> None: ...
    def refuse(self, reference: str) -> None: ...
    def begin(self, reference: str) -> None: ...
    def finish(self, reference: str) -> None: ...
    def lie(self, reference: str, about: str) -> None: ...
    def be_silent(self, reference: str) -> None: ...
    def go_away(self) -> None: ...
    def webhook(self, event_id: str, reference: str | None) -> Sent: ...


@dataclass
class SandboxBank:
    """The built-in one."""

    gateway: Gateway
    keys: dict[str, str]
    method: str = "card"

    def pay(self, reference: str) -> None:
        self._do(sandbox.pay_card, reference, "4242424242424242")

    def refuse(self, reference: str) -> None:
        self._do(sandbox.pay_card, reference, "4000000000000002")

    def begin(self, reference: str) -> None:
        self._do(sandbox.pay_card, reference, "4000000000003220")

    def finish(self, reference: str) -> None:
        self._do(sandbox.enter_code, reference, sandbox.CODE)

    def lie(self, reference: str, about: str) -> None:
        lies = {"amount": 1, "currency": "USD", "idempotency_key": NOBODYS}
        column = "idempotency_key" if about == "order" else about
        with unit_of_work():
            told = update(SandboxIntent).where(SandboxIntent.id == reference)
            db.session.execute(told.values({column: lies[column]}))

    def be_silent(self, reference: str) -> None:
        self._do(sandbox.pay_card, reference, "4000000000000341")

    def go_away(self) -> None:
        """It is in the shop itself, and never away."""

    def webhook(self, event_id: str, reference: str | None) -> Sent:
        body = notices.written(event_id, "paid", reference or "sbx_unknown")
        return body, {notices.SIGNATURE: notices.signature_of(body)}

    def _do(self, action: Callable[..., str], *details: str) -> None:
        with unit_of_work():
            action(*details)


@dataclass
class StripeBank:
    """localstripe. A refused card leaves Stripe's page open, so a buyer who gives up closes it."""

    gateway: Gateway
    keys: dict[str, str]
    there: LocalStripe
    method: str = "card"

    def pay(self, reference: str) -> None:
        assert self.there.pay(reference)

    def refuse(self, reference: str) -> None:
        assert not self.there.pay(reference, stripe.CARD_REFUSED)
        self.gateway.cancel(reference)

    def begin(self, reference: str) -> None:
        assert self.there.pay(reference, stripe.CARD_ASKS)

    def finish(self, reference: str) -> None:
        assert self.there.authenticate(reference)

    def lie(self, reference: str, about: str) -> None:
        self.there.lie(reference, about)

    def be_silent(self, _reference: str) -> None:
        self.go_away()

    def go_away(self) -> None:
        self.there.be_away()

    def webhook(self, event_id: str, reference: str | None) -> Sent:
        thing = {"object": "checkout.session", "id": reference} if reference else {"object": "balance"}
        return stripe.webhook({"id": event_id, "type": "checkout.session.completed", "data": {"object": thing}})


@dataclass
class PayPalBank:
    """The double of PayPal. Agreeing is what a buyer does; the money is taken by the shop."""

    gateway: Gateway
    keys: dict[str, str]
    there: PayPalDouble
    method: str = "paypal"

    def pay(self, reference: str) -> None:
        self.there.agree(reference)

    def refuse(self, reference: str) -> None:
        self.there.orders[reference]["status"] = "VOIDED"

    def begin(self, reference: str) -> None:
        """Logging in at PayPal changes nothing here."""

    def finish(self, reference: str) -> None:
        self.there.agree(reference)

    def lie(self, reference: str, about: str) -> None:
        unit = self.there.orders[reference]["purchase_units"][0]
        lies = {"amount": {"value": "0.01"}, "currency": {"currency_code": "USD"}}
        unit["amount"] |= lies.get(about, {})
        unit["custom_id"] = NOBODYS if about == "order" else unit["custom_id"]

    def be_silent(self, _reference: str) -> None:
        self.go_away()

    def go_away(self) -> None:
        self.there.is_away = True

    def webhook(self, event_id: str, reference: str | None) -> Sent:
        related = {"order_id": reference} if reference else {}
        resource = {"id": "CAPTURE1", "supplementary_data": {"related_ids": related}}
        return self.there.webhook({"id": event_id, "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": resource})


@contextmanager
def bank_called(name: str, config: Config, stripe_there: LocalStripe) -> Iterator[Bank]:
    """A provider by name, as a shop with its keys meets it."""
    with PayPalDouble() as paypal:
        keys = {"sandbox": {}, "stripe": stripe_there.settings, "paypal": paypal.settings}[name]
        gateway = providers_of(dataclasses.replace(config, **keys)).gateways[name]
        banks: dict[str, Callable[[], Bank]] = {
            "sandbox": lambda: SandboxBank(gateway, keys),
            "stripe": lambda: StripeBank(gateway, keys, stripe_there),
            "paypal": lambda: PayPalBank(gateway, keys, paypal),
        }
        yield banks[name]()
