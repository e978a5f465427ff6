"""What accounts do on their own events."""

from __future__ import annotations

from shop.accounts.events import NobodyAsked
from shop.lib.events import on


@on(NobodyAsked)
def tell_nobody(_event: NobodyAsked) -> None:
    """Nothing: the row in the outbox is all it is for."""
