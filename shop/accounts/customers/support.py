"""Somebody of the team signs in as a customer, to see what they see and help with their bag (ACC-14).

The session that is opened hangs on the helper's own: it is over with it, with their permission, after LIFE, and as soon
as the customer may anything in running the shop (`accounts.queries.visitor_of`). What can be done in it is a short list
(`storefront/support.py`).
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.accounts.customers.models import SupportVisit
from shop.accounts.customers.services import customer
from shop.accounts.services import sessions
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_none

LIFE = timedelta(minutes=30)


def begin_help(user_id: int, helper: Visitor, reason: str) -> str:
    """Open a session as a customer; returns its id.

    Raises OnTheTeam, NotFound, or ShopError for one who is not let in.
    """
    person = customer(user_id)
    if not person.is_active:
        raise ShopError("This account is not active, so nobody is let in with it.")
    opened = sessions.start_session(person.id, helper.ip, helper.device or "")
    opened.opened_from, opened.password_confirmed_at, opened.expires_at = helper.session_id, None, now() + LIFE
    visit = SupportVisit(user_id=person.id, helper_id=helper.user_id or 0, session_id=opened.id, reason=reason)
    visit.ends_at = opened.expires_at
    db.session.add(visit)
    db.session.flush()
    return opened.id


def end_help(session_id: str) -> None:
    """Close the session that was opened to help; only once."""
    visit = one_or_none(select(SupportVisit).where(SupportVisit.session_id == session_id))
    if visit and not visit.ended_at:
        visit.ended_at = now()
    sessions.end_session(session_id)


def visits_to(user_id: int) -> Select[SupportVisit]:
    """When somebody was signed in as this customer, the newest first, each with who it was."""
    visits = select(SupportVisit).where(SupportVisit.user_id == user_id).options(joinedload(SupportVisit.helper))
    return visits.order_by(SupportVisit.id.desc())
