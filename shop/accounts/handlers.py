"""What accounts do on their own events."""

from __future__ import annotations

from shop.accounts.events import NobodyAskedForReset
from shop.lib.events import on


@on(NobodyAskedForReset)
def mail_nobody(_event: NobodyAskedForReset) -> None:
    """Nothing: the row in the outbox is all it is for."""
