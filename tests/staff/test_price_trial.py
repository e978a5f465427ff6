"""The owner tries discounts on a bag nobody has: the price, and what is said of every rule."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shop.accounts.customers.groups import create_group
from shop.extensions import db
from shop.lib.clock import now
from shop.orders.models import Order
from tests.factories import a_variant
from tests.promotions.making import a_coupon
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def tried(client: ShopClient, goods: str, **more: str) -> str:
    """The page of a bag that was tried."""
    answer = client.get("/staff/coupons/try", query_string={"goods": goods, "buyer": "new"} | more)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.covers("PRO-01")
def test_the_owner_sees_what_somebody_would_pay_and_why(owner: ShopClient) -> None:
    a_coupon(first_order=True)
    a_coupon(None, name="Autumn", value=500)
    a_coupon(None, name="Next week", starts_at=now() + timedelta(days=7))
    tee, shirt = a_variant(price=100000), a_variant(price=400000)
    goods = f"{tee.sku} 2\n{shirt.sku}"
    html = tried(owner, goods, coupon="save10", state="Karnataka")
    for words in ("₹5,130", "−₹300", "−₹570", "Starts on", "18 %", "5 %"):
        assert words in html
    html = tried(owner, goods, coupon="SAVE10", buyer="known")
    assert "Only on a first order" in html
    assert "₹5,700" in html
    assert db.session.scalar(select(func.count(Order.id))) == 0


@pytest.mark.covers("PRO-01")
def test_the_empty_form_begins_with_what_is_for_sale(owner: ShopClient) -> None:
    there, gone = a_variant(units=3).sku, a_variant(units=0).sku
    text = owner.get("/staff/coupons/try").text
    assert [sku in text for sku in (there, gone)] == [True, False]


@pytest.mark.covers("PRO-01", "ACC-14")
def test_a_group_and_a_state_can_be_pretended(owner: ShopClient) -> None:
    group = create_group("Regulars", "")
    a_coupon(None, name="For regulars", group_id=group.id)
    sku = a_variant(price=200000).sku
    assert "Only for a group of customers" in tried(owner, sku)
    assert "₹1,800" in tried(owner, sku, group=str(group.id))
    assert "CGST" in tried(owner, sku, state="Karnataka")
    assert "IGST" in tried(owner, sku, state="Kerala")


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize(
    ("goods", "words"),
    [
        ("", "Enter at least one SKU."),
        ("NO-SUCH 2", "There is no variant NO-SUCH."),
        ("TEE 0", "Write a number from 1"),
    ],
)
def test_what_cannot_be_tried_is_said_at_the_goods_and_stays_typed(owner: ShopClient, goods: str, words: str) -> None:
    answer = owner.get("/staff/coupons/try", query_string={"goods": goods, "coupon": "SAVE10"})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="SAVE10"' in answer.text


@pytest.mark.covers("PRO-01")
def test_the_empty_form_has_an_example_and_a_long_bag_costs_no_more_statements(owner: ShopClient) -> None:
    skus = [a_variant().sku for _ in range(8)]
    assert skus[-1] in owner.get("/staff/coupons/try").text
    with statements() as seen:
        tried(owner, "\n".join(skus))
    assert len(seen) <= BUDGET
