"""The page that makes a product (CAT-03)."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising import owner_queries
from shop.merchandising.categories.services import category_at_path
from shop.merchandising.products.creating import create_product
from shop.staff.forms.new_product import NewProductForm

bp = Blueprint("staff_new_product", __name__, url_prefix="/staff/products/new")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.PRODUCT_UPDATE)
def new() -> Response:
    return _page(_form())


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
@steps
def create() -> Response:
    """Make it, hidden; its pictures come next, on its own page."""
    with unit_of_work(read_only=True):
        form = _form()
        if not form.validate():
            return _page(form, 422)
    try:
        product_id = _created(form)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _page(form, error.status)
    flash("It is there, and hidden. Add a picture, then put it on the shelf.", "good")
    return go_to(url_for("staff_products.show", product_id=product_id))


def _created(form: NewProductForm) -> int:
    with unit_of_work():
        said, names = form.fields(), form.category_names()
        if names:
            said = replace(said, category_id=category_at_path(names).id)
        return create_product(said, form.variants(), visitor().actor).id


def _form() -> NewProductForm:
    """The form, with what this person may say."""
    form = NewProductForm()
    if not visitor().can(Permission.CATALOG_MANAGE):
        del form.new_category
    if not visitor().can(Permission.STOCK_ADJUST):
        del form.units
    form.offer()
    return form


def _page(form: NewProductForm, status: int = 200) -> Response:
    offered = {"colour_names": owner_queries.colour_names(), "size_names": owner_queries.sizes_by_system()}
    return page("staff/products/new.html", status, form=form, **offered)
