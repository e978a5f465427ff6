"""What happened to stock."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class LowStockFound(Event):
    """Sizes ran low since the last alert. `user_id` is the owner who is told, 0 the store's own address."""

    alert_id: int
    user_id: int = 0


@dataclass(frozen=True)
class CameBack(Event):
    """A size is there again that somebody waits for."""

    waiting_id: int
