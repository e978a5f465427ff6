"""Sales that have a time, on the owner's page; and percent off in a variant's cell."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from shop.catalog.models import SaleSchedule, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from tests.factories import a_product, a_variant
from tests.staff.desk import HTMX, as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

STORE = ZoneInfo("Asia/Kolkata")


def typed(by: timedelta) -> str:
    """A moment as a browser sends it."""
    return (now() + by).astimezone(STORE).strftime("%Y-%m-%dT%H:%M")


def sale_prices(product_id: int) -> list[int | None]:
    db.session.rollback()
    found = db.session.scalars(select(Variant.sale_price).where(Variant.product_id == product_id).order_by(Variant.id))
    return [price.minor if price else None for price in found]


@pytest.mark.covers("CAT-04")
def test_owner_plans_a_sale_of_chosen_variants_and_cancels_it(owner: ShopClient) -> None:
    product = a_product("Harbour tee", price=149900, sizes=("S", "M", "L"))
    id, small = product.id, product.variants[0].id
    page = f"/staff/products/{id}/sales"
    assert "No sale yet" in words(owner.get(page))
    begin, end = typed(timedelta(hours=2)), typed(timedelta(days=2))
    sent = {"price": "20%", "starts_at": begin, "ends_at": end, "variants": [str(small)]}
    assert owner.post(page, data=sent).status_code == 303
    assert flashed(owner) == "The sale is planned."
    [sale] = db.session.scalars(select(SaleSchedule))
    assert (sale.variant_id, sale.sale_price) == (small, Money(119900))
    assert sale.starts_at.astimezone(STORE).strftime("%Y-%m-%dT%H:%M") == begin
    assert "Indigo: S ₹1,199" in words(owner.get(page))
    owner.post(f"{page}/removal", data={"sale": str(sale.id)})
    assert "No sale yet" in words(owner.get(page))


def test_without_times_it_runs_from_now_on_and_is_ended_by_hand(owner: ShopClient) -> None:
    product = a_product("Harbour tee", price=149900, sizes=("S", "M"))
    id, variants = product.id, [str(one.id) for one in product.variants]
    page = f"/staff/products/{id}/sales"
    owner.post(page, data={"price": "999", "variants": variants})
    assert sale_prices(id) == [99900, 99900]
    assert "Indigo: S, M ₹999" in words(owner.get(page))
    ids = [str(one) for one in db.session.scalars(select(SaleSchedule.id))]
    owner.post(f"{page}/removal", data={"sale": ids})
    assert sale_prices(id) == [None, None]
    assert "Over" in words(owner.get(page))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("price", "", "Enter a sale price"),
        ("price", "95%", "from 1 to 90 percent"),
        ("price", "1,600", "below the price"),
        ("price", "cheap", "Enter an amount"),
        ("starts_at", "tomorrow", "Enter a day and a time"),
        ("starts_at", "0001-01-01T00:00", "Enter a day and a time"),
        ("ends_at", "2020-01-01T10:00", "has to end after it begins"),
        ("variants", "987654", "Choose at least one"),
    ],
)
def test_bad_input_plans_nothing_and_loses_nothing(owner: ShopClient, field: str, value: str, says: str) -> None:
    variant = a_variant(price=149900)
    sent = {"price": "30 %", "ends_at": "2099-01-01T10:00", "variants": str(variant.id)} | {field: value}
    page = f"/staff/products/{variant.product_id}/sales"
    answer = owner.post(page, data=sent)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{sent["price"]}"' in answer.text
    assert db.session.scalars(select(SaleSchedule)).all() == []


def test_a_second_sale_in_the_same_time_is_refused_with_the_first(owner: ShopClient) -> None:
    variant = a_variant(price=149900)
    page, sent = f"/staff/products/{variant.product_id}/sales", {"price": "999", "variants": str(variant.id)}
    owner.post(page, data=sent)
    again = owner.post(page, data=sent)
    assert again.status_code == 409
    assert "Cancel that one first" in words(again)


@pytest.mark.parametrize(
    ("text", "becomes"), [("-20%", 119900), ("20 %", 119900), ("\u221233%", 100400), ("999", 99900)]
)
def test_percent_off_in_the_cell_becomes_a_rounded_sale_price(owner: ShopClient, text: str, becomes: int) -> None:
    variant = a_variant(price=149900)
    id, product_id = variant.id, variant.product_id
    answer = owner.post(f"/staff/variants/{id}/sale-price", data={"sale_price": text, "seen": ""}, headers=HTMX)
    assert answer.status_code == 200
    assert sale_prices(product_id) == [becomes]


@pytest.mark.parametrize("text", ["0%", "91%", "-%", "20% of it", "101 %"])
def test_percent_that_makes_no_sense_is_refused_in_the_cell(owner: ShopClient, text: str) -> None:
    variant = a_variant(price=149900)
    id, product_id = variant.id, variant.product_id
    answer = owner.post(f"/staff/variants/{id}/sale-price", data={"sale_price": text, "seen": ""}, headers=HTMX)
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.text
    assert sale_prices(product_id) == [None]


def test_the_page_costs_the_same_for_many_sales_and_support_only_reads_it(client: ShopClient) -> None:
    product = a_product(sizes=("S", "M", "L", "XL"))
    id, variants = product.id, [str(one.id) for one in product.variants]
    as_role(client).post(f"/staff/products/{id}/sales", data={"price": "10%", "variants": variants})
    support = as_role(client, "support")
    with statements() as seen:
        page = support.get(f"/staff/products/{id}/sales")
    assert page.status_code == 200
    assert len(seen) <= BUDGET
    assert "<button" not in page.text.partition("<main")[2].partition("</main>")[0]
