"""The owner deletes a customer's account: what goes, what stays, and why not yet (ACC-10)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.customers import services
from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.services.credentials import check_password
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.staff.forms.customer import DeletionForm

bp = Blueprint("staff_customer_deletion", __name__, url_prefix="/staff/customers/<int:user_id>/deletion")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.CUSTOMER_DELETE)
def show(user_id: int) -> Response:
    return _deletion_page(user_id, DeletionForm(formdata=None))


@bp.post("")
@needs(Permission.CUSTOMER_DELETE)
@throttles.own_password
@steps
def erase(user_id: int) -> Response:
    """Whoever does this shows by their own password that it is them."""
    form, me = DeletionForm(), visitor().user_id or 0
    if not form.validate():
        return _refused(user_id, form, 422)
    try:
        check_password(me, form.current_password.data)
        with unit_of_work():
            membership.erase(services.customer(user_id).id, by=me)
    except ShopError as error:
        form.blame(error)
        return _refused(user_id, form, error.status)
    flash("The account is deleted.", "good")
    return go_to(url_for("staff_customers.index"))


def _refused(user_id: int, form: DeletionForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _deletion_page(user_id, form, status)


def _deletion_page(user_id: int, form: DeletionForm, status: int = 200) -> Response:
    person, reasons = services.customer(user_id), membership.reasons_to_stay(user_id)
    return page("staff/customers/deletion.html", status, person=person, form=form, reasons=reasons)
