"""The states of a payment and of a refund."""

from enum import StrEnum


class PaymentState(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"


PAYMENT_NEXT: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.PENDING: frozenset({PaymentState.PAID, PaymentState.FAILED, PaymentState.CANCELLED}),
    PaymentState.FAILED: frozenset({PaymentState.PAID}),
    PaymentState.CANCELLED: frozenset({PaymentState.PAID}),
}


class RefundState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


REFUND_NEXT: dict[RefundState, frozenset[RefundState]] = {
    RefundState.PENDING: frozenset({RefundState.DONE, RefundState.FAILED}),
    RefundState.FAILED: frozenset({RefundState.PENDING}),
}


class RefundWay(StrEnum):
    """Where a refund goes: to the tender it came from, into store credit, or to an account the buyer names."""

    ORIGINAL = "original"
    CREDIT = "credit"
    PAYOUT = "payout"


class WebhookState(StrEnum):
    """What came of a provider's message: followed, about no payment of ours, or not believed."""

    TAKEN = "taken"
    FOLLOWED = "followed"
    UNKNOWN = "unknown"
    REFUSED = "refused"
