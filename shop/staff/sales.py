"""A product's sales that have a time: planned, begun by the clock, cancelled."""

from __future__ import annotations

from collections import defaultdict

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404
from shop.merchandising import owner_queries
from shop.merchandising.sales import queries, services
from shop.staff.forms.products import number_of
from shop.staff.forms.sales import SaleForm
from shop.staff.saves import flash_saved

bp = Blueprint("staff_sales", __name__, url_prefix="/staff/products/<int:product_id>/sales")
bp.before_request(require_permission)
STANDINGS = {
    queries.RUNNING: ("Running", "good"),
    queries.PLANNED: ("Planned", "warn"),
    queries.REFUSED: ("Not begun", "bad"),
    queries.OVER: ("Over", "neutral"),
}


@bp.get("")
@needs(Permission.PRODUCT_READ)
def index(product_id: int) -> Response:
    """What is planned, runs and is over."""
    return _page(product_id, SaleForm(formdata=None))


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
def create(product_id: int) -> Response:
    """Plan a sale; one without a later beginning begins at once."""
    form = SaleForm()
    if not form.validate():
        return _page(product_id, form, 422)
    try:
        planned = services.schedule_sale(product_id, form.sale())
    except ShopError as error:
        form.blame(error)
        return _page(product_id, form, error.status)
    flash_saved("The sale runs." if planned[0].is_running else "The sale is planned.")
    return go_to(url_for(".index", product_id=product_id))


@bp.post("/removal")
@needs(Permission.PRODUCT_UPDATE)
def cancel(product_id: int) -> Response:
    """Take a planned sale away, or end a running one."""
    services.cancel_sales(product_id, [number_of(text) for text in request.form.getlist("sale")])
    flash_saved("Cancelled.")
    return go_to(url_for(".index", product_id=product_id))


def _page(product_id: int, form: SaleForm, status: int = 200) -> Response:
    product = one_or_404(owner_queries.product_for_edit(product_id))
    sold = [variant for variant, _ in db.session.execute(owner_queries.variants_with_stock(product_id))]
    sizes: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in sold:
        sizes[one.colour.name].append((one.id, one.size.label))
    form.offer([size for of_colour in sizes.values() for size in of_colour])
    return page(
        "staff/sales/index.html",
        status,
        product=product,
        form=form,
        sizes_by_colour=sizes,
        sales=queries.sales_of(product_id),
        standings=STANDINGS,
        may_update=visitor().can(Permission.PRODUCT_UPDATE),
    )
