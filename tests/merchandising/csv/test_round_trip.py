"""The whole demo shop goes out as files and comes in again: nothing of it changes."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from shop.catalog.models import ListingRow, Picture, Product, Variant
from shop.cli.demo.command import load_once
from shop.extensions import db
from shop.lib import stamp
from shop.lib.models import AuditEntry
from shop.stock.models import LedgerEntry, StockLevel
from tests.merchandising.csv.files import exported, imported
from tests.staff.desk import as_role, words
from tests.staff.test_stock_takes import uploaded
from tests.support.shops import ShopClient

KEPT = (Product, Variant, Picture, ListingRow, StockLevel)


def the_shop() -> dict[str, Any]:
    """Every row of what the files are about, what the logs hold, and the stamp that pages are kept by."""
    db.session.rollback()
    tables = {model.__tablename__: model.__table__ for model in KEPT}
    rows = {name: db.session.execute(select(of).order_by(*of.primary_key)).all() for name, of in tables.items()}
    logs = {log.__tablename__: db.session.scalar(select(func.count(log.id))) for log in (AuditEntry, LedgerEntry)}
    return rows | logs | {"stamp": db.session.scalar(text(stamp.READ))}


@pytest.mark.covers("CAT-08", "INV-02")
def test_a_whole_shop_that_goes_out_and_comes_in_again_is_as_it_was(app: Flask, client: ShopClient) -> None:
    load_once()
    owner = as_role(client)
    before = the_shop()
    products = exported()
    counts = (imported(products).result or {})["counts"]
    assert counts == {
        "unchanged_products": len(before["product"]), "unchanged_variants": len(before["variant"]), "problems": 0,
    }  # fmt: skip
    counted = words(owner.get(uploaded(owner, owner.get("/staff/stock/sheet").get_data())))
    assert "Everything that was counted is as the books say." in counted
    assert f"Sizes counted {len(before['stock_level'])}" in counted
    assert the_shop() == before
    assert exported() == products
