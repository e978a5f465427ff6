"""Broken size runs on the owner's page: what is left, what is proposed, marked down and taken back."""

import re

import pytest
from sqlalchemy import select

from shop.catalog.models import ListingRow, Variant
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.merchandising.sales.prices import marked_down
from shop.merchandising.size_runs.proposals import proposed_percent
from shop.stock import services
from tests.checkout.buying import an_order_id
from tests.factories import a_product
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

RUNS = "/staff/stock/size-runs"


def a_broken_style(name: str = "Harbour tee", **more: object) -> int:
    """The id of a style of which S and L are left, M is not."""
    product = a_product(name, sizes=("S", "M", "L"), units=3, **more)  # type: ignore[arg-type]
    services.adjust(product.variants[1].id, to_on_hand=0, actor=SYSTEM)
    return product.id


def sale_prices(product_id: int) -> list[int | None]:
    db.session.rollback()
    found = db.session.scalars(select(Variant.sale_price).where(Variant.product_id == product_id).order_by(Variant.id))
    return [price.minor if price else None for price in found]


@pytest.mark.parametrize(
    ("left", "of", "sold", "percent"),
    [(2, 3, 1, 20), (3, 6, 1, 20), (2, 6, 1, 30), (1, 4, 1, 30), (1, 6, 1, 40), (2, 3, 0, 30), (1, 6, 0, 50)],
)
def test_the_fewer_sizes_are_left_the_more_is_proposed(left: int, of: int, sold: int, percent: int) -> None:
    assert proposed_percent(left, of, sold) == percent


@pytest.mark.parametrize(("price", "percent", "lower"), [(149900, 30, 104900), (99900, 20, 79900), (150, 70, 100)])
def test_a_marked_down_price_is_rounded_down_to_whole_rupees(price: int, percent: int, lower: int) -> None:
    assert marked_down(Money(price), percent) == Money(lower)


@pytest.mark.covers("INV-01")
def test_a_style_that_lost_its_middle_sizes_is_listed_with_what_is_left_and_sold(owner: ShopClient) -> None:
    a_product("Whole tee", sizes=("S", "M", "L"))
    id = a_broken_style()
    small = db.session.scalars(select(Variant).where(Variant.product_id == id).order_by(Variant.id)).first()
    an_order_id(small)
    page = words(owner.get(RUNS))
    assert "Harbour tee Kora 5 Indigo: S, L Indigo: M 1 0 %" in page
    assert "Whole tee" not in page
    assert 'name="percent" value="20"' in owner.get(RUNS).text


def test_a_shop_with_whole_styles_says_so(owner: ShopClient) -> None:
    a_product(sizes=("S", "M", "L"))
    assert "Every style is whole" in words(owner.get(RUNS))


@pytest.mark.covers("INV-01", "CAT-04")
def test_what_is_left_is_marked_down_and_the_markdown_is_taken_back_whole(owner: ShopClient) -> None:
    id = a_broken_style(price=149900)
    answer = owner.post(f"{RUNS}/{id}/markdown", data={"percent": "30"})
    assert sale_prices(id) == [104900, None, 104900]
    assert db.session.get_one(ListingRow, id).price == Money(104900)
    page = owner.get(answer.location)
    assert "As proposed" in words(page)
    save = re.search(r'name="save" value="([^"]+)"', page.text)
    assert save
    owner.post(f"{RUNS}/{id}/markdown/removal", data={"save": save[1]})
    assert "as before" in flashed(owner)
    assert sale_prices(id) == [None, None, None]
    assert db.session.get_one(ListingRow, id).price == Money(149900)


def test_a_price_that_is_lower_already_stays(owner: ShopClient) -> None:
    id = a_broken_style(price=100000, sale_price=50000)
    assert owner.post(f"{RUNS}/{id}/markdown", data={"percent": "30"}).status_code == 303
    assert "Nothing that is left of it costs more" in flashed(owner)
    assert sale_prices(id) == [50000] * 3


@pytest.mark.parametrize("percent", ["", "4", "71", "-20", "many"])
def test_a_percentage_that_makes_no_sense_changes_nothing(owner: ShopClient, percent: str) -> None:
    id = a_broken_style()
    refused = owner.post(f"{RUNS}/{id}/markdown", data={"percent": percent})
    assert (refused.status_code, "Enter a number from 5 to 70." in words(refused)) == (422, True)
    assert f'name="percent" value="{percent}"' in refused.text
    assert sale_prices(id) == [None] * 3


def test_only_the_markdown_that_is_named_is_taken_back(owner: ShopClient) -> None:
    id, other = a_broken_style(), a_broken_style("Loom tee")
    save = owner.post(f"{RUNS}/{id}/markdown", data={"percent": "30"}).location.partition("save=")[2]
    for product_id, named in ((id, ""), (id, "unknown"), (other, save), (987654, save)):
        assert owner.post(f"{RUNS}/{product_id}/markdown/removal", data={"save": named}).status_code == 404
    assert sale_prices(id) == [104900, None, 104900]
    assert owner.post(f"{RUNS}/987654/markdown", data={"percent": "30"}).status_code == 404


def test_the_list_costs_the_same_for_many_styles(owner: ShopClient) -> None:
    for number in range(4):
        a_broken_style(f"Tee {number}")
    with statements() as seen:
        assert owner.get(RUNS).status_code == 200
    assert len(seen) <= BUDGET


def test_who_may_not_change_prices_sees_the_proposals_alone(client: ShopClient) -> None:
    support, id = as_role(client, "support"), a_broken_style()
    assert "Mark down" not in support.get(RUNS).text
    assert support.post(f"{RUNS}/{id}/markdown", data={"percent": "30"}).status_code == 403
