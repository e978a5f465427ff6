"""Sign in as a customer, to help."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts import visits
from shop.accounts.customers import support
from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to
from shop.staff.customer_page import customer_page
from shop.staff.forms.customer import HelpForm

bp = Blueprint("staff_support", __name__, url_prefix="/staff/customers/<int:user_id>/visits")
bp.before_request(require_permission)


@bp.post("")
@needs(Permission.CUSTOMER_HELP)
@confirmed
def begin(user_id: int) -> Response:
    """Only with a reason; the customer's page keeps it."""
    form = HelpForm()
    if not form.validate():
        return customer_page(user_id, 422, help_form=form)
    visits.begin_help(support.begin_help(user_id, visitor(), form.reason.data))
    return go_to("/account")
