"""Confirm it is you: asked before what a stolen session must not do, where the password was given too long ago."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts import throttles
from shop.accounts.errors import NotConfirmed
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.people import person_of
from shop.accounts.queries.two_factor import is_on
from shop.accounts.services.confirming import confirm
from shop.accounts.services.linked_sign_ins import linked_to
from shop.accounts.social.providers import providers
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import back_to, go_to, is_api, is_htmx, local_path, page
from shop.lib.http.errors import on_shop_error
from shop.lib.queries import rows
from shop.lib.unit_of_work import SAFE_METHODS, steps, unit_of_work
from shop.staff.forms.confirm import ConfirmForm, ConfirmWithCodeForm, KeptForm, kept_before, kept_of_request

bp = Blueprint("staff_confirm", __name__, url_prefix="/staff/confirm")
bp.before_request(require_sign_in)
OFFICE = "/staff"
FORBIDDEN = 403


@bp.app_errorhandler(NotConfirmed)
def ask(error: NotConfirmed) -> Response:
    """Ask who is here instead of the view's answer; a form that was sent waits in the page."""
    if is_api():
        return on_shop_error(error)
    if is_htmx() or request.method in SAFE_METHODS:
        wanted = request.full_path.rstrip("?") if request.method in SAFE_METHODS else back_to(OFFICE)
        return go_to(url_for("staff_confirm.show", next=wanted))
    with unit_of_work(read_only=True):
        return _form_page(None, FORBIDDEN, kept=kept_of_request())


@bp.get("")
def show() -> Response:
    return go_to(_next()) if visitor().is_confirmed else _form_page(None)


@bp.post("")
@throttles.own_password
@steps
def save() -> Response:
    """It is them: on to the page they asked for, or to the button that sends what they typed before."""
    with unit_of_work(read_only=True):
        form = _form()
        if not form.validate():
            return _form_page(form, 422, kept=kept_before(request.form))
    try:
        confirm(_me(), visitor().session_id or "", form.current_password.data, form.typed_code)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _form_page(form, error.status, kept=kept_before(request.form))
    return _go_on(kept_before(request.form))


def _go_on(kept: KeptForm | None) -> Response:
    if kept is None:
        return go_to(_next())
    with unit_of_work(read_only=True):
        return page("staff/confirm/go_on.html", kept=kept)


def _form_page(form: ConfirmForm | None, status: int = 200, *, kept: KeptForm | None = None) -> Response:
    person = person_of(_me())
    linked = [row.provider for row in rows(linked_to(person.id))] if person.random_password_at else []
    return page(
        "staff/confirm/show.html",
        status,
        form=form or _form(formdata=None),
        person=person,
        kept=kept,
        next=back_to(OFFICE) if kept else _next(),
        ways=[there for key, there in providers().items() if key in linked],
    )


def _form(**given: None) -> ConfirmForm:
    return ConfirmWithCodeForm(**given) if is_on(_me()) else ConfirmForm(**given)


def _next() -> str:
    return local_path(request.form.get("next") or request.args.get("next"), OFFICE)


def _me() -> int:
    return visitor().user_id or 0
