"""Looking for products while an order's lines are written: what was searched for, and whose button was pressed."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from shop.extensions import db
from shop.staff.forms.order_rows import Row, typed_rows
from shop.stock.queries.desk import StockFilter, stock

MOST_FOUND = 10


def finder() -> dict[str, Any]:
    """What `staff/phone_orders/_found.html` shows."""
    text = request.form.get("find", "").replace("\0", "").strip()[:100]
    found = db.session.execute(stock(StockFilter(text)).limit(MOST_FOUND)).all() if text else []
    return {"find": text, "found": found}


def added() -> list[Row]:
    """The product whose button was pressed."""
    sku = request.form.get("add", "").strip()[:60]
    return typed_rows(MultiDict([("sku", sku), ("quantity", "1")])) if sku else []
