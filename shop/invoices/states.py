"""The kinds and states of an invoice (PAY-07)."""

from enum import StrEnum


class InvoiceKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    PAID = "paid"
    OVERDUE = "overdue"
    VOID = "void"


S = InvoiceState
NEXT: dict[InvoiceState, frozenset[InvoiceState]] = {
    S.DRAFT: frozenset({S.ISSUED, S.VOID}),
    S.ISSUED: frozenset({S.PAID, S.OVERDUE, S.VOID}),
    S.OVERDUE: frozenset({S.PAID, S.VOID}),
}
IN_FORCE = frozenset({S.ISSUED, S.PAID, S.OVERDUE})
"""The shop has told its buyer and the tax office so."""

UNPAID = frozenset({S.ISSUED, S.OVERDUE})
