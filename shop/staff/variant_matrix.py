"""The variants of a product as a grid: colours by sizes, one value at a time, saved together (CAT-04)."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.lookups.nouns import COLOUR
from shop.merchandising.lookups.records import create
from shop.merchandising.products.matrix.grid import Grid, grid_of
from shop.merchandising.products.matrix.layers import STOCK, TABS, Layer
from shop.merchandising.products.matrix.saving import save_counts, save_values
from shop.staff.forms.sorted_by import ColourForm
from shop.staff.forms.variant_matrix import MatrixForm, layer_of
from shop.staff.saves import flash_saved

bp = Blueprint("staff_variant_matrix", __name__, url_prefix="/staff/products/<int:product_id>/matrix")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.PRODUCT_UPDATE)
def show(product_id: int) -> Response:
    """The grid, in the layer the address names."""
    form = MatrixForm.of(layer_of(request.args.get("show", "")))
    return _page(_grid(product_id, form), form)


@bp.get("/stock")
@needs(Permission.STOCK_ADJUST)
def stock(product_id: int) -> Response:
    """What is in stock, as a grid."""
    form = MatrixForm.of(STOCK)
    return _page(_grid(product_id, form), form)


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
@steps
def save(product_id: int) -> Response:
    """Save a layer; a button that fills or adds shows the grid so, with nothing kept yet."""
    return _saved(product_id, MatrixForm.typed(layer_of(request.args.get("show", "")), request.form))


@bp.post("/stock")
@needs(Permission.STOCK_ADJUST)
@steps
def save_stock(product_id: int) -> Response:
    """Save what was counted."""
    return _saved(product_id, MatrixForm.typed(STOCK, request.form))


def _saved(product_id: int, form: MatrixForm) -> Response:
    if shape := request.form.get("shape"):
        return _reshaped(product_id, form, shape)
    try:
        with unit_of_work():
            _keep(product_id, form)
    except NotFound:
        raise
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _page(_grid(product_id, form), form, error.status)
    flash_saved()
    return go_to(_url(product_id, form.layer))


def _keep(product_id: int, form: MatrixForm) -> None:
    if form.layer is STOCK:
        save_counts(product_id, form.cells, visitor().actor)
    else:
        save_values(product_id, form.layer, form.cells, visitor().actor)


def _reshaped(product_id: int, form: MatrixForm, shape: str) -> Response:
    """The grid filled, or with one more row or column; only a new colour is kept at once."""
    colour_form = ColourForm() if shape == "new-colour" and _may_add_colours() else None
    if colour_form:
        _add_colour(form, colour_form)
    form.add(shape, request.form)
    with unit_of_work(read_only=True):
        grid = _grid(product_id, form)
        form.fill_in(shape, grid)
        return _page(grid, form, 422 if colour_form and colour_form.errors else 200, colour_form)


def _add_colour(form: MatrixForm, colour_form: ColourForm) -> None:
    if not colour_form.validate():
        return
    try:
        with unit_of_work():
            form.colours.append(create(COLOUR, colour_form.values()).id)
    except ShopError as error:
        colour_form.blame(error)


def _page(grid: Grid, form: MatrixForm, status: int = 200, colour_form: ColourForm | None = None) -> Response:
    product_id, here = grid.product.id, form.layer
    return page(
        "staff/variants/matrix.html",
        status,
        grid=grid,
        form=form,
        layer=here,
        url=_url(product_id, here),
        tabs=[{"title": one.title, "url": _url(product_id, one), "is_current": one is here} for one in _tabs()],
        colour_form=(colour_form or ColourForm(formdata=None)) if _may_add_colours() else None,
    )


def _tabs() -> list[Layer]:
    """Those this person may change."""
    needs = {True: Permission.STOCK_ADJUST, False: Permission.PRODUCT_UPDATE}
    return [layer for layer in TABS if visitor().can(needs[layer is STOCK])]


def _grid(product_id: int, form: MatrixForm) -> Grid:
    return grid_of(product_id, *form.shown)


def _url(product_id: int, layer: Layer) -> str:
    if layer is STOCK:
        return url_for("staff_variant_matrix.stock", product_id=product_id)
    return url_for("staff_variant_matrix.show", product_id=product_id, show=layer.name)


def _may_add_colours() -> bool:
    return visitor().can(Permission.CATALOG_MANAGE)
