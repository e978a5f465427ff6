"""The machinery's own tables: what is owed, what runs by the clock, what was asked and changed, how new pages are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, EncryptedText, Id, JsonDict, Moment, Ref, UtcDateTime


@own_history("what is owed is no change of anything, and is gone when it is done")
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


@own_history("a clock")
class TimedJob(Model):
    """When a timed job is due next; moving `due_at` on is the lease that lets one process run it."""

    __tablename__ = "timed_job"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    due_at: Mapped[Moment]


@own_history("written once, never changed")
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


@own_history("a mark that other rows changed")
class CatalogueStamp(Model):
    """The one row of `lib/stamp.py`: a value that no other state of the catalogue ever had."""

    __tablename__ = "catalogue_stamp"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(16))


class AuditAction(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@own_history("is the log")
class AuditEntry(Model):
    """One row that was made, changed or deleted: by whom, when, from what to what (`lib/audit_log`).

    The database refuses to change or delete an entry. `person_id` is the account the row belongs to, whose key opens
    what is personal in it; `actor` is a job's name, people are named by `user_id` alone. There are no foreign keys to
    people: an entry outlives them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at", "id"),
        Index("ix_audit_entry_action", "action", "at", "id"),
        Index("ix_audit_entry_table", "table_name", "at", "id"),
        Index("ix_audit_entry_record", "table_name", "record_id", "at", "id"),
        Index("ix_audit_entry_user", "user_id", "at", "id"),
        Index("ix_audit_entry_person", "person_id", "at", "id"),
        Index(
            "ix_audit_entry_undoes",
            "undoes",
            postgresql_where=text("undoes IS NOT NULL"),
            sqlite_where=text("undoes IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(10))
    table_name: Mapped[str] = mapped_column(String(63))
    record_id: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(Ref)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor: Mapped[str | None] = mapped_column(String(160))
    user_id: Mapped[int | None] = mapped_column(Ref)
    ip: Mapped[Any | None] = mapped_column(JSON(none_as_null=True), nullable=True)
    request_id: Mapped[str | None] = mapped_column(String(64), index=True)
    undoes: Mapped[int | None] = mapped_column(Ref, ForeignKey("audit_entry.id"))


@own_history("seals the log")
class AuditSeal(Model):
    """The seal of one entry: a hash of the seal before it and of the entry. `number` counts without gaps from 1."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(Ref, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(Ref, ForeignKey("audit_entry.id"), unique=True)
    seal: Mapped[str] = mapped_column(String(64))


@own_history("keys are written down nowhere else")
class PersonKey(Model):
    """The key under which a person's words stand in the audit log; once destroyed it never comes back."""

    __tablename__ = "person_key"

    user_id: Mapped[int] = mapped_column(Ref, primary_key=True, autoincrement=False)
    key: Mapped[str | None] = mapped_column(EncryptedText)
    created_at: Mapped[CreatedAt]
    destroyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
