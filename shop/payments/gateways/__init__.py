"""Providers of payment behind one interface. Only code in here knows which provider it is.

Which of them are there, and which serves which way to pay, is decided once, by the configuration the app starts with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from shop.config import Config
from shop.delivery.cash import CASH_ON_DELIVERY
from shop.payments.errors import GatewayAway
from shop.payments.gateways.base import Gateway
from shop.payments.gateways.paypal import CURRENCIES, PayPalGateway
from shop.payments.gateways.sandbox.gateway import SandboxGateway
from shop.payments.ways import PAYPAL, WAYS
from shop.store.countries import country

CASH, SANDBOX = "cash", "sandbox"
EXTENSION = "payment_providers"


@dataclass(frozen=True)
class Providers:
    """The gateways by name, and the name of who serves a way to pay."""

    gateways: Mapping[str, Gateway]
    serving: Mapping[str, str]


def install(app: Flask) -> None:
    """Open the gateways that the configuration has keys for."""
    app.extensions[EXTENSION] = providers_of(app.config["SHOP"])


def providers_of(config: Config) -> Providers:
    """Each way to pay is served by the provider there are keys for.

    The sandbox bank serves the others as long as there are no keys at all and nobody sells in earnest: test cards pay
    no real goods. A payment stays with the provider it was opened at, so the sandbox is always there for its own.
    """
    gateways: dict[str, Gateway] = {SANDBOX: SandboxGateway()}
    serving = {CASH_ON_DELIVERY: CASH}
    if config.stripe_secret_key:
        from shop.payments.gateways.stripe_checkout import StripeGateway

        gateways["stripe"] = StripeGateway(config)
        serving["card"] = "stripe"
    if config.paypal_client_id:
        gateways["paypal"] = PayPalGateway(config)
        serving[PAYPAL] = "paypal"
    if len(gateways) == 1 and not config.is_production:
        serving |= {code: SANDBOX for code in WAYS if code not in {CASH_ON_DELIVERY, PAYPAL}}
    return Providers(gateways, serving)


def provider_of(method: str) -> str:
    """Who serves a way to pay."""
    return _providers().serving[method]


def is_served(method: str) -> bool:
    """Whether a way to pay can be chosen: the country has it, or it is PayPal, and somebody serves it here."""
    here = country()
    is_known = method in here.payments or (method == PAYPAL and here.currency in CURRENCIES)
    return is_known and method in _providers().serving


def gateway_of(provider: str) -> Gateway:
    """The gateway a payment was opened at. Raises GatewayAway where its keys were taken away."""
    if (gateway := _providers().gateways.get(provider)) is None:
        raise GatewayAway(f"there are no keys for {provider}")
    return gateway


def opening(provider: str) -> Gateway:
    """The gateway to open a payment at. Raises GatewayAway where it serves no way to pay any more.

    What is still open at the sandbox bank is not paid there with test cards once somebody sells in earnest.
    """
    if provider not in _providers().serving.values():
        raise GatewayAway("Nothing is paid there any more. Choose another way to pay.")
    return gateway_of(provider)


def is_sandbox_open() -> bool:
    """Whether the sandbox bank takes test cards in this shop."""
    return SANDBOX in _providers().serving.values()


def sites() -> list[str]:
    """The origins of all providers' pages."""
    return [site for gateway in _providers().gateways.values() for site in gateway.sites]


def listening(provider: str) -> Gateway | None:
    """The gateway that reads a provider's webhooks, None where it is not in use."""
    return _providers().gateways.get(provider)


def _providers() -> Providers:
    found: Providers = current_app.extensions[EXTENSION]
    return found
