"""Switches two-factor sign-in off for a customer who lost phone and recovery codes, and calls (ACC-13)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for
from sqlalchemy import select

from shop.accounts.errors import BeyondYou
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries.roles import permissions_of_person
from shop.accounts.services import two_factor
from shop.accounts.services.sessions import end_sessions_of
from shop.lib.http.answers import go_to
from shop.lib.queries import one_or_404

bp = Blueprint("staff_two_factor", __name__, url_prefix="/staff/customers")
bp.before_request(require_permission)


@bp.post("/<int:user_id>/two-factor/removal")
@needs(Permission.TWO_FACTOR_RESET)
def remove(user_id: int) -> Response:
    """Customers alone: somebody of the team is helped on the team's page, by those who may no less."""
    person = one_or_404(select(User).where(User.id == user_id))
    if permissions_of_person(user_id):
        raise BeyondYou
    if two_factor.switch_off(user_id, by_team=True):
        end_sessions_of(user_id)
    flash(f"Two-factor sign-in is off for {person.name}, who is told by mail.", "good")
    return go_to(url_for("staff_customers.show", user_id=user_id))
