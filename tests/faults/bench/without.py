"""The shop with one guard taken out, for controls: a bench that cannot see what the guard prevents proves nothing.

`WITHOUT` names the guard. What looks first and writes later does its looking before the request's unit is opened.
"""

import os
import secrets
from collections.abc import Mapping

from flask import g
from sqlalchemy import select, update

from shop.checkout.services import placing
from shop.extensions import db
from shop.lib import idempotency
from shop.lib.unit_of_work import unit_of_work
from shop.stock import services as stock_services
from shop.stock.errors import OutOfStock
from shop.stock.models import Hold, StockLevel
from wsgi import app


def stock_condition() -> None:
    """Units are kept after a look at what is there, not by the statement that looks and writes at once."""
    free = select(StockLevel.variant_id, StockLevel.on_hand - StockLevel.reserved, StockLevel.reserved)

    def look() -> None:
        with unit_of_work(read_only=True):
            g.levels = {id: (left, reserved) for id, left, reserved in db.session.execute(free)}

    def hold(order_id: int, units: Mapping[int, int]) -> None:
        for variant_id, wanted in units.items():
            left, reserved = g.levels[variant_id]
            if left < wanted:
                raise OutOfStock({variant_id: left}, {})
            level = update(StockLevel).where(StockLevel.variant_id == variant_id)
            db.session.execute(level.values(reserved=reserved + wanted))
            db.session.add(Hold(order_id=order_id, variant_id=variant_id, units=wanted))

    app.before_request(look)
    stock_services.hold = hold


def key() -> None:
    """Every post is a new wish: the key counts for nothing, and the bag stays full."""
    claim = idempotency.claim
    idempotency.claim = lambda scope, _key, request: claim(scope, secrets.token_hex(8), request)
    placing._clear = lambda _cart: None


globals()[os.environ["WITHOUT"]]()
