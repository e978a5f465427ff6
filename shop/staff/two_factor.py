"""Switches two-factor sign-in off for a customer who lost phone and recovery codes, and calls (ACC-13)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.customers.services import reset_two_factor
from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.http.answers import go_to

bp = Blueprint("staff_two_factor", __name__, url_prefix="/staff/customers")
bp.before_request(require_permission)


@bp.post("/<int:user_id>/two-factor/removal")
@needs(Permission.TWO_FACTOR_RESET)
@confirmed
def remove(user_id: int) -> Response:
    """Customers alone: somebody of the team is helped on the team's page, by those who may no less."""
    person = reset_two_factor(user_id)
    flash(f"Two-factor sign-in is off for {person.name}, who is told by mail.", "good")
    return go_to(url_for("staff_customers.show", user_id=user_id))
