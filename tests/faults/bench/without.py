"""The shop with one guard taken out, for controls: a bench that cannot see what the guard prevents proves nothing.

`WITHOUT` names the guard; `python -m tests.faults.bench.without work` is the worker of such a shop.
What looks first and writes later does its looking before the request's unit is opened.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import replace

from flask import g
from sqlalchemy import select, update

from shop.checkout import handlers as checkout_handlers
from shop.checkout.services import expiring, placing
from shop.extensions import db
from shop.lib import faults, idempotency
from shop.lib.events import HANDLERS
from shop.lib.unit_of_work import unit_of_work
from shop.payments.events import RefundOwed
from shop.payments.models import Refund
from shop.payments.services import record_refund
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


def one_unit() -> None:
    """What was written so far is committed while the rest of the order is still to come."""
    hold = stock_services.hold

    def hold_and_commit(order_id: int, units: Mapping[int, int]) -> None:
        hold(order_id, units)
        db.session.commit()

    stock_services.hold = hold_and_commit


def asking_the_bank() -> None:
    """The clock gives up on orders by its own book alone."""
    expiring.finish_payment = lambda order_id: None
    checkout_handlers.close_given_up = lambda payment_id: None


def note_after_the_bank() -> None:
    """A refund is noted as done before the bank is asked."""

    def note_first(event: RefundOwed) -> None:
        with unit_of_work():
            refund = db.session.get_one(Refund, event.refund_id)
            if refund.state == "pending":
                record_refund(refund, "noted first")
        faults.point("payment.given_back")

    name = "payments.handlers:make_refund:RefundOwed"
    HANDLERS[name] = replace(HANDLERS[name], function=note_first)


globals()[os.environ["WITHOUT"]]()

if __name__ == "__main__":
    import worker

    worker.main(sys.argv[1:])
