"""Who the shop is (STO-01): records of the store's details, one of them in force."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import NotFound, ShopError
from shop.lib.files.kinds import LOGO
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored
from shop.lib.http.answers import go_to, page
from shop.lib.queries import rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.store import StoreForm
from shop.store import profiles, trading
from shop.store.countries import countries
from shop.store.models import StoreProfile

bp = Blueprint("staff_store", __name__, url_prefix="/staff/store")
bp.before_request(require_permission)
ONE = "/<int:profile_id>"


@bp.get("")
@needs(Permission.STORE_UPDATE)
def index() -> Response:
    return page("staff/store/index.html", profiles=rows(profiles.profiles()), countries=countries())


@bp.get("/new")
@needs(Permission.STORE_UPDATE)
def new() -> Response:
    return _form_page(StoreForm(None), None)


@bp.post("/new")
@needs(Permission.STORE_UPDATE)
@steps
def create() -> Response:
    return _save(None)


@bp.get(ONE)
@needs(Permission.STORE_UPDATE)
def edit(profile_id: int) -> Response:
    record = profiles.profile(profile_id)
    return _form_page(StoreForm(record), record)


@bp.post(ONE)
@needs(Permission.STORE_UPDATE)
@steps
def save(profile_id: int) -> Response:
    return _save(profile_id)


@bp.post(f"{ONE}/activation")
@needs(Permission.STORE_UPDATE)
def activate(profile_id: int) -> Response:
    profiles.activate(profile_id)
    flash("Every page and mail shows this record now.", "good")
    return go_to(url_for(".index"))


@bp.post(f"{ONE}/removal")
@needs(Permission.STORE_UPDATE)
def remove(profile_id: int) -> Response:
    profiles.delete_profile(profile_id)
    flash("The record is deleted.", "good")
    return go_to(url_for(".index"))


@bp.post(f"{ONE}/logo")
@needs(Permission.STORE_UPDATE)
@steps
def save_logo(profile_id: int) -> Response:
    """Show a picture instead of the drawn mark; it is drawn anew before anybody sees it."""
    try:
        with stored(uploaded("logo"), LOGO) as picture, unit_of_work():
            profiles.show_logo(profile_id, picture)
    except NotFound:
        raise
    except ShopError as error:
        with unit_of_work(read_only=True):
            record = profiles.profile(profile_id)
            return _form_page(StoreForm(record, formdata=None), record, error.status, refusal=str(error))
    flash("The logo is saved.", "good")
    return go_to(url_for(".edit", profile_id=profile_id))


@bp.post(f"{ONE}/logo/removal")
@needs(Permission.STORE_UPDATE)
def remove_logo(profile_id: int) -> Response:
    profiles.show_logo(profile_id, None)
    flash("The logo is removed.", "good")
    return go_to(url_for(".edit", profile_id=profile_id))


def _save(profile_id: int | None) -> Response:
    """Write the form to a new record or a known one."""
    with unit_of_work(read_only=True):
        form = StoreForm(None if profile_id is None else profiles.profile(profile_id))
    try:
        with unit_of_work():
            _write(form, profile_id)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _form_page(form, None if profile_id is None else profiles.profile(profile_id), error.status)
    flash("Saved.", "good")
    return go_to(url_for(".index"))


def _write(form: StoreForm, profile_id: int | None) -> None:
    if profile_id is None:
        profiles.create_profile(form.details())
    else:
        profiles.change_profile(profile_id, form.details())


def _form_page(form: StoreForm, record: StoreProfile | None, status: int = 200, **context: object) -> Response:
    is_fixed = record is not None and record.active_at is not None and trading.has_begun()
    return page("staff/store/edit.html", status, form=form, record=record, country_is_fixed=is_fixed, **context)
