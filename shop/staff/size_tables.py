"""The editor of a product type's size table (CAT-01)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import require_permission
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.lookups import queries, records
from shop.merchandising.lookups.nouns import PRODUCT_TYPE
from shop.staff.forms.size_tables import SizeTableForm
from shop.staff.saves import flash_saved
from shop.staff.sorted_by import manager

bp = Blueprint("staff_size_tables", __name__, url_prefix="/staff/product-types")
bp.before_request(require_permission)
ONE = "/<int:row_id>/size-table"


@bp.get(ONE)
@manager
def show(row_id: int) -> Response:
    row = _row(row_id)
    return _table_page(row, SizeTableForm.of(row.size_table))


@bp.post(ONE)
@manager
@steps
def save(row_id: int) -> Response:
    """Keep the table; a button that changes its shape shows it in that shape, with nothing kept yet."""
    form = SizeTableForm.typed(request.form)
    if form.reshape(request.form.get("shape", "")):
        with unit_of_work(read_only=True):
            return _table_page(_row(row_id), form)
    try:
        with unit_of_work():
            records.change(PRODUCT_TYPE, row_id, {"size_table": form.table()})
    except NotFound:
        raise
    except ShopError as error:
        form.errors.append(str(error))
        with unit_of_work(read_only=True):
            return _table_page(_row(row_id), form, error.status)
    flash_saved("The size table is saved.")
    return go_to(url_for("staff_product_types.show", row_id=row_id))


def _row(row_id: int) -> Any:
    return one_or_404(queries.row(PRODUCT_TYPE, row_id))


def _table_page(row: Any, form: SizeTableForm, status: int = 200) -> Response:
    return page("staff/sorted_by/size_table.html", status, row=row, form=form)
