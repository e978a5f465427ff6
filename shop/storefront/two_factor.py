"""Two-factor sign-in of the signed-in person: set up, new recovery codes, off (ACC-13)."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import segno
from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.errors import TwoFactorOn
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.two_factor import name_in_app, recovery_codes_left, two_factor_of, waiting_key
from shop.accounts.services import credentials, two_factor
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.unit_of_work import steps, unit_of_work
from shop.store.queries import store
from shop.storefront.forms import ShopForm
from shop.storefront.forms.two_factor import ChangeForm, CodeForm, StartForm

bp = Blueprint("two_factor", __name__, url_prefix="/account/two-factor")
bp.before_request(require_sign_in)
bp.after_request(keep_private)


@bp.get("")
def show() -> Response:
    return _overview(ChangeForm() if two_factor_of(_me()) else StartForm())


@bp.post("/key")
@throttles.own_password
@steps
def start() -> Response:
    """Make a key, once the password was given; the next page shows it."""
    form = StartForm()
    try:
        _check(form)
        with unit_of_work():
            two_factor.start(_me())
    except TwoFactorOn:
        raise
    except ShopError as error:
        return _refused(form, error, _overview)
    return go_to(url_for(".show_key"))


@bp.get("/key")
def show_key() -> Response:
    return _key_page(CodeForm()) if waiting_key(_me()) else go_to(url_for(".show"))


@bp.post("")
@throttles.own_password
@steps
def switch_on() -> Response:
    """The key counts once a code of it was shown; the recovery codes stand on this answer and nowhere else."""
    form = CodeForm()
    try:
        _validate(form)
        _count_try()
        with unit_of_work():
            codes = two_factor.confirm(_me(), form.code.data)
    except ShopError as error:
        return _refused(form, error, _key_page)
    return _codes_page(codes, "Two-factor sign-in is on")


@bp.post("/recovery-codes")
@throttles.own_password
@steps
def renew_codes() -> Response:
    """Ten new recovery codes, shown on this answer and nowhere else; the older ones stop working."""
    form = ChangeForm()
    try:
        _prove(form)
        with unit_of_work():
            two_factor.use_code(_me(), form.code.data)
            codes = two_factor.new_recovery_codes(_me())
    except ShopError as error:
        return _refused(form, error, _overview)
    return _codes_page(codes, "Your new recovery codes")


@bp.post("/removal")
@throttles.own_password
@steps
def switch_off() -> Response:
    form = ChangeForm()
    try:
        _prove(form)
        with unit_of_work():
            two_factor.use_code(_me(), form.code.data)
            two_factor.switch_off(_me())
    except ShopError as error:
        return _refused(form, error, _overview)
    flash("Two-factor sign-in is off.", "good")
    return go_to(url_for(".show"))


def _prove(form: ChangeForm) -> None:
    """The password first, so that nobody without it uses up the tries."""
    _check(form)
    _count_try()


def _check(form: StartForm | ChangeForm) -> None:
    _validate(form)
    credentials.check_password(_me(), form.current_password.data)


def _validate(form: ShopForm) -> None:
    if not form.validate():
        raise ShopError("")


def _count_try() -> None:
    with unit_of_work():
        two_factor.count_try(_me())


def _refused(form: ShopForm, error: ShopError, again: Callable[..., Response]) -> Response:
    if not form.errors:
        form.blame(error)
    with unit_of_work(read_only=True):
        return again(form, error.status)


def _overview(form: ShopForm, status: int = 200) -> Response:
    found = two_factor_of(_me())
    if (found is not None) != isinstance(form, ChangeForm):
        return _changed_since(is_on=found is not None)
    return page("storefront/two_factor/show.html", status, form=form, on=found, left=recovery_codes_left(_me()))


def _key_page(form: ShopForm, status: int = 200) -> Response:
    key = waiting_key(_me())
    if key is None:
        return _changed_since(is_on=two_factor_of(_me()) is not None)
    link = pyotp.TOTP(key.secret).provisioning_uri(name=name_in_app(_me()), issuer_name=store().name)
    picture = segno.make(link, error="m").svg_data_uri(scale=4, border=4, light="#fff", dark="#000")
    spaced = " ".join(key.secret[at : at + 4] for at in range(0, len(key.secret), 4))
    return page("storefront/two_factor/key.html", status, form=form, picture=picture, key=spaced, link=link)


def _changed_since(*, is_on: bool) -> Response:
    """The answer to a form of before: sent twice, reloaded, or left open while another tab switched it on or off."""
    if is_on:
        flash("Two-factor sign-in is on. If you did not keep the recovery codes, make new ones here.", "info")
    else:
        flash("Two-factor sign-in is off. Begin with your password.", "info")
    return go_to(url_for(".show"))


def _codes_page(codes: list[str], title: str) -> Response:
    with unit_of_work(read_only=True):
        return page("storefront/two_factor/codes.html", codes=codes, title=title)


def _me() -> int:
    return visitor().user_id or 0
