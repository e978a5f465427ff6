"""What the owner calls states and ways to pay (API-05): the words alone, never what happens."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.staff.forms.state_words import StateWordsForm
from shop.store.label_services import call

bp = Blueprint("staff_state_words", __name__, url_prefix="/staff/state-words")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.LOOKUP_UPDATE)
def show() -> Response:
    return page("staff/state_words/show.html", form=StateWordsForm())


@bp.post("")
@needs(Permission.LOOKUP_UPDATE)
def save() -> Response:
    """Keep the words that were touched, all or none of them."""
    form = StateWordsForm(request.form)
    touched = form.touched()
    if form.wrong:
        return page("staff/state_words/show.html", 422, form=form)
    for one in touched:
        try:
            call(one.lookup, one.built_in.code, one.typed)
        except ShopError as error:
            form.blame(one, error)
            return page("staff/state_words/show.html", error.status, form=form)
    if touched:
        flash("Saved. Pages and apps say so from now on.", "good")
    else:
        flash("Nothing was changed.", "info")
    return go_to(url_for(".show"))
