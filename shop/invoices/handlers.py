"""What invoices do when money or goods move."""

from __future__ import annotations

from shop.invoices.services import credit_refund, credit_unpaid_return, drop_draft, note_paid
from shop.lib.events import on
from shop.orders.events import OrderCancelled, OrderReturned
from shop.payments.events import PaymentReceived, RefundMade


@on(PaymentReceived)
def settle_invoice(event: PaymentReceived) -> None:
    """What is covered is paid."""
    note_paid(event.order_id)


@on(RefundMade)
def write_credit_note(event: RefundMade) -> None:
    """Money that went back is taken off the invoice."""
    credit_refund(event.order_id, event.refund_id)


@on(OrderReturned)
def write_credit_note_of_return(event: OrderReturned) -> None:
    """Goods that came back unpaid are taken off the invoice."""
    credit_unpaid_return(event.order_id)


@on(OrderCancelled)
def drop_draft_of_cancelled(event: OrderCancelled) -> None:
    """What was never sent is never invoiced."""
    drop_draft(event.order_id)
