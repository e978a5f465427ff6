"""The second step of a login: a code of the authenticator app, or a recovery code."""

from __future__ import annotations

from flask import Blueprint, Response, flash, session, url_for

from shop.accounts import throttles
from shop.accounts.errors import SecondStepOver, SignInFailed
from shop.accounts.services import second_step
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.arrival import SECOND_STEP, asked_page, go_in
from shop.storefront.forms.two_factor import CodeForm

bp = Blueprint("login_code", __name__, url_prefix="/login/code")


@bp.get("")
def show() -> Response:
    return _form_page(CodeForm()) if second_step.is_open(_token()) else _start_again()


@bp.post("")
@throttles.login_by_address
@steps
def finish() -> Response:
    form = CodeForm()
    if not form.validate():
        return _refused(form, 422)
    try:
        return go_to(_finish(form))
    except (SecondStepOver, SignInFailed):
        return _start_again()
    except ShopError as error:
        second_step.note_failed(_token())
        form.blame(error)
        return _refused(form, error.status)


def _finish(form: CodeForm) -> str:
    """The try is counted in a unit of its own: a wrong code must not undo that."""
    second_step.count_try(_token())
    with unit_of_work():
        passed = second_step.finish(_token(), form.code.data)
        return go_in(passed.credential, remember=passed.remember)


def _token() -> str:
    return str(session.get(SECOND_STEP, ""))


def _start_again() -> Response:
    session.pop(SECOND_STEP, None)
    flash(str(SecondStepOver()), "error")
    return go_to(url_for("login.show", next=asked_page() or None))


def _refused(form: CodeForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, status)


def _form_page(form: CodeForm, status: int = 200) -> Response:
    return page("storefront/login/code.html", status, form=form, next=asked_page())
