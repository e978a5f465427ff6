"""What the team writes down about a customer, the groups they are in, and whether they may pay the courier."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.customers import groups, queries, services
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.checkout.services import overriding
from shop.lib.http.answers import back_to, go_to
from shop.staff.customer_page import customer_page
from shop.staff.forms.customer import CashForm, ChosenGroup, NoteForm

bp = Blueprint("staff_customer_notes", __name__, url_prefix="/staff/customers/<int:user_id>")
bp.before_request(require_permission)


@bp.post("/notes")
@needs(Permission.CUSTOMER_UPDATE)
def write(user_id: int) -> Response:
    form = NoteForm()
    if not form.validate():
        return customer_page(user_id, 422, note_form=form)
    services.write_note(user_id, visitor().user_id or 0, form.text.data)
    return go_to(_there(user_id, "notes"))


@bp.post("/notes/<int:note_id>/removal")
@needs(Permission.CUSTOMER_UPDATE)
def remove(user_id: int, note_id: int) -> Response:
    """Only whoever wrote it takes it back."""
    services.delete_note(user_id, note_id, visitor().user_id or 0)
    flash("The note is gone.", "good")
    return go_to(_there(user_id, "notes"))


@bp.post("/cash-on-delivery")
@needs(Permission.CUSTOMER_UPDATE)
def override_cash(user_id: int) -> Response:
    """Decide whether they may pay the courier, or leave it to their points."""
    form = CashForm()
    if not form.validate():
        return customer_page(user_id, 422, cash_form=form)
    overriding.override_cash(user_id, form.decided)
    flash("Saved. It holds from their next order on.", "good")
    return go_to(_there(user_id, "cash"))


@bp.post("/groups")
@needs(Permission.CUSTOMER_UPDATE)
def join(user_id: int) -> Response:
    form = ChosenGroup()
    form.offer(queries.choices().groups)
    if not form.validate():
        return customer_page(user_id, 422, group_form=form)
    person = services.customer(user_id)
    groups.add_people(int(form.group.data), _only(person), visitor().user_id or 0)
    return go_to(_there(user_id, "groups"))


@bp.post("/groups/<int:group_id>/removal")
@needs(Permission.CUSTOMER_UPDATE)
def leave(user_id: int, group_id: int) -> Response:
    person = services.customer(user_id)
    groups.remove_people(group_id, _only(person))
    flash(f"{person.name} is not in the group any more.", "good")
    return go_to(back_to(_there(user_id, "groups")))


def _only(person: User) -> queries.Customers:
    return queries.customers().where(User.id == person.id)


def _there(user_id: int, part: str) -> str:
    return url_for("staff_customers.show", user_id=user_id, _anchor=part)
