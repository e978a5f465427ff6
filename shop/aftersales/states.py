"""The states of a return (RET-02) and of an exchange (RET-03)."""

from enum import StrEnum


class ReturnState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    PICKED_UP = "picked_up"
    RECEIVED = "received"
    REFUNDED = "refunded"


class ExchangeState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    PICKED_UP = "picked_up"
    SHIPPED = "shipped"
    COMPLETED = "completed"


R, X = ReturnState, ExchangeState
RETURN_NEXT: dict[ReturnState, frozenset[ReturnState]] = {
    R.REQUESTED: frozenset({R.APPROVED, R.REJECTED}),
    R.APPROVED: frozenset({R.PICKED_UP}),
    R.PICKED_UP: frozenset({R.RECEIVED}),
    R.RECEIVED: frozenset({R.REFUNDED}),
}
EXCHANGE_NEXT: dict[ExchangeState, frozenset[ExchangeState]] = {
    X.REQUESTED: frozenset({X.APPROVED, X.REJECTED}),
    X.APPROVED: frozenset({X.PICKED_UP}),
    X.PICKED_UP: frozenset({X.SHIPPED}),
    X.SHIPPED: frozenset({X.COMPLETED}),
}
