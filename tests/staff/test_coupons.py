"""The owner's coupons: told in a sentence, listed by how they stand, paused and archived, with their usage."""

import re

import pytest
from werkzeug.test import TestResponse

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.promotions.labels import COUPON_STATUS
from shop.promotions.models import Promotion
from shop.promotions.states import CouponState
from shop.store.label_services import change_label
from tests.factories import a_product
from tests.promotions.making import a_coupon, used_by
from tests.staff.desk import as_role
from tests.support.shops import ShopClient

NEW = {"code": "save20", "name": "Autumn", "kind": "percent", "value": "20 %", "uses_each": "1", "combines": "y"}

UNDO = re.compile(r'action="(/staff/coupons/saves/\d+/reversal)"')


def sentence_of(answer: TestResponse) -> str:
    found = re.search(r'id="coupon-sentence"[^>]*>(?:<b>)?([^<]*)', answer.text)
    assert found
    return found[1]


@pytest.mark.covers("PRO-01")
def test_a_coupon_is_told_in_a_sentence_before_it_is_added(owner: ShopClient) -> None:
    shirts, typed = a_product(category="shirts"), NEW | {"ends_at": "2035-11-30T18:00", "minimum": "999"}
    typed["categories"] = str(shirts.category_id)
    words = "20 % off Shirts, from ₹999, once per customer, till 30 Nov 2035"
    looked_at = owner.post("/staff/coupons/new", data=typed | {"preview": "1"})
    assert (looked_at.status_code, sentence_of(looked_at)) == (200, words)
    assert sentence_of(owner.post("/staff/coupons/sentence", data=typed)) == words
    assert sentence_of(owner.post("/staff/coupons/sentence", data=typed | {"value": "half"})).startswith("What it")
    assert db.session.query(Promotion).count() == 0
    added = owner.get(owner.post("/staff/coupons/new", data=typed).location)
    assert (sentence_of(added), "SAVE20 is there." in added.text) == (words, True)
    kept = db.session.query(Promotion).one()
    assert (kept.code, kept.value, kept.minimum, kept.uses_each) == ("SAVE20", 2000, Money(99900), 1)


@pytest.mark.covers("PRO-01")
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(owner: ShopClient) -> None:
    a_coupon("SAVE20")
    for change, words in (({"value": "120"}, "at most 100 percent"), ({"value": ""}, "Enter percent"), ({}, "already"),
                          ({"products": "no-such-thing"}, "There is no product no-such-thing")):  # fmt: skip
        answer = owner.post("/staff/coupons/new", data=NEW | change)
        assert answer.status_code in {409, 422}
        assert words in answer.text
        assert 'value="Autumn"' in answer.text
    assert db.session.query(Promotion).count() == 1


@pytest.mark.covers("PRO-01")
def test_products_are_named_by_sku_or_address_and_shown_again(owner: ShopClient) -> None:
    one, two = a_product(), a_product()
    coupon = a_coupon(brand_ids=frozenset({one.brand_id}))
    typed = f"{one.variants[0].sku.lower()}\nhttps://shop.example/p/{two.slug}?size=m"
    owner.post(f"/staff/coupons/{coupon.id}", data=NEW | {"products": typed})
    db.session.refresh(coupon)
    assert {(scope.kind, scope.ref_id) for scope in coupon.scopes} == {("product", one.id), ("product", two.id)}
    assert one.slug in owner.get(f"/staff/coupons/{coupon.id}").text


@pytest.mark.covers("PRO-01")
def test_a_limit_that_was_deleted_never_falls_away_unseen(owner: ShopClient) -> None:
    product = a_product(category="shirts")
    coupon = a_coupon(category_ids=frozenset({product.category_id}))
    product.category.deleted_at = now()
    page = owner.get(f"/staff/coupons/{coupon.id}").text
    assert "Shirts (deleted)" in page
    kept = owner.post(f"/staff/coupons/{coupon.id}", data=NEW | {"categories": str(product.category_id)})
    assert (kept.status_code, "One category is not there any more" in kept.text) == (422, True)


