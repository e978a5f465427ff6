"""Prices and stock of one variant, edited in the cell; without htmx on a small page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, is_htmx, page
from shop.lib.money import Money
from shop.merchandising import owner_queries, services
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import seen_minor, seen_whole
from shop.staff.forms.products import PriceForm, StockForm
from shop.staff.forms.sales import SalePriceForm
from shop.staff.saves import flash_saved

bp = Blueprint("staff_variants", __name__, url_prefix="/staff/variants")
bp.before_request(require_permission)


@dataclass(frozen=True)
class Cell:
    """One thing that can be edited in place."""

    name: str
    form: type[StaffForm]
    save: Callable[[int, Any], Variant]


def _save_price(variant_id: int, value: Any) -> Variant:
    return services.set_price(variant_id, value, seen_minor(request.form))


def _save_sale_price(variant_id: int, value: Any) -> Variant:
    return services.set_sale_price(variant_id, value, seen_minor(request.form), had="seen" in request.form)


def _save_stock(variant_id: int, value: Any) -> Variant:
    return services.set_stock(variant_id, value, visitor().actor, seen_whole(request.form))


PRICE = Cell("price", PriceForm, _save_price)
SALE_PRICE = Cell("sale_price", SalePriceForm, _save_sale_price)
STOCK = Cell("stock", StockForm, _save_stock)


@bp.get("/<int:variant_id>/price")
@needs(Permission.PRODUCT_UPDATE)
def price(variant_id: int) -> Response:
    """The small page of the price."""
    return _page(PRICE, variant_id)


@bp.post("/<int:variant_id>/price")
@needs(Permission.PRODUCT_UPDATE)
def save_price(variant_id: int) -> Response:
    """Change the price."""
    return _save(PRICE, variant_id)


@bp.get("/<int:variant_id>/sale-price")
@needs(Permission.PRODUCT_UPDATE)
def sale_price(variant_id: int) -> Response:
    """The small page of the sale price."""
    return _page(SALE_PRICE, variant_id)


@bp.post("/<int:variant_id>/sale-price")
@needs(Permission.PRODUCT_UPDATE)
def save_sale_price(variant_id: int) -> Response:
    """Change or end the sale price."""
    return _save(SALE_PRICE, variant_id)


@bp.get("/<int:variant_id>/stock")
@needs(Permission.STOCK_ADJUST)
def stock(variant_id: int) -> Response:
    """The small page of the stock."""
    return _page(STOCK, variant_id)


@bp.post("/<int:variant_id>/stock")
@needs(Permission.STOCK_ADJUST)
def save_stock(variant_id: int) -> Response:
    """Write what was counted."""
    return _save(STOCK, variant_id)


def _save(cell: Cell, variant_id: int) -> Response:
    form = cell.form()
    try:
        if not form.validate():
            return _refused(cell, variant_id, form)
        variant = cell.save(variant_id, form.value.data)
    except NotFound:
        raise
    except ShopError as error:
        form.value.errors = [str(error)]
        return _refused(cell, variant_id, form)
    if is_htmx():
        return _cell(cell, variant_id, is_saved=True)
    flash_saved()
    return go_to(url_for("staff_products.show", product_id=variant.product_id, _anchor="variants"))


def _refused(cell: Cell, variant_id: int, form: StaffForm) -> Response:
    if is_htmx():
        return _cell(cell, variant_id, 422, error=form.value.errors[0], typed=form.value._value())
    return _page(cell, variant_id, form, 422)


def _cell(cell: Cell, variant_id: int, status: int = 200, **more: Any) -> Response:
    row = _row(variant_id)
    context = {"typed": None, "error": None, "is_saved": False} | more
    fragment = "staff/variants/cell.fragments.html"
    return make_response(render_template(fragment, cell=cell, variant=row[0], level=row[1], **context), status)


def _page(cell: Cell, variant_id: int, form: StaffForm | None = None, status: int = 200) -> Response:
    variant, level = _row(variant_id)
    now = {"price": variant.price, "sale_price": variant.sale_price, "stock": level.on_hand if level else 0}[cell.name]
    form = form or cell.form(formdata=None, data={"value": now})
    seen = now.minor if isinstance(now, Money) else "" if now is None else now
    return page("staff/variants/edit.html", status, cell=cell, variant=variant, seen=seen, form=form)


def _row(variant_id: int) -> Any:
    found = db.session.execute(owner_queries.variant_with_stock(variant_id)).one_or_none()
    if found is None:
        raise NotFound
    return found
