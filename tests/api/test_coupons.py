"""Coupons through the API: kept with their limits, listed by how they stand, deleted only while nobody used them."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.aftersales.services import cancel_order
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.promotions.models import Promotion
from shop.promotions.redemptions import customer_key
from shop.promotions.states import CouponState
from tests.api.asking import App
from tests.checkout.buying import a_ready_buyer, order_by
from tests.factories import a_customer, a_product, a_user, sign_in
from tests.promotions.making import a_coupon, used_by

SAVE10 = {"code": "save 10", "type": "percent", "value": "12.5"}


@pytest.mark.covers("PRO-01")
def test_a_coupon_is_kept_with_everything_it_is_limited_to(owner: App) -> None:
    product, until = a_product(), now() + timedelta(days=3)
    answer = owner.send("POST", "/coupons/", SAVE10 | {
        "minimum_order": "999.00", "maximum_discount": "250.00", "usage_limit": 100, "usage_limit_per_customer": 1,
        "first_order_only": True, "valid_until": until.isoformat(), "product_ids": [product.id],
        "brand_ids": [str(product.brand_id)], "category_ids": [str(product.category_id)],
    })  # fmt: skip
    assert answer.status_code == 201
    kept = db.session.query(Promotion).one()
    assert (kept.code, kept.kind, kept.value, kept.minimum, kept.most) == (
        "SAVE10", "percent", 1250, Money(99900), Money(25000)
    )  # fmt: skip
    assert {(scope.kind, scope.ref_id) for scope in kept.scopes} == {
        ("product", product.id), ("brand", product.brand_id), ("category", product.category_id)
    }  # fmt: skip
    told = {"code", "value", "minimum_order", "maximum_discount", "usage_limit", "product_ids", "coupons_status_label"}
    assert {name: answer.json[name] for name in told} == {
        "code": "SAVE10", "value": "12.50", "minimum_order": "999.00", "maximum_discount": "250.00",
        "usage_limit": 100, "product_ids": [str(product.id)], "coupons_status_label": "Active",
    }  # fmt: skip
    assert owner.get(f"/coupons/{kept.id}").json == answer.json


@pytest.mark.covers("PRO-01")
def test_two_coupons_never_have_one_code_whatever_its_case(owner: App) -> None:
    first, other = a_coupon("SAVE10"), a_coupon("OTHER")
    added, renamed = (
        owner.send("POST", "/coupons/", SAVE10),
        owner.send("PUT", f"/coupons/{other.id}", {"code": "Save10"}),
    )
    assert (added.status_code, renamed.status_code) == (409, 409)
    assert list(added.json["errors"]) == ["code"]
    assert owner.send("PUT", f"/coupons/{first.id}", {"code": "save10"}).json["code"] == "SAVE10"
    assert sorted(code for (code,) in db.session.query(Promotion.code)) == ["OTHER", "SAVE10"]


@pytest.mark.covers("PRO-01", "API-03")
@pytest.mark.parametrize(("change", "field"), [
    ({"value": "101"}, "value"), ({"value": "0"}, "value"), ({"code": "a b"}, "code"), ({"code": "तीस"}, "code"),
    ({"type": "half"}, "type"), ({"type": "buy_get", "get": 1}, "buy"), ({"minimum_order": "-1"}, "minimum_order"),
    ({"minimum_order": "0"}, "minimum_order"), ({"usage_limit": 0}, "usage_limit"),
    ({"usage_limit_per_customer": 1.5}, "usage_limit_per_customer"), ({"priority": 101}, "priority"),
    ({"category_ids": ["987654"]}, "category_ids"), ({"customer_group_id": "987654"}, "customer_group_id"),
    ({"valid_from": "2026-11-03T00:00:00Z", "valid_until": "2026-11-02T00:00:00Z"}, "valid_until"),
    ({"coupons_status_id": "used_up"}, "coupons_status_id"), ({"coupons_status_id": "nonsense"}, "coupons_status_id"),
])  # fmt: skip
def test_terms_that_make_no_sense_are_refused_by_name(owner: App, change: Any, field: str) -> None:
    answer = owner.send("POST", "/coupons/", SAVE10 | change)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert db.session.query(Promotion).count() == 0


@pytest.mark.covers("PRO-03")
def test_coupons_are_listed_by_how_they_stand(owner: App) -> None:
    day = timedelta(days=1)
    a_coupon("PLAIN")
    a_coupon("SOON", ends_at=now() + 2 * day)
    a_coupon("LATER", starts_at=now() + day)
    a_coupon("OVER", ends_at=now() - day)
    a_coupon("REST", state=CouponState.PAUSED)
    a_coupon("AWAY", state=CouponState.ARCHIVED)
    used_by(a_coupon("FULL", uses_limit=1), order_id=1)

    def codes(**query: Any) -> list[str]:
        return [row["code"] for row in owner.get("/coupons/", sort="name", **query).json]

    assert codes() == ["FULL", "LATER", "OVER", "PLAIN", "REST", "SOON"]
    assert codes(is_active="true") == ["PLAIN", "SOON"]
    assert codes(expiring_soon="true") == ["SOON"]
    by_status = [codes(coupons_status_id=status) for status in ("scheduled", "expired", 4, "inactive", "archived")]
    assert by_status == [["LATER"], ["OVER"], ["FULL"], ["REST"], ["AWAY"]]
    assert (codes(code="plain"), codes(q="oo"), codes(type="fixed")) == (["PLAIN"], ["SOON"], [])


@pytest.mark.covers("PRO-01")
def test_a_coupon_that_was_used_is_archived_instead_of_deleted(owner: App) -> None:
    used, fresh = a_coupon("USED"), a_coupon("FRESH")
    used_by(used, order_id=1)
    refused, gone = owner.send("DELETE", f"/coupons/{used.id}"), owner.send("DELETE", f"/coupons/{fresh.id}")
    assert (refused.status_code, gone.status_code) == (409, 200)
    assert "Archive it" in refused.json["detail"]
    moved = owner.send("PUT", f"/coupons/{used.id}", {"coupons_status_id": "archived"})
    assert (moved.json["status"], moved.json["coupons_status_id"]) == ("archived", "6")
    assert owner.send("PUT", f"/coupons/{used.id}", {"coupons_status_id": 1}).status_code == 409
    assert [code for (code,) in db.session.query(Promotion.code)] == ["USED"]


@pytest.mark.covers("PRO-01")
def test_a_change_keeps_what_is_not_sent(owner: App) -> None:
    coupon = a_coupon(minimum=50000, uses_each=1)
    answer = owner.send("PUT", f"/coupons/{coupon.id}", {"value": "20", "minimum_order": None})
    assert (answer.json["value"], answer.json["minimum_order"]) == ("20.00", None)
    assert (answer.json["usage_limit_per_customer"], answer.json["name"]) == (1, "Ten percent")
    assert answer.json["sentence"] == "20 % off everything, once per customer"


def test_a_customers_uses_are_counted_under_their_account_or_a_hash_of_their_address() -> None:
    assert customer_key(7, "asha@example.com") == "user:7"
    assert customer_key(None, " Asha@Example.com ") == customer_key(None, "asha@example.com")
    assert "asha" not in customer_key(None, "asha@example.com")


@pytest.mark.covers("PRO-02")
def test_validating_says_what_a_coupon_takes_off_or_why_it_does_not_count(client: FlaskClient) -> None:
    a_coupon("SAVE10", minimum=10000, most=5000, product_ids=frozenset({a_product().id}))
    app = App(client, a_user())
    for sent in ({"amount": "450.00"}, {"order_total": 450}):
        good = app.send("POST", "/coupons/validate", {"code": "save10"} | sent)
        assert (good.status_code, good.json) == (200, {
            "code": "SAVE10", "valid": True, "discount_amount": "45.00", "final_amount": "405.00", "reason": "",
        })  # fmt: skip
    capped = app.send("POST", "/coupons/validate", {"code": "SAVE10", "amount": "9000"})
    assert capped.json["discount_amount"] == "50.00"
    few = app.send("POST", "/coupons/validate", {"code": "SAVE10", "amount": "60"})
    assert (few.status_code, few.json) == (400, {
        "code": "SAVE10", "valid": False, "discount_amount": "0.00", "final_amount": "60.00",
        "reason": "Add ₹40 for SAVE10",
    })  # fmt: skip
    none = app.send("POST", "/coupons/validate", {"code": "NONE", "amount": "60"})
    assert (none.status_code, none.json["reason"]) == (400, "There is no such coupon")
    assert app.send("POST", "/coupons/validate", {"amount": "60"}).status_code == 422
    assert App(client).send("POST", "/coupons/validate", {"code": "SAVE10"}).status_code == 401


@pytest.mark.covers("PRO-02", "PRO-03")
def test_a_person_sees_their_coupons_and_puts_one_on_the_bag(client: FlaskClient) -> None:
    user = a_user()
    a_coupon("PUBLIC", is_public=True)
    a_coupon("SECRET")
    used_by(a_coupon("MINE", is_public=True, uses_each=1), order_id=1, user_id=user.id)
    cart_services.add_line(a_customer(user), a_product(price=100000).variants[0].id)
    app = App(client, user)
    assert [row["code"] for row in app.get("/coupons/available").json] == ["PUBLIC"]
    applied = app.send("POST", "/coupons/apply", {"code": "secret"})
    assert (applied.status_code, applied.json["final_amount"]) == (200, "900.00")
    assert db.session.scalar(select(Cart.coupon_code)) == "SECRET"
    refused = app.send("POST", "/coupons/apply", {"code": "MINE"})
    assert (refused.status_code, refused.json["errors"]) == (422, {"code": ["MINE: You have used it already."]})
    assert db.session.scalar(select(Cart.coupon_code)) == "SECRET"


@pytest.mark.covers("PRO-03")
def test_usage_counts_uses_revenue_and_discount_without_orders_that_were_cancelled(
    client: FlaskClient, owner: App
) -> None:
    coupon_id = a_coupon("SAVE10").id
    orders = [_bought_with("SAVE10"), _bought_with("SAVE10")]
    with unit_of_work():
        cancel_order(db.session.get_one(Order, orders[0]), SYSTEM)
    kept = db.session.get_one(Order, orders[1])
    total, number = kept.total, kept.number
    answer = owner.get(f"/coupons/{coupon_id}/usage").json
    assert {name: answer[name] for name in ("uses", "given_back", "revenue", "discount_given")} == {
        "uses": 1, "given_back": 1, "revenue": total.plain, "discount_given": "100.00",
    }  # fmt: skip
    assert (len(answer["days"]), answer["days"][-1]["orders"], answer["days"][-1]["revenue"]) == (30, 1, total.plain)
    sign_in(client, a_user(role="owner"))
    page = client.get(f"/staff/coupons/{coupon_id}/usage").text
    assert (number in page, "1 given back" in page, "Solid line: these 30 days, ₹" in page) == (True, True, True)


def _bought_with(code: str) -> int:
    buyer = a_ready_buyer(a_product(price=100000).variants[0])
    cart_services.keep_coupon(buyer, code)
    db.session.commit()
    return order_by(buyer, key=f"key-{buyer.session_id}")
