"""The form of an order's lines: rows of SKU and quantity, and why they are changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from wtforms import TextAreaField
from wtforms.validators import Length

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.http.incoming import stripped
from shop.orders.models import OrderLine
from shop.staff.forms import StaffForm
from shop.staff.forms.order_rows import Row
from shop.stock.queries.desk import stock_of_products


class OrderLinesForm(StaffForm):
    """What goes into the history beside the lines."""

    note = TextAreaField("Why", filters=[stripped], render_kw={"rows": 2},
                         validators=[Length(max=200, message="At most 200 characters.")])  # fmt: skip


def rows_of(units: Mapping[int, int]) -> list[Row]:
    """A row for so many units of each variant's id."""
    found = db.session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(units)).order_by(Variant.id))
    return [Row(variant.sku, str(units[variant.id]), variant.id) for variant in found]


def sizes_to_swap(lines: Sequence[OrderLine]) -> dict[str, list[tuple[str, str]]]:
    """By the SKU of each line: the SKUs of all sizes of that product in that colour, each with words for it.

    A size that is sold no more stays in its own list.
    """
    on_sale: Any = db.session.execute(stock_of_products(line.product_id for line in lines)).all()
    choices: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        alike = [one for one in on_sale if (one.product_id, one.colour) == (line.product_id, line.colour)]
        sizes = [(one.sku, f"{one.size}, {one.for_sale} for sale") for one in alike]
        own = [] if any(sku == line.sku for sku, _ in sizes) else [(line.sku, line.size)]
        choices |= {sku: [*own, *sizes] for sku, _ in [*own, *sizes]}
    return choices
