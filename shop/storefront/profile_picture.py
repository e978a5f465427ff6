"""The picture of the signed-in person: sent with the square to show, or taken away (ACC-08)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.services import profiles
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.files.drawing import CENTRE
from shop.lib.files.kinds import PORTRAIT
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored
from shop.lib.http.answers import go_to
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.forms.accounts import PictureForm
from shop.storefront.profile import picture_page

bp = Blueprint("profile_picture", __name__, url_prefix="/account/profile/picture")
bp.before_request(require_sign_in)


@bp.post("")
@throttles.own_pictures
@steps
def save() -> Response:
    """Show the picture; a square that is none counts as the one in the middle."""
    form = PictureForm()
    try:
        _show(form)
    except ShopError as error:
        with unit_of_work(read_only=True):
            return picture_page(error)
    flash("Your picture is saved.", "good")
    return go_to(url_for("profile.show"))


@bp.post("/removal")
def remove() -> Response:
    profiles.show_picture(_me(), None)
    flash("Your picture is removed.", "good")
    return go_to(url_for("profile.show"))


def _show(form: PictureForm) -> None:
    """The file is written first, outside of the unit; when the row fails, it is gone again."""
    frame = form.frame() if form.validate() else CENTRE
    with stored(uploaded("picture"), PORTRAIT, frame) as picture, unit_of_work():
        profiles.show_picture(_me(), picture)


def _me() -> int:
    return visitor().user_id or 0