@pytest.mark.covers("PRO-03")
def test_the_list_has_tabs_search_and_order(owner: ShopClient) -> None:
    a_coupon("FIRST")
    a_coupon("SECOND", state=CouponState.PAUSED)
    a_coupon(None, name="Three for two")
    text = owner.get("/staff/coupons").text
    assert [text.count(name) > 0 for name in ("FIRST", "SECOND", "Three for two")] == [True, True, True]
    assert "FIRST" not in owner.get("/staff/coupons?view=paused").text
    assert "SECOND" not in owner.get("/staff/coupons?q=fir").text
    assert "FIRST" not in owner.get("/staff/coupons?type=automatic&sort=uses").text
    assert owner.get("/staff/coupons?view=odd&type=odd&sort=odd&page=x").status_code == 200


@pytest.mark.covers("PRO-01", "PRO-03")
def test_a_coupon_is_paused_archived_and_only_deleted_while_unused(owner: ShopClient) -> None:
    coupon, fresh = a_coupon(), a_coupon("FRESH")
    used_by(coupon, order_id=1)
    for state in ("paused", "archived", "paused", "active"):
        assert owner.post(f"/staff/coupons/{coupon.id}/{state}").status_code == 303
        db.session.refresh(coupon)
        assert coupon.state == state
    assert owner.post(f"/staff/coupons/{coupon.id}/removal").status_code == 303
    assert "archived, not deleted" in owner.get(f"/staff/coupons/{coupon.id}").text
    assert owner.post(f"/staff/coupons/{fresh.id}/removal").status_code == 303
    assert [code for (code,) in db.session.query(Promotion.code)] == ["SAVE10"]


@pytest.mark.covers("PRO-01")
def test_an_archived_coupon_is_found_brought_back_and_taken_as_a_model(owner: ShopClient) -> None:
    coupon = a_coupon(uses_limit=77)
    owner.post(f"/staff/coupons/{coupon.id}/archived")
    text = owner.get("/staff/coupons?q=save10").text
    assert "1 among the archived" in text
    assert "among the archived" not in owner.get("/staff/coupons?q=nothing").text
    assert "Take out of the archive" in owner.get(f"/staff/coupons/{coupon.id}").text
    text = owner.get(f"/staff/coupons/new?like={coupon.id}").text
    assert ['value="77"' in text, 'value="SAVE10"' in text] == [True, False]
    assert [owner.get(f"/staff/coupons/new?like={like}").status_code for like in ("987654", "x")] == [404, 404]


def test_tabs_say_the_owners_words(owner: ShopClient) -> None:
    change_label(COUPON_STATUS, 1, label="Running")
    db.session.commit()
    assert ">Running <span" in owner.get("/staff/coupons").text


@pytest.mark.covers("PRO-01", "OPS-03")
def test_pausing_and_changing_are_undone_by_their_message(owner: ShopClient) -> None:
    coupon, product = a_coupon(), a_product()
    for path, data in (("/archived", {}), ("", NEW | {"products": product.slug, "code": "OTHER"})):
        owner.post(f"/staff/coupons/{coupon.id}{path}", data=data)
        undo = UNDO.search(owner.get(f"/staff/coupons/{coupon.id}").text)
        assert undo
        owner.post(undo[1])
        db.session.refresh(coupon)
        assert (coupon.state, coupon.code, coupon.value, len(coupon.scopes)) == ("active", "SAVE10", 1000, 0)


@pytest.mark.covers("PRO-01")
def test_who_only_reads_sees_the_sentence_and_no_form(client: ShopClient) -> None:
    coupon = a_coupon()
    as_role(client, "support")
    text = client.get(f"/staff/coupons/{coupon.id}").text
    assert "10 % off everything" in text
    assert "<form" not in text.split('id="main"')[1]
