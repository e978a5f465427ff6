"""Groups of customers: made, named, filled from the list, taken away (ACC-14)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from sqlalchemy import select

from shop.accounts.customers import groups, queries
from shop.accounts.customers.models import CustomerGroup
from shop.accounts.customers.queries import CustomerFilter
from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, page_of, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.customer import GroupForm
from shop.staff.forms.paging import page_number

bp = Blueprint("staff_customer_groups", __name__, url_prefix="/staff/customer-groups")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.CUSTOMER_READ)
def index() -> Response:
    return _list_page(GroupForm(formdata=None))


@bp.post("")
@needs(Permission.CUSTOMER_UPDATE)
@steps
def create() -> Response:
    form = GroupForm()
    if not form.validate():
        return _refused(form)
    try:
        with unit_of_work():
            group_id = groups.create_group(form.name.data, form.description.data or "").id
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("The group is there. Choose customers for it in their list.", "good")
    return go_to(url_for(".show", group_id=group_id))


@bp.get("/<int:group_id>")
@needs(Permission.CUSTOMER_READ)
def show(group_id: int) -> Response:
    return _group_page(group_id)


@bp.post("/<int:group_id>")
@needs(Permission.CUSTOMER_UPDATE)
@steps
def save(group_id: int) -> Response:
    form = GroupForm()
    if not form.validate():
        return _refused(form, group_id=group_id)
    try:
        with unit_of_work():
            groups.change_group(group_id, form.name.data, form.description.data or "")
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status, group_id=group_id)
    flash("Saved.", "good")
    return go_to(url_for(".show", group_id=group_id))


@bp.post("/<int:group_id>/removal")
@needs(Permission.CUSTOMER_UPDATE)
def remove(group_id: int) -> Response:
    groups.delete_group(group_id)
    flash("The group is deleted. Whoever was in it stays a customer.", "good")
    return go_to(url_for(".index"))


def _refused(form: GroupForm, status: int = 422, *, group_id: int | None = None) -> Response:
    with unit_of_work(read_only=True):
        return _list_page(form, status) if group_id is None else _group_page(group_id, status, form)


def _list_page(form: GroupForm, status: int = 200) -> Response:
    return page(
        "staff/customer_groups/index.html",
        status,
        groups=rows(groups.groups()),
        people=groups.people_by_group(),
        form=form,
        may_update=visitor().can(Permission.CUSTOMER_UPDATE),
    )


def _group_page(group_id: int, status: int = 200, form: GroupForm | None = None) -> Response:
    group = one_or_404(select(CustomerGroup).where(CustomerGroup.id == group_id))
    members = queries.customers(CustomerFilter(group_id=group_id, sort="name"))
    return page(
        "staff/customer_groups/show.html",
        status,
        group=group,
        form=form or GroupForm(formdata=None, obj=group),
        people=page_of(members, page_number(request.args)),
        page_url=lambda number: url_for(".show", group_id=group_id, page=number),
        may_update=visitor().can(Permission.CUSTOMER_UPDATE),
    )
