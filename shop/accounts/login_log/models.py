"""One row for each time somebody logged in or out, registered, or was refused."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Id, Ref, UtcDateTime


class LoginKind(StrEnum):
    LOGIN = "login"
    LOGOUT = "logout"
    FAILED = "failed"
    REGISTER = "register"


@own_history("is a log")
class LoginEntry(Model):
    """Somebody came or went, or was refused. `typed` is masked.

    `user_id` has no foreign key: checking one would make a refused try with a known name cost more than one with an
    unknown name. `place` and `number` are those of a refused try (see `recording.py`), `tries` how many the row counts.
    `entered_by` is who of the team wrote the row by hand.
    """

    __tablename__ = "login_entry"
    __table_args__ = (
        UniqueConstraint("place", "number"),
        Index("ix_login_entry_kind", "kind", "id"),
        Index("ix_login_entry_user", "user_id", "id"),
        Index("ix_login_entry_ip", "ip", "id"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    user_id: Mapped[int | None] = mapped_column(Ref)
    typed: Mapped[str] = mapped_column(String(80), default="", server_default="")
    ip: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(300))
    tries: Mapped[int] = mapped_column(default=1, server_default="1")
    place: Mapped[str | None] = mapped_column(String(80))
    number: Mapped[int | None]
    entered_by: Mapped[int | None] = mapped_column(Ref)
