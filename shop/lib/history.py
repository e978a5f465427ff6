"""What every row of a history says (ORD-04)."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shop.lib.columns import CreatedAt, Id, Ref


class Move:
    """One move of something from state to state: who made it, when, from where, and why. Append-only."""

    id: Mapped[Id]
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(Ref)
    ip: Mapped[str | None] = mapped_column(String(45))
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[CreatedAt]
