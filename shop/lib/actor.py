"""Who does something: written into histories, ledgers and logs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person or the shop itself; `kind` is customer, guest, staff or system."""

    kind: str
    name: str
    user_id: int | None = None
    ip: str | None = None


SYSTEM = Actor("system", "The shop")
