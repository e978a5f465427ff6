"""Every message the shop sent or tried to send."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, Ref, UtcDateTime


@own_history("is a log")
class Send(Model):
    """One message to one recipient, unique by template and what it is about, so an event rung twice mails once."""

    __tablename__ = "notification_send"
    __table_args__ = (Index("uq_notification_send_about", "template", "about", unique=True),)

    id: Mapped[Id]
    channel: Mapped[str] = mapped_column(String(10), default="email")
    template: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    order_id: Mapped[int | None] = mapped_column(Ref, index=True)
    user_id: Mapped[int | None] = mapped_column(Ref, index=True)
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None] = mapped_column(String(500))
    retries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
