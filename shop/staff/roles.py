"""Roles: what each allows, who has it (ACC-12)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.contacts import login_name
from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import FIXED_ROLES, Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.queries.people import named
from shop.accounts.services import role_changes
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import count_of, one_or_404, one_or_none, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.roles import GiveForm, RoleForm
from shop.staff.permission_words import groups

bp = Blueprint("staff_roles", __name__, url_prefix="/staff/roles")
bp.before_request(require_permission)
SHOWN = 50


@bp.get("")
@needs(Permission.ROLE_UPDATE)
def index() -> Response:
    """All roles beside all permissions."""
    return page(
        "staff/roles/index.html",
        roles=rows(role_queries.roles()),
        allowed=role_queries.permissions_by_role(),
        people=role_queries.people_by_role(),
        groups=groups(),
    )


@bp.get("/new")
@needs(Permission.ROLE_UPDATE)
@confirmed
def new() -> Response:
    return _new_page(RoleForm())


@bp.post("/new")
@needs(Permission.ROLE_UPDATE)
@confirmed
@steps
def create() -> Response:
    form = RoleForm()
    if not form.validate():
        return _refused(form)
    try:
        with unit_of_work():
            role_id = role_changes.create_role(form.fields(), visitor().permissions).id
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("The role is there. Give it to somebody.", "good")
    return go_to(url_for(".show", role_id=role_id))


@bp.get("/<int:role_id>")
@needs(Permission.ROLE_UPDATE)
def show(role_id: int) -> Response:
    return _role_page(role_id)


@bp.post("/<int:role_id>")
@needs(Permission.ROLE_UPDATE)
@confirmed
@steps
def save(role_id: int) -> Response:
    form = RoleForm()
    if not form.validate():
        return _refused(form, role_id=role_id)
    try:
        _change(role_id, form)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status, role_id=role_id)
    flash("Saved. It holds from the next click of everybody who has this role.", "good")
    return go_to(url_for(".show", role_id=role_id))


@bp.post("/<int:role_id>/removal")
@needs(Permission.ROLE_UPDATE)
@confirmed
def remove(role_id: int) -> Response:
    role_changes.delete_role(role_id)
    flash("The role is deleted.", "good")
    return go_to(url_for(".index"))


@bp.post("/<int:role_id>/people")
@needs(Permission.ROLE_UPDATE)
@confirmed
def give(role_id: int) -> Response:
    """Give it to whoever logs in with this e-mail or phone."""
    form = GiveForm()
    person = _person(form.identifier.data) if form.validate() else None
    if form.identifier.data and person is None:
        form.blame(ShopError("Nobody has an account with this.", field="identifier"))
    if person is None:
        return _role_page(role_id, 422, give_form=form)
    role_changes.give(person.id, role_id, visitor().permissions)
    flash(f"{person.name} has this role now.", "good")
    return go_to(url_for(".show", role_id=role_id))


@bp.post("/<int:role_id>/people/<int:user_id>/removal")
@needs(Permission.ROLE_UPDATE)
@confirmed
def take(role_id: int, user_id: int) -> Response:
    role_changes.take(user_id, role_id, visitor().permissions)
    flash("The role is taken back.", "good")
    return go_to(url_for(".show", role_id=role_id) if visitor().user_id != user_id else "/staff")


def _change(role_id: int, form: RoleForm) -> None:
    """Write the form; what the asker may not do has no tick to set, so it stays."""
    may = visitor().permissions
    with unit_of_work():
        kept = role_queries.permissions_by_role(role_id)[role_id] - may
        role_changes.change_role(role_id, form.fields(kept), may)


def _person(typed: str) -> User | None:
    name = login_name(typed)
    return one_or_none(named(name)) if name else None


def _refused(form: RoleForm, status: int = 422, *, role_id: int | None = None) -> Response:
    with unit_of_work(read_only=True):
        return _new_page(form, status) if role_id is None else _role_page(role_id, status, form=form)


def _new_page(form: RoleForm, status: int = 200) -> Response:
    return page("staff/roles/new.html", status, form=form, groups=groups(visitor().permissions))


def _role_page(
    role_id: int, status: int = 200, *, form: RoleForm | None = None, give_form: GiveForm | None = None
) -> Response:
    role = one_or_404(role_queries.role(role_id))
    allowed = role_queries.permissions_by_role(role_id)[role_id]
    holders = role_queries.people_with(role_id)
    return page(
        "staff/roles/show.html",
        status,
        role=role,
        is_fixed=role.name in FIXED_ROLES,
        allowed=allowed,
        form=form or RoleForm(formdata=None, obj=role, permissions=sorted(allowed)),
        give_form=give_form or GiveForm(formdata=None),
        groups=groups(visitor().permissions),
        people=rows(holders.limit(SHOWN)),
        people_count=count_of(holders),
    )
