"""What happened to an invoice."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class InvoiceSent(Event):
    """An invoice or a credit note goes to the buyer: it was issued, or somebody sends it once more."""

    invoice_id: int
