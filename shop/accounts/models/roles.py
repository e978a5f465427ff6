"""Roles, what they allow, and who has them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import audited, own_history
from shop.lib.columns import Id, UtcDateTime


@audited()
class Role(Model):
    """A named bundle of permissions. Built-in ones keep their name and stay; `name` is the label as code writes it."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="", server_default="")
    built_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@audited()
class RolePermission(Model):
    __tablename__ = "role_permission"

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(60), primary_key=True)


@own_history("a mark that roles changed")
class AccessPolicy(Model):
    """The one row of `accounts/policy.py`: a version that no other state of the roles ever had."""

    __tablename__ = "access_policy"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(16))


@audited(person="user_id")
class UserRole(Model):
    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True)
