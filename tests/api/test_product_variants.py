"""Colours and sizes of a product made, changed and taken away through the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.accounts.permissions import Permission
from shop.accounts.services import roles
from shop.catalog.models import Variant
from shop.extensions import db
from shop.operations.audit import audit
from shop.stock.models import StockLevel
from tests.accounts.test_roles import a_role
from tests.api.asking import App
from tests.factories import a_product, a_user

pytestmark = [pytest.mark.covers("CAT-04"), pytest.mark.usefixtures("media")]
PACKED = {"weight_grams": 310, "length_mm": 300, "width_mm": 200, "height_mm": 20}


def a_style() -> tuple[str, int]:
    """The path of a product's variants, and the id of its only one; there is ecru and S elsewhere."""
    a_product(colours=("Ecru",), sizes=("S",))
    product = a_product("Harbour tee", price=149900)
    path, only = f"/products/{product.id}/variants", product.variants[0].id
    db.session.commit()
    return path, only


def test_a_colour_and_size_is_added_with_its_measures_and_stock(owner: App) -> None:
    path, _ = a_style()
    body = {"color": "Ecru", "size": "s", "price": "1399.00", "sku": "HT-ES", "quantity": 4} | PACKED
    made = owner.send("POST", path, body)
    assert made.status_code == 201
    assert made.json == {
        "id": made.json["id"], "sku": "HT-ES", "size": "S", "price": "1399.00", "sale_price": None, "quantity": 4,
        "active": True, "color": {"slug": "ecru", "name": "Ecru", "hex": "#E8E0CC"}, **PACKED}  # fmt: skip
    assert db.session.get_one(StockLevel, int(made.json["id"])).on_hand == 4
    shown = owner.get(path.removesuffix("/variants")).json
    assert [variant["sku"] for variant in shown["variants"]][1:] == ["HT-ES"]
    assert audit() == []


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"color": "Indigo", "size": "M"}, 422, "variants"), ({"color": "Nowhere"}, 422, "variants"),
        ({"price": "1499.01"}, 422, "price"), ({"sale_price": "1399"}, 422, "sale_price"),
        ({"price": "0"}, 422, "price"), ({"sku": "taken"}, 409, "sku"), ({"length_mm": 100_000}, 422, "length_mm"),
        ({"active": True}, 422, "active"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_its_field(owner: App, wrong: dict[str, Any], status: int, field: str) -> None:
    path, only = a_style()
    db.session.get_one(Variant, only).sku = "taken"
    db.session.commit()
    refused = owner.send("POST", path, {"color": "Ecru", "size": "S", "price": "1399"} | wrong)
    assert (refused.status_code, list(refused.json["errors"])) == (status, [field])
    assert len(owner.get(path.removesuffix("/variants")).json["variants"]) == 1


def test_a_change_says_only_what_it_changes(owner: App) -> None:
    path, only = a_style()
    changed = owner.send("PUT", f"{path}/{only}", {"sale_price": "999", "height_mm": 25}).json
    assert (changed["sale_price"], changed["price"], changed["height_mm"]) == ("999.00", "1499.00", 25)
    assert owner.send("PUT", f"{path}/{only}", {"sku": changed["sku"], "sale_price": None}).json["sale_price"] is None
    assert owner.send("PUT", f"{path}/{only}", {}).status_code == 400
    assert owner.send("PUT", f"{path}/{only}", {"price": "1500"}).status_code == 422
    other = a_product().id
    db.session.commit()
    assert owner.send("PUT", f"/products/{other}/variants/{only}", {"price": "1000"}).status_code == 404


def test_what_is_taken_away_is_sold_no_more_and_may_come_back(owner: App) -> None:
    path, only = a_style()
    assert owner.send("DELETE", f"{path}/{only}").status_code == 422
    other = owner.send("POST", path, {"color": "Ecru", "size": "S", "price": "1399"}).json["id"]
    assert owner.send("DELETE", f"{path}/{only}").json == {"deleted": True}
    assert owner.send("DELETE", f"{path}/{only}").status_code == 404
    shown = owner.get(path.removesuffix("/variants")).json
    assert [variant["id"] for variant in shown["variants"]] == [other]
    assert owner.send("PUT", f"{path}/{only}", {"active": True}).json["active"] is True
    assert len(owner.get(path.removesuffix("/variants")).json["variants"]) == 2
    assert audit() == []


def test_a_quantity_needs_the_permission_to_correct_stock(client: FlaskClient) -> None:
    path, _ = a_style()
    clerk = a_user()
    roles.give_role(clerk, a_role("Shelf", frozenset({Permission.PRODUCT_UPDATE})).name)
    app = App(client, clerk)
    body = {"color": "Ecru", "size": "S", "price": "1399"}
    assert app.send("POST", path, body | {"quantity": 1}).status_code == 403
    assert app.send("POST", path, body).status_code == 201
