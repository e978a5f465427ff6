"""Everything the shop knows of the signed-in person, to take along (ACC-10)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, render_template, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.services.credentials import check_password
from shop.accounts.visits import visitor
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.http.answers import STOP_ASKING, go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import exporting
from shop.membership.errors import AskedAlready
from shop.storefront.forms.accounts import ConfirmForm

bp = Blueprint("data_export", __name__, url_prefix="/account/data")
bp.before_request(require_sign_in)


@bp.get("")
def show() -> Response:
    return _export_page(ConfirmForm(formdata=None))


@bp.post("")
def ask() -> Response:
    """Ask for the data; it is packed in the background."""
    try:
        exporting.ask_for_export(_me())
    except AskedAlready as error:
        flash(str(error), "error")
    return go_to(url_for(".show"))


@bp.get("/progress")
def progress() -> Response:
    """How far it is, for the page that asks again and again."""
    export = exporting.export_of(_me())
    is_over = export is None or export.ready_at is not None
    fragment = render_template("storefront/data_export/_state.html", export=export, form=ConfirmForm(formdata=None))
    return make_response(fragment, STOP_ASKING if is_over else 200)


@bp.post("/file")
@throttles.own_password
@steps
def download() -> Response:
    """The file, for whoever also knows the password."""
    form = ConfirmForm()
    if not form.validate():
        return _refused(form, 422)
    try:
        check_password(_me(), form.current_password.data)
        with unit_of_work(read_only=True):
            content = exporting.content_of(_me())
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    return zip_file(content)


def zip_file(content: bytes) -> Response:
    """The answer that a browser keeps as a file."""
    answer = Response(content, mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"your-data-{now():%Y-%m-%d}.zip")
    return answer


def _refused(form: ConfirmForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _export_page(form, status)


def _export_page(form: ConfirmForm, status: int = 200) -> Response:
    return page("storefront/data_export/show.html", status, form=form, export=exporting.export_of(_me()))


def _me() -> int:
    return visitor().user_id or 0
