"""Ways to send an order through the API."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.store.cash_settings import CASH_FEE, CASH_NOT_TO
from shop.store.setting_services import set_value
from tests.api.asking import App
from tests.api.buying import Buyer
from tests.checkout.buying import an_order_id

PATH = "/shipping-methods"
NEW = {"name": "Same day", "base_cost": "99.00", "min_days": 0, "max_days": 0,
       "cities": ["Bengaluru"], "postal_codes": ["5600*"]}  # fmt: skip


def names(app: App, **query: object) -> list[str]:
    return [method["name"] for method in app.get(f"{PATH}/", **query).json]


@pytest.mark.covers("ORD-09")
def test_methods_are_made_placed_changed_and_listed_by_where_they_go(client: FlaskClient, owner: App) -> None:
    made = owner.send("POST", f"{PATH}/", NEW | {"sort_order": 1, "free_from": "900.00"})
    assert (made.status_code, made.json["sort_order"], made.json["cost_per_kg"]) == (201, 1, "0.00")
    anybody = App(client)
    assert names(anybody) == ["Same day", "Standard delivery", "Express delivery"]
    assert "Same day" in names(anybody, city="bengaluru")
    assert "Same day" in names(anybody, postal_code="560034")
    assert "Same day" not in names(anybody, city="Chennai")
    assert anybody.get(f"{PATH}/", limit=1, skip=1).headers["X-Total-Count"] == "3"
    one = f"{PATH}/{made.json['id']}"
    changed = owner.send("PUT", one, {"name": "Today", "cities": [], "is_active": False})
    assert (changed.json["name"], changed.json["cities"]) == ("Today", [])
    assert changed.json["postal_codes"] == ["5600*"]
    assert "Today" not in names(anybody)
    assert anybody.get(one).status_code == 404
    assert names(owner, is_active="false") == ["Today"]
    assert owner.get(one).json["is_active"] is False
    assert owner.send("PUT", one, {}).status_code == 400


@pytest.mark.covers("ORD-09")
def test_what_orders_name_is_retired_and_the_rest_deleted(client: FlaskClient, owner: App) -> None:
    an_order_id()
    used, spare = db.session.scalars(select(DeliveryMethod.id).order_by(DeliveryMethod.position))
    assert owner.send("DELETE", f"{PATH}/{used}").json == {"deleted": False, "retired": True}
    assert owner.send("DELETE", f"{PATH}/{spare}").json == {"deleted": True, "retired": False}
    assert owner.send("DELETE", f"{PATH}/{spare}").status_code == 404


@pytest.mark.covers("ORD-09")
@pytest.mark.parametrize(
    ("change", "field"),
    [({"base_cost": "-1"}, "base_cost"), ({"min_days": 3}, "max_days"), ({"max_days": 61}, "max_days"),
     ({"states": ["Bavaria"]}, "states"), ({"name": ""}, "name"),
     ({"postal_codes": ["560"]}, "postal_codes"), ({"price": "1.00"}, "price")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(owner: App, change: dict[str, object], field: str) -> None:
    refused = owner.send("POST", f"{PATH}/", NEW | change)
    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])


@pytest.mark.covers("ORD-09")
def test_the_calculator_tells_charges_days_and_cash(client: FlaskClient, owner: App) -> None:
    same_day = owner.send("POST", f"{PATH}/", NEW).json["id"]
    set_value(CASH_FEE, 4900)
    db.session.commit()
    app = App(client)
    asked = {"total_weight": 1200, "order_amount": "900.00", "postal_code": "600001"}
    told = app.send("POST", f"{PATH}/calculate-cost", asked).json
    assert [(cost["name"], cost["is_available"], cost["cost"]) for cost in told["costs"]] == [
        ("Standard delivery", True, "79.00"), ("Express delivery", True, "239.00"),
        ("Same day", False, "99.00")]  # fmt: skip
    assert told["cash_on_delivery"] == {"is_available": True, "fee": "49.00", "reason": None}
    one = app.send("POST", f"{PATH}/calculate-cost", {"total_weight": 1, "shipping_method_id": same_day}).json
    assert [cost["name"] for cost in one["costs"]] == ["Same day"]
    missing = {"total_weight": 1, "shipping_method_id": "987654"}
    assert app.send("POST", f"{PATH}/calculate-cost", missing).status_code == 404
    assert app.send("POST", f"{PATH}/calculate-cost", {"total_weight": -1}).status_code == 422


@pytest.mark.covers("ORD-01", "ORD-09")
def test_an_app_orders_only_where_a_method_goes_and_cash_only_where_it_is_offered(client: FlaskClient) -> None:
    buyer = Buyer(client)
    set_value(CASH_FEE, 4900)
    set_value(CASH_NOT_TO, "560001")
    db.session.commit()
    refused = buyer.place()
    assert (refused.status_code, list(refused.json["errors"])) == (409, ["payment_type_id"])
    set_value(CASH_NOT_TO, "")
    for method in db.session.scalars(select(DeliveryMethod)):
        method.states = ["Kerala"]
    db.session.commit()
    nowhere = buyer.place()
    assert (nowhere.status_code, list(nowhere.json["errors"])) == (409, ["address_id"])
    for method in db.session.scalars(select(DeliveryMethod)):
        method.states = []
    db.session.commit()
    assert buyer.place().json["payment_fee"] == "49.00"
