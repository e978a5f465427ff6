"""What somebody of the team can do while they are signed in as a customer: look at everything, help with the bag."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, flash, request

from shop.accounts import visits
from shop.accounts.customers import support
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to
from shop.lib.unit_of_work import SAFE_METHODS

bp = Blueprint("support", __name__)
OVER = "You are back in your own account."
NOT_HELP = "You are signed in as a customer, to help. On any page of the shop choose Stop helping to be yourself."
# What may be written, by blueprint. Everything else a customer can do is refused: orders, payments, passwords, e-mail,
# second factor, deletion, and whatever is built later.
HELPED = frozenset({"cart", "wishlist", "theme", "support"})
# What is not even shown: secrets that would open the account later, and all that is known of a person in one file.
PRIVATE = frozenset({"data_export", "deletion", "two_factor"})
FILES = frozenset({"asset", "media", "static"})


@bp.before_app_request
def watch() -> Response | None:
    """A helper whose time is over is themselves again before anything is done in their name; others are held back."""
    if request.endpoint in FILES:
        return None
    if visits.is_help_over():
        visits.return_to_desk()
        flash(f"The help has ended. {OVER}", "info")
        return go_to("/staff/customers")
    if visitor().helper and (request.path.startswith("/staff") or not _is_help()):
        abort(403, NOT_HELP)
    return None


@bp.post("/support-visit/end")
def end() -> Response:
    """Back to one's own account, and to the customer's page."""
    here = visitor()
    if not here.helper or not here.session_id:
        return go_to("/")
    support.end_help(here.session_id)
    visits.return_to_desk()
    flash(OVER, "good")
    return go_to(f"/staff/customers/{here.user_id}")


def _is_help() -> bool:
    """Whether this is on the list; a page is looked at where the database itself lets nothing be written."""
    if request.blueprint in HELPED:
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    is_look = request.method in SAFE_METHODS and not getattr(view, "opens_own_units", False)
    return is_look and request.blueprint not in PRIVATE
