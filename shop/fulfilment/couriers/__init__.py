"""Couriers behind one interface. Only code in here knows which courier it is."""

from __future__ import annotations

from flask import current_app

from shop.fulfilment.couriers import sandbox
from shop.fulfilment.couriers.base import Courier
from shop.lib.errors import NotFound

COURIERS: dict[str, Courier] = {sandbox.CODE: sandbox.SandboxCourier()}


def courier_of(code: str) -> Courier:
    """The courier a parcel is booked with. Raises NotFound for one the shop does not know."""
    if code not in COURIERS:
        raise NotFound
    return COURIERS[code]


def offered() -> dict[str, Courier]:
    """Who can be asked to fetch a parcel: the sandbox courier, who never comes, only where nobody sells in earnest."""
    in_earnest = current_app.config["SHOP"].is_production
    return {code: courier for code, courier in COURIERS.items() if code != sandbox.CODE or not in_earnest}
