"""The customers: found, looked at, made and changed."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.customers import queries, services
from shop.accounts.errors import NotConfirmed
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.services.credentials import new_hash
from shop.accounts.services.passwords import generated_password
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import page_within
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.customer_page import customer_page
from shop.staff.forms.customer import CustomerForm, NewCustomerForm
from shop.staff.forms.customers import CustomerFilterForm
from shop.staff.forms.paging import page_number

bp = Blueprint("staff_customers", __name__, url_prefix="/staff/customers")
bp.before_request(require_permission)
ONE = "/<int:user_id>"
MOST_LISTED = 10_000


@bp.get("")
@needs(Permission.CUSTOMER_READ)
def index() -> Response:
    """All customers, by search, filters and order; by a role of the team for those who see the team."""
    form = CustomerFilterForm(request.args)
    form.offer(queries.choices())
    wanted = form.wanted(request.args.get("sort", ""), with_team=visitor().can(Permission.TEAM_READ))
    found = page_within(queries.customers(wanted), page_number(request.args), MOST_LISTED)
    return page(
        "staff/customers/index.html",
        form=form,
        people=found,
        chips=[(words, url_for(".index", **kept, sort=wanted.sort)) for words, kept in form.chips()],
        sort=wanted.sort,
        sort_url=lambda by: url_for(".index", **form.kept(sort=by)),
        page_url=lambda number: url_for(".index", **form.kept(sort=wanted.sort, page=number)),
        may_update=visitor().can(Permission.CUSTOMER_UPDATE),
    )


@bp.get("/new")
@needs(Permission.CUSTOMER_UPDATE)
def new() -> Response:
    return page("staff/customers/new.html", form=NewCustomerForm())


@bp.post("/new")
@needs(Permission.CUSTOMER_UPDATE)
@steps
def create() -> Response:
    """Make an account; a password that is made for it is shown on this answer and nowhere else."""
    form = NewCustomerForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return page("staff/customers/new.html", 422, form=form)
    password = form.password.data or generated_password()
    try:
        user_id = _add(form, new_hash(password))
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return page("staff/customers/new.html", error.status, form=form)
    with unit_of_work(read_only=True):
        return customer_page(user_id, password=password, told="The account is there.")


@bp.get(ONE)
@needs(Permission.CUSTOMER_READ)
def show(user_id: int) -> Response:
    return customer_page(user_id)


@bp.get(f"{ONE}/edit")
@needs(Permission.CUSTOMER_UPDATE)
def edit(user_id: int) -> Response:
    return _edit_page(user_id)


@bp.post(f"{ONE}/edit")
@needs(Permission.CUSTOMER_UPDATE)
@steps
def save(user_id: int) -> Response:
    form = CustomerForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return _edit_page(user_id, form, 422)
    try:
        with unit_of_work():
            services.change_customer(user_id, form.person(), form.about(), visitor())
    except NotConfirmed:
        raise
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _edit_page(user_id, form, error.status)
    flash("Saved.", "good")
    return go_to(url_for(".show", user_id=user_id))


@bp.post(f"{ONE}/deactivation")
@needs(Permission.CUSTOMER_DEACTIVATE)
def deactivate(user_id: int) -> Response:
    services.set_status(user_id, UserStatus.INACTIVE)
    flash("Not active any more, and logged out everywhere.", "good")
    return go_to(url_for(".show", user_id=user_id))


@bp.post(f"{ONE}/activation")
@needs(Permission.CUSTOMER_DEACTIVATE)
def activate(user_id: int) -> Response:
    services.set_status(user_id, UserStatus.ACTIVE)
    flash("Active again.", "good")
    return go_to(url_for(".show", user_id=user_id))


def _edit_page(user_id: int, form: CustomerForm | None = None, status: int = 200) -> Response:
    person = services.customer(user_id)
    return page(
        "staff/customers/edit.html",
        status,
        person=person,
        form=form or CustomerForm(formdata=None, obj=person),
        may_move=visitor().can(Permission.CUSTOMER_HELP),
    )


def _add(form: NewCustomerForm, password_hash: str) -> int:
    with unit_of_work():
        added: User = services.add_customer(form.person(), form.about(), password_hash)
        return added.id
