"""Writes of invoices. Whoever writes holds the order's row; the counter of numbers is taken last."""

from shop.invoices.services.credits import credit_refund, credit_unpaid_goods, credit_unpaid_return
from shop.invoices.services.drafts import Terms, change_draft, draft_invoice, redraft
from shop.invoices.services.forgetting import forget_due
from shop.invoices.services.issuing import issue_draft, issue_with_goods
from shop.invoices.services.settling import drop_draft, mark_overdue, note_paid, send_invoice, void_invoice

__all__ = [
    "Terms",
    "change_draft",
    "credit_refund",
    "credit_unpaid_goods",
    "credit_unpaid_return",
    "draft_invoice",
    "drop_draft",
    "forget_due",
    "issue_draft",
    "issue_with_goods",
    "mark_overdue",
    "note_paid",
    "redraft",
    "send_invoice",
    "void_invoice",
]
