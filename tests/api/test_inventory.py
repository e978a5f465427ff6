"""Stock through the API."""

import pytest
from flask.testing import FlaskClient

from shop.extensions import db
from shop.stock.models import StockLevel
from tests.api.asking import App
from tests.checkout.buying import an_order_id
from tests.factories import a_product, a_variant

pytestmark = pytest.mark.usefixtures("books_balance")

INV = "/inventory"


def level(variant_id: int) -> tuple[int, int]:
    found = db.session.get_one(StockLevel, variant_id, populate_existing=True)
    return found.on_hand, found.reserved


@pytest.mark.covers("INV-01", "API-01")
def test_stock_is_listed_by_words_product_and_what_runs_low(owner: App) -> None:
    plenty, few = a_variant(name="Harbour tee", units=50), a_variant(name="Loom tee", units=2)
    few_id, product_id, plenty_id = few.id, plenty.product_id, plenty.id
    an_order_id(few)
    low = owner.get(f"{INV}/", low_stock=True)
    assert low.headers["X-Total-Count"] == "1"
    assert low.json[0] | {"last_restock_at": ""} == {
        "variant_id": str(few_id), "product_id": low.json[0]["product_id"], "product": "Loom tee",
        "sku": low.json[0]["sku"], "color": "Indigo", "size": "M", "available": 2, "reserved": 1,
        "available_for_sale": 1, "reorder_point": 5, "last_restock_at": "",
    }  # fmt: skip
    assert owner.get(f"{INV}/low-stock", limit=5).json == low.json
    ids = [row["variant_id"] for row in owner.get(f"{INV}/", product_id=product_id).json]
    assert ids == [str(plenty_id)]
    assert [row["product"] for row in owner.get(f"{INV}/", q="loom", sort="fewest").json] == ["Loom tee"]
    assert owner.get(f"{INV}/", reserved=True, out_of_stock=True).json == []
    assert owner.get(f"{INV}/", sort="nonsense").status_code == 422


@pytest.mark.covers("INV-01")
def test_everybody_sees_what_is_for_sale_and_the_team_the_rest(client: FlaskClient, owner: App) -> None:
    variant, hidden = a_variant(units=3), a_variant(published=False)
    shown, hidden_id, sku = variant.id, hidden.id, variant.sku
    an_order_id(variant)
    told = {"variant_id": str(shown), "sku": sku, "available_for_sale": 2, "in_stock": True}
    stranger = App(client)
    assert stranger.get(f"{INV}/{shown}").json == told
    seen = owner.get(f"{INV}/{shown}").json
    assert (seen["available"], seen["reserved"], seen["reorder_point"]) == (3, 1, 5)
    assert (stranger.get(f"{INV}/{hidden_id}").status_code, owner.get(f"{INV}/{hidden_id}").status_code) == (404, 200)


@pytest.mark.covers("INV-01", "API-01")
def test_count_and_reorder_point_are_written(owner: App) -> None:
    id = a_variant(units=3).id
    changed = owner.send("PUT", f"{INV}/{id}", {"available": 12, "seen": 3, "reorder_point": 4, "note": "Shelf 4"})
    assert (changed.json["available"], changed.json["reorder_point"]) == (12, 4)
    assert level(id) == (12, 0)
    assert owner.send("PUT", f"{INV}/{id}", {"available": 5, "seen": 3}).status_code == 409
    assert owner.send("PUT", f"{INV}/{id}", {"note": "Nothing"}).status_code == 400
    assert owner.send("PUT", f"{INV}/987654", {"available": 5}).status_code == 404
    assert level(id) == (12, 0)


@pytest.mark.covers("INV-01")
def test_a_value_for_what_is_reserved_is_refused_in_clear_words(owner: App) -> None:
    id = a_variant(units=3).id
    refused = owner.send("PUT", f"{INV}/{id}", {"available": 5, "reserved": 2})
    assert refused.status_code == 422
    assert "cannot be set" in refused.json["errors"]["reserved"][0]
    assert level(id) == (3, 0)


@pytest.mark.covers("INV-01")
@pytest.mark.parametrize("available", [-1, 0, 1000000, "many", 2.5])
def test_stock_is_never_negative_nor_below_what_orders_hold(owner: App, available: object) -> None:
    variant = a_variant(units=3)
    id, _ = variant.id, an_order_id(variant)
    assert owner.send("PUT", f"{INV}/{id}", {"available": available}).status_code == 422
    assert level(id) == (3, 1)


@pytest.mark.covers("INV-02", "API-01")
def test_stock_is_adjusted_with_a_reason_and_the_ledger_tells_it(owner: App) -> None:
    id = a_variant(units=9).id
    done = owner.send("POST", f"{INV}/{id}/adjust", {"adjustment": -5, "reason": "damaged", "note": "Moths"})
    assert (done.status_code, done.json["available"]) == (200, 4)
    rows = owner.get(f"{INV}/{id}/ledger")
    assert rows.headers["X-Total-Count"] == "2"
    assert {name: rows.json[0][name] for name in ("units", "reason", "note", "actor")} == {
        "units": -5, "reason": "damage", "note": "Moths", "actor": "Meera Nair"}  # fmt: skip


@pytest.mark.covers("INV-02")
@pytest.mark.parametrize(
    "wrong",
    [
        {"adjustment": 5, "reason": "damaged"},
        {"adjustment": -1, "reason": "restock"},
        {"adjustment": -10, "reason": "manual"},
        {"adjustment": 1, "reason": "order"},
        {"adjustment": 1},
    ],
)
def test_an_adjustment_that_makes_no_sense_changes_nothing(owner: App, wrong: dict[str, object]) -> None:
    id = a_variant(units=9).id
    assert owner.send("POST", f"{INV}/{id}/adjust", wrong).status_code == 422
    assert level(id) == (9, 0)


@pytest.mark.covers("INV-02")
def test_an_adjustment_sent_twice_under_one_key_is_made_once(owner: App) -> None:
    id = a_variant(units=9).id
    owner.headers["Idempotency-Key"] = "van-4711"
    for _ in range(2):
        assert owner.send("POST", f"{INV}/{id}/adjust", {"adjustment": 3, "reason": "restock"}).json["available"] == 12
    assert owner.send("POST", f"{INV}/{id}/adjust", {"adjustment": 4, "reason": "restock"}).status_code == 422
    assert level(id) == (12, 0)


def test_the_list_asks_the_same_for_many_variants(owner: App) -> None:
    a_product(sizes=("S", "M", "L"), colours=("Indigo", "Ecru"))
    assert len(owner.get(f"{INV}/", limit=4).json) == 4
