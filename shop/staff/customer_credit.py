"""Store credit that the owner gives a customer, or takes back, with a reason."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.customers.services import customer
from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.promotions.credit import services as credit
from shop.staff.customer_page import customer_page
from shop.staff.forms.credit import CreditForm

bp = Blueprint("staff_customer_credit", __name__, url_prefix="/staff/customers/<int:user_id>/credit")
bp.before_request(require_permission)


@bp.post("")
@needs(Permission.CREDIT_UPDATE)
@confirmed
def change(user_id: int) -> Response:
    """Give or take; a second click does it once."""
    form, person = CreditForm(), customer(user_id)
    if not form.validate():
        return customer_page(user_id, 422, credit_form=form)
    try:
        is_new = credit.change_once(person.id, form.change(), form.reason.data, visitor().actor, form.key.data or "")
    except ShopError as error:
        form.blame(error)
        return customer_page(user_id, error.status, credit_form=form)
    flash("Saved." if is_new else "That was done already, and is not done twice.", "good")
    return go_to(url_for("staff_customers.show", user_id=user_id, _anchor="credit"))
