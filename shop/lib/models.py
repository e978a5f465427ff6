"""The machinery's own tables: what is owed, what runs by the clock, which request made what, and how new pages are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.columns import CreatedAt, Id, JsonDict, Moment, UtcDateTime


class OutboxEvent(Model):
    """One event owed to one handler. `claim` grows with each hand-out, `failures` only with failures."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index("ix_outbox_event_open", "due_at", postgresql_where=text("done_at IS NULL AND dead_at IS NULL")),
        Index("ix_outbox_event_subject", "event", "subject_id"),
    )

    id: Mapped[Id]
    event: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[int | None]
    payload: Mapped[JsonDict]
    handler: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[CreatedAt]
    due_at: Mapped[Moment]
    claim: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TimedJob(Model):
    """When a timed job is due next; moving `due_at` on is the lease that lets one process run it."""

    __tablename__ = "timed_job"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    due_at: Mapped[Moment]


class IdempotencyKey(Model):
    """Which resource a request with this key made; inserted first, in the resource's own unit."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("scope", "key"),)

    id: Mapped[Id]
    scope: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(120))
    request_hash: Mapped[str] = mapped_column(String(64))
    resource_id: Mapped[int | None]
    created_at: Mapped[CreatedAt]


class CatalogueStamp(Model):
    """The one row of `lib/stamp.py`: a value that no other state of the catalogue ever had."""

    __tablename__ = "catalogue_stamp"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(16))
