"""One message before it is worded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail; the log of sends keeps its words, not its files."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail before it is worded: to whom, about what, and the facts its templates show.

    One `by_text` leaves as a text message, because its reader has a phone alone.
    """

    recipient: str
    facts: dict[str, Any] = field(default_factory=dict)
    order_id: int | None = None
    user_id: int | None = None
    enclosures: tuple[Enclosure, ...] = ()
    by_text: bool = False
