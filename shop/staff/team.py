"""The team: who works at the owner's pages (ACC-13)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.queries import team as team_queries
from shop.accounts.queries.two_factor import two_factor_of
from shop.accounts.services import team
from shop.accounts.services.credentials import new_hash
from shop.accounts.services.passwords import generated_password
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, page_of, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.paging import page_number
from shop.staff.forms.team import ChosenPassword, MemberForm, NewMemberForm, TeamFilterForm

bp = Blueprint("staff_team", __name__, url_prefix="/staff/team")
bp.before_request(require_permission)
ONE = "/<int:user_id>"


@bp.get("")
@needs(Permission.TEAM_READ)
def index() -> Response:
    """Everybody with a role that allows something."""
    form = TeamFilterForm(request.args)
    wanted = form.wanted(request.args.get("sort", ""))
    found = page_of(team_queries.team(wanted), page_number(request.args))
    return page(
        "staff/team/index.html",
        form=form,
        people=found,
        roles=team_queries.role_labels_of([person.id for person in found.items]),
        sort=wanted.sort,
        sort_url=lambda by: url_for(".index", **form.kept(sort=by)),
        page_url=lambda number: url_for(".index", **form.kept(sort=wanted.sort, page=number)),
        may_update=visitor().can(Permission.TEAM_UPDATE),
    )


@bp.get("/new")
@needs(Permission.TEAM_UPDATE)
@confirmed
def new() -> Response:
    return _new_page(NewMemberForm())


@bp.post("/new")
@needs(Permission.TEAM_UPDATE)
@confirmed
@steps
def create() -> Response:
    """Add a member; the password is shown on this answer and nowhere else."""
    form = NewMemberForm()
    with unit_of_work(read_only=True):
        form.offer(role_queries.roles_within(visitor().permissions))
        if not form.validate():
            return _new_page(form, 422)
    try:
        password, password_hash = _password(form)
        with unit_of_work():
            member = team.add_member(form.person(), password_hash, int(form.role.data), visitor().permissions)
            user_id = member.id
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _new_page(form, error.status)
    return _shown_once(user_id, password, "Added to the team.")


@bp.get(ONE)
@needs(Permission.TEAM_READ)
def show(user_id: int) -> Response:
    return _member_page(user_id)


@bp.post(ONE)
@needs(Permission.TEAM_UPDATE)
@confirmed
@steps
def save(user_id: int) -> Response:
    form, here = MemberForm(), visitor()
    with unit_of_work(read_only=True):
        if not form.validate():
            return _member_page(user_id, 422, form=form)
    try:
        with unit_of_work():
            team.change_member(user_id, form.person(), here.user_id or 0, here.permissions)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _member_page(user_id, error.status, form=form)
    flash("Saved.", "good")
    return go_to(url_for(".show", user_id=user_id))


@bp.post(f"{ONE}/password")
@needs(Permission.TEAM_UPDATE)
@confirmed
@steps
def set_password(user_id: int) -> Response:
    """Make a new password, or take the one that was typed; it is shown on this answer and nowhere else."""
    form, here = ChosenPassword(), visitor()
    with unit_of_work(read_only=True):
        if not form.validate():
            return _member_page(user_id, 422, password_form=form)
    try:
        password, password_hash = _password(form)
        with unit_of_work():
            team.set_password(user_id, password_hash, here.user_id or 0, here.permissions)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _member_page(user_id, error.status, password_form=form)
    return _shown_once(user_id, password, "The new password holds, and every device of theirs is logged out.")


@bp.post(f"{ONE}/deactivation")
@needs(Permission.TEAM_UPDATE)
@confirmed
def deactivate(user_id: int) -> Response:
    team.deactivate(user_id, visitor().user_id or 0, visitor().permissions)
    flash("Not active any more, and logged out everywhere.", "good")
    return go_to(url_for(".show", user_id=user_id))


@bp.post(f"{ONE}/activation")
@needs(Permission.TEAM_UPDATE)
@confirmed
def activate(user_id: int) -> Response:
    team.activate(user_id, visitor().permissions)
    flash("Active again.", "good")
    return go_to(url_for(".show", user_id=user_id))


@bp.post(f"{ONE}/two-factor/removal")
@needs(Permission.TWO_FACTOR_RESET)
@confirmed
def reset_two_factor(user_id: int) -> Response:
    """Switch off two-factor sign-in for a member who lost phone and recovery codes."""
    team.reset_two_factor(user_id, visitor().user_id or 0, visitor().permissions)
    flash("Two-factor sign-in is off for them, and they are told by mail.", "good")
    return go_to(url_for(".show", user_id=user_id))


def _password(form: ChosenPassword) -> tuple[str, str]:
    """The password to be, typed or generated, and its hash; hashing is slow, so no unit is open."""
    password = form.password.data or generated_password()
    return password, new_hash(password)


def _shown_once(user_id: int, password: str, words: str) -> Response:
    with unit_of_work(read_only=True):
        return _member_page(user_id, password=password, words=words)


def _new_page(form: NewMemberForm, status: int = 200) -> Response:
    form.offer(role_queries.roles_within(visitor().permissions))
    return page("staff/team/new.html", status, form=form)


def _member_page(
    user_id: int,
    status: int = 200,
    *,
    form: MemberForm | None = None,
    password_form: ChosenPassword | None = None,
    password: str = "",
    words: str = "",
) -> Response:
    member = one_or_404(team_queries.team().where(User.id == user_id))
    here = visitor()
    is_within_reach = not role_queries.permissions_of_person(user_id) - here.permissions
    return page(
        "staff/team/show.html",
        status,
        member=member,
        roles=rows(role_queries.roles_of(user_id)),
        form=form or MemberForm(formdata=None, obj=member),
        password_form=password_form or ChosenPassword(formdata=None),
        password=password,
        words=words,
        may_update=here.can(Permission.TEAM_UPDATE) and is_within_reach,
        may_reset=here.can(Permission.TWO_FACTOR_RESET) and is_within_reach,
        two_factor=two_factor_of(user_id),
        may_give=here.can(Permission.ROLE_UPDATE),
        is_me=member.id == here.user_id,
    )
