"""Reads of people: the visitor behind a session, users by what they sign in with, addresses."""

from __future__ import annotations

from sqlalchemy import Select, select

from shop.accounts.models import Address, RolePermission, Session, User, UserRole, UserStatus
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.clock import now


def visitor_of(session_id: str) -> Visitor | None:
    """The visitor a live session belongs to, with resolved permissions, in one statement; None for a dead one."""
    found = db.session.execute(
        select(Session.user_id, User.first_name, User.last_name, User.email, User.phone, User.status,
               RolePermission.permission)
        .outerjoin(User, User.id == Session.user_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .outerjoin(RolePermission, RolePermission.role_id == UserRole.role_id)
        .where(Session.id == session_id, Session.ended_at.is_(None), Session.expires_at > now())
    ).all()  # fmt: skip
    if not found or (found[0].user_id and found[0].status != UserStatus.ACTIVE):
        return None
    first = found[0]
    return Visitor(
        session_id=session_id,
        user_id=first.user_id,
        name=f"{first.first_name or ''} {first.last_name or ''}".strip(),
        email=first.email,
        phone=first.phone,
        permissions=frozenset(row.permission for row in found if row.permission),
    )


def users() -> Select[User]:
    """All people with an account."""
    return select(User)


def addresses_of(user_id: int) -> Select[Address]:
    """A person's saved addresses, the default first, then the newest."""
    newest_default = (Address.default_at.desc().nulls_last(), Address.id.desc())
    return select(Address).where(Address.user_id == user_id).order_by(*newest_default)


def default_address_id(user_id: int) -> int | None:
    """The address that is offered first, if one of them was chosen to be."""
    first = addresses_of(user_id).where(Address.default_at.is_not(None)).with_only_columns(Address.id)
    return db.session.scalar(first.limit(1))


def person_of(user_id: int) -> User:
    """A signed-in person's own account."""
    return db.session.get_one(User, user_id)
