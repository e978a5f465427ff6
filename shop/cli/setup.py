"""What every shop needs before its first visitor."""

from __future__ import annotations

from shop.accounts.services import roles
from shop.delivery import services as delivery
from shop.pricing import services as pricing
from shop.store import services as store
from shop.store.countries import country


def ensure_basics() -> None:
    """Roles, a store profile, the postal directory, delivery methods and tax rates, each where it is missing."""
    roles.ensure_roles()
    store.ensure_profile()
    store.ensure_postal_directory(country())
    delivery.ensure_methods()
    pricing.ensure_rates(country())
