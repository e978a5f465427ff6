"""What the team keeps of customers: groups, notes, and who signed in as them to help."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, PERSONAL, audited, own_history
from shop.lib.columns import CreatedAt, Id, Moment, Ref, UtcDateTime


@audited()
class CustomerGroup(Model):
    """Customers who have something in common. Two names that differ in case and signs alone have one `code`."""

    __tablename__ = "customer_group"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(60), unique=True, info=LEFT_OUT)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[CreatedAt]


@own_history("says who was added, when and by whom")
class CustomerGroupMember(Model):
    __tablename__ = "customer_group_member"

    group_id: Mapped[int] = mapped_column(Ref, ForeignKey("customer_group.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        Ref, ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    added_by: Mapped[int | None] = mapped_column(Ref)
    added_at: Mapped[CreatedAt]


@audited(person="user_id")
class CustomerNote(Model):
    """What somebody of the team wrote down about a customer, for the team alone."""

    __tablename__ = "customer_note"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), index=True)
    text: Mapped[str] = mapped_column(String(2000), info=PERSONAL)
    created_at: Mapped[CreatedAt]

    author: Mapped[User] = relationship(foreign_keys=author_id)


@audited(person="user_id")
class SupportVisit(Model):
    """Somebody of the team was signed in as a customer, to help: why, and from when to when.

    `session_id` is the session that was opened for it; it is gone once that is forgotten.
    """

    __tablename__ = "support_visit"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    helper_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), index=True)
    session_id: Mapped[str | None] = mapped_column(String(43), unique=True, info=LEFT_OUT)
    reason: Mapped[str] = mapped_column(String(300), info=PERSONAL)
    started_at: Mapped[CreatedAt]
    ends_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    helper: Mapped[User] = relationship(foreign_keys=helper_id)
