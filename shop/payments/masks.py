"""What may be seen of cards, UPI ids and accounts: enough to tell one's own."""

from __future__ import annotations

from shop.payments.models import Payment

DOTS = "····"


def masked_upi(upi_id: str) -> str:
    """as····@okaxis"""
    name, at, bank = upi_id.partition("@")
    return f"{name[:2]}{DOTS}{at}{bank}"


def masked_account(number: str) -> str:
    """···· 4321"""
    return f"{DOTS} {number[-4:]}"


def masked_name(name: str) -> str:
    """A···· R····"""
    return " ".join(f"{word[0]}{DOTS}" for word in name.split())


def paid_with(payment: Payment) -> str:
    """Visa ···· 4242, or as····@okaxis; nothing where the provider told nothing."""
    if payment.last_four:
        return f"{payment.brand or ''} {masked_account(payment.last_four)}".strip()
    return masked_upi(payment.upi_id) if payment.upi_id else ""
