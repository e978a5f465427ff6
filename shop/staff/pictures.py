"""Pictures of a product, worked on in a card of its page; without htmx on the page itself."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.datastructures import FileStorage

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import NotFound, ShopError
from shop.lib.files.drawing import drawn
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.files.serving import read
from shop.lib.http.answers import go_to, is_htmx, page
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising import owner_queries
from shop.merchandising.pictures import queries, services
from shop.merchandising.pictures.arriving import NewPicture, arriving
from shop.staff.forms.pictures import PicturesForm
from shop.staff.picture_card import NOTHING, After, Refusal, card
from shop.staff.products import product_page
from shop.staff.saves import flash_saved

bp = Blueprint("staff_pictures", __name__, url_prefix="/staff")
bp.before_request(require_permission)
OF_PRODUCT = "/products/<int:product_id>/pictures"
ONE = "/pictures/<int:picture_id>"
AT_ONCE = 60
UNNAMED = "The picture"


@bp.post(OF_PRODUCT)
@needs(Permission.PRODUCT_UPDATE)
@steps
def upload(product_id: int) -> Response:
    """Add pictures; those that are refused are told by name, the good ones stay."""
    with unit_of_work(read_only=True):
        one_or_404(owner_queries.product_for_edit(product_id))
    sent = request.files.getlist("pictures")[:AT_ONCE] or [FileStorage()]
    tried = [_add(product_id, one) for one in sent]
    refusals = [refusal for refusal in tried if refusal]
    if added := len(tried) - len(refusals):
        flash_saved("The picture is added." if added == 1 else f"{added} pictures are added.")
    with unit_of_work(read_only=True):
        return _answer(product_id, After(refusals), 422 if refusals else 200)


@bp.post(f"{OF_PRODUCT}/order")
@needs(Permission.PRODUCT_UPDATE)
def save(product_id: int) -> Response:
    """Save order and descriptions, and delete the picture whose button was pressed."""
    form = PicturesForm(request.form)
    try:
        services.edit(product_id, form.order, form.words, without=form.removed)
    except NotFound:
        raise
    except ShopError as error:
        return _answer(product_id, After(typed=form, error=error), error.status)
    flash_saved("The picture is deleted." if form.removed else "Saved.")
    return _answer(product_id, at=form.moved)


@bp.post(f"{ONE}/file")
@needs(Permission.PRODUCT_UPDATE)
@steps
def replace(picture_id: int) -> Response:
    """Show another file in the same place."""
    with unit_of_work(read_only=True):
        product_id = one_or_404(queries.picture(picture_id)).product_id
    refusals = []
    try:
        with _arriving(request.files.get("file") or FileStorage()) as new, unit_of_work():
            services.replace(picture_id, new)
        flash("The picture is replaced.", "good")
    except NotFound:
        raise
    except ShopError as error:
        refusals = [Refusal(UNNAMED, str(error))]
    with unit_of_work(read_only=True):
        return _answer(product_id, After(refusals), 422 if refusals else 200, at=picture_id)


@bp.post(f"{ONE}/restoration")
@needs(Permission.PRODUCT_UPDATE)
def put_back(picture_id: int) -> Response:
    """Show a deleted picture again."""
    picture = services.put_back(picture_id)
    flash("The picture is back.", "good")
    return _answer(picture.product_id)


def _arriving(sent: FileStorage) -> AbstractContextManager[NewPicture]:
    """A picture that was sent, drawn and kept while its row is written. Raises BadPicture and others."""
    return arriving(drawn(read(sent), PRODUCT_PICTURE))


def _add(product_id: int, sent: FileStorage) -> Refusal | None:
    try:
        with _arriving(sent) as new, unit_of_work():
            services.add(product_id, new)
    except NotFound:
        raise
    except ShopError as error:
        return Refusal((sent.filename or UNNAMED)[:100], str(error))
    return None


def _answer(product_id: int, after: After = NOTHING, status: int = 200, *, at: int | None = None) -> Response:
    """The card for htmx; else the page of the product, after a form that was taken by a redirect to a picture `at`."""
    if not is_htmx() and status < 400:
        place = f"picture-{at}" if at else "pictures"
        return go_to(url_for("staff_products.show", product_id=product_id, _anchor=place))
    shown = card(product_id, queries.colours_of(product_id), after)
    if not is_htmx():
        return product_page(product_id, status, **shown)
    product = one_or_404(owner_queries.product_for_edit(product_id))
    return page("staff/pictures/card.fragments.html", status, product=product, **shown)
