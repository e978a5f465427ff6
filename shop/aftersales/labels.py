"""What the states of returns and exchanges are called, unless the owner says otherwise."""

from __future__ import annotations

from shop.aftersales.states import ExchangeState as X
from shop.aftersales.states import ReturnState as R
from shop.store.labels import BuiltIn, Lookup

RETURN_STATUS = Lookup("return-status", "status", (
    BuiltIn(1, R.REQUESTED, "Return requested", ("pending",)),
    BuiltIn(2, R.APPROVED, "Return approved"),
    BuiltIn(3, R.REJECTED, "Return rejected"),
    BuiltIn(4, R.PICKED_UP, "Picked up"),
    BuiltIn(5, R.RECEIVED, "Received"),
    BuiltIn(6, R.REFUNDED, "Refunded", ("completed",)),
))  # fmt: skip
EXCHANGE_STATUS = Lookup("exchange-status", "status", (
    BuiltIn(1, X.REQUESTED, "Exchange requested", ("pending",)),
    BuiltIn(2, X.APPROVED, "Exchange approved"),
    BuiltIn(3, X.REJECTED, "Exchange rejected"),
    BuiltIn(4, X.PICKED_UP, "Picked up"),
    BuiltIn(5, X.SHIPPED, "Shipped"),
    BuiltIn(6, X.COMPLETED, "Exchanged"),
))  # fmt: skip
