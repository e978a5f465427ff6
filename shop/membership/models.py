"""A person's own data, packed for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, Ref, UtcDateTime


@own_history("made anew whenever it is asked for")
class DataExport(Model):
    """The one export of a person: asked for, made file by file, kept for some days.

    Its ZIP lies here and not in a folder: it goes with the account in one transaction, and every process can hand it
    out.
    """

    __tablename__ = "data_export"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), unique=True)
    asked_at: Mapped[CreatedAt]
    parts: Mapped[int]
    parts_done: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    size: Mapped[int | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
