"""Days as the store's own clock counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from shop.lib.clock import now
from shop.store.queries import store


def today() -> date:
    """The date where the store is."""
    return now().astimezone(ZoneInfo(store().time_zone)).date()


def day_start(day: date) -> datetime:
    """The moment a day begins where the store is."""
    return datetime.combine(day, time(), ZoneInfo(store().time_zone)).astimezone(UTC)


def offset_seconds() -> int:
    """How far the store's clock is ahead of UTC now; for counting by day inside a statement."""
    offset = now().astimezone(ZoneInfo(store().time_zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0
