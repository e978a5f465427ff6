"""Ends where a customer is logged in, for somebody who lost a phone and calls (ACC-03)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.services.people import log_out
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to

bp = Blueprint("staff_sessions", __name__, url_prefix="/staff/customers")
bp.before_request(require_permission)


@bp.post("/<int:user_id>/sessions/removal")
@needs(Permission.SESSION_END)
def end_all(user_id: int) -> Response:
    """Log a person out everywhere; never somebody who may more than whoever asks."""
    person = log_out(user_id, visitor().permissions)
    flash(f"{person.name} is logged out everywhere.", "good")
    return go_to(url_for("staff_customers.show", user_id=user_id))
