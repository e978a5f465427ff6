"""The settings: every tunable of the shop on one page (STO-03)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.staff.forms.settings import SettingsForm
from shop.store.setting_services import reset_value, save_settings
from shop.store.settings import SETTINGS

bp = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.SETTING_UPDATE)
def show() -> Response:
    return page("staff/settings/show.html", form=SettingsForm())


@bp.post("")
@needs(Permission.SETTING_UPDATE)
@confirmed
def save() -> Response:
    """Save what was touched, all or nothing; one save is one request, so the audit log can undo it as one."""
    form = SettingsForm(request.form)
    wanted = form.wanted()
    if wanted is None:
        return page("staff/settings/show.html", 422, form=form)
    try:
        changed = save_settings(wanted)
    except ShopError as error:
        form.blame(error)
        return page("staff/settings/show.html", error.status, form=form)
    _tell(changed)
    return go_to(url_for(".show"))


@bp.post("/<key>/default")
@needs(Permission.SETTING_UPDATE)
@confirmed
def reset(key: str) -> Response:
    """Put one setting back to its default."""
    if key not in SETTINGS:
        raise NotFound
    _tell(reset_value(key))
    return go_to(url_for(".show"))


def _tell(changed: list[str]) -> None:
    if not changed:
        flash("Nothing was changed.", "info")
        return
    flash(f"Saved: {', '.join(SETTINGS[key].title for key in changed)}.", "good")
