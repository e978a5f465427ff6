"""Reads of people: the visitor behind a session, users by what they sign in with."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Executable, Select, bindparam, or_, select

from shop.accounts import policy
from shop.accounts.models import AccessPolicy, Session, TwoFactor, User, UserRole, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.queries import two_factor
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.clock import now
from shop.store.settings import CONFIRM_MINUTES, value_of

# Put together once: every request of someone with a session asks it.
BEHIND_SESSION: Executable = (
    select(Session.user_id, User.first_name, User.last_name, User.email, User.phone, User.status,
           UserRole.role_id, Session.last_seen_at, Session.opened_from, Session.password_confirmed_at,
           TwoFactor.confirmed_at,
           select(AccessPolicy.version).scalar_subquery().label("version"))
    .outerjoin(User, User.id == Session.user_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .outerjoin(TwoFactor, TwoFactor.user_id == User.id)
    .where(Session.id == bindparam("session_id"), Session.ended_at.is_(None), Session.expires_at > bindparam("moment"))
)  # fmt: skip


def visitor_of(session_id: str) -> Visitor | None:
    """The visitor a live session belongs to, with resolved permissions; None for a dead one.

    One statement reads session, person, roles and the policy's version; what roles allow is remembered. Somebody who
    still has to set up two-factor sign-in may nothing until then. A session that was opened to help a customer is dead
    without its helper, and as soon as the customer may anything.
    """
    found = db.session.execute(BEHIND_SESSION, {"session_id": session_id, "moment": now()}).all()
    if not found or (found[0].user_id and found[0].status != UserStatus.ACTIVE):
        return None
    first = found[0]
    allowed = policy.permissions_of(frozenset(row.role_id for row in found if row.role_id), first.version)
    helper = _helper_of(first.opened_from)
    if first.opened_from and (allowed or not helper):
        return None
    owes_two_factor = first.confirmed_at is None and two_factor.is_asked_of(allowed)
    return Visitor(
        session_id=session_id,
        user_id=first.user_id,
        name=f"{first.first_name or ''} {first.last_name or ''}".strip(),
        email=first.email,
        phone=first.phone,
        seen_at=first.last_seen_at,
        permissions=frozenset() if owes_two_factor else allowed,
        owes_two_factor=owes_two_factor,
        is_confirmed=bool(allowed) and _is_recent(first.password_confirmed_at),
        helper=helper,
    )


def _is_recent(confirmed_at: datetime | None) -> bool:
    return confirmed_at is not None and confirmed_at > now() - timedelta(minutes=value_of(CONFIRM_MINUTES))


def _helper_of(opened_from: str | None) -> Visitor | None:
    """Who opened a session to help, while their own is live and they may."""
    helper = visitor_of(opened_from) if opened_from else None
    return helper if helper and helper.can(Permission.CUSTOMER_HELP) else None


def users() -> Select[User]:
    """All people with an account."""
    return select(User)


def named(name: str) -> Select[User]:
    """Whoever has this e-mail or phone, written as they are kept."""
    return select(User).where(or_(User.email == name, User.phone == name))


def active_id_of(name: str) -> int | None:
    """The id of whoever has this e-mail or phone and is let in."""
    return db.session.scalar(named(name).where(User.status == UserStatus.ACTIVE).with_only_columns(User.id))


def person_of(user_id: int) -> User:
    """A signed-in person's own account."""
    return db.session.get_one(User, user_id)
