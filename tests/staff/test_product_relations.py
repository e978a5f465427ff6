"""The owner chooses what goes well with a product."""

import pytest

from shop.catalog.models import ProductRelation
from shop.catalog.rails import goes_well_with
from shop.extensions import db
from shop.lib.clock import now
from shop.merchandising.products import relations
from tests.factories import a_product
from tests.fulfilment.walk import act
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

pytestmark = pytest.mark.covers("CAT-07")


def shirt_with(*names: str) -> tuple[int, list[int]]:
    """The ids of a shirt and of what goes well with it."""
    shirt, others = a_product("Shirt").id, [a_product(name).id for name in names]
    for other in others:
        act(relations.relate, shirt, other)
    return shirt, others


def shown(product_id: int) -> list[str]:
    """What shoppers are shown."""
    return [card.name for card in goes_well_with(product_id)]


def test_products_are_found_chosen_and_shown(owner: ShopClient) -> None:
    shirt, belt = a_product("Camp shirt").id, a_product("Camp belt").id
    page = f"/staff/products/{shirt}/related"
    assert "Nothing yet" in words(owner.get(page))
    found = words(owner.get(page, query_string={"q": "camp"}))
    assert "Camp belt" in found
    assert "Camp shirt Kora" not in found
    answer = owner.post(page, data={"product": str(belt), "q": "camp"})
    assert answer.headers["Location"] == f"{page}?q=camp"
    assert "Nothing else fits “camp”" in words(owner.get(answer.headers["Location"]))
    assert shown(shirt) == ["Camp belt"]
    assert page in owner.get(f"/staff/products/{shirt}").text


def test_they_are_put_in_order_and_taken_away(owner: ShopClient) -> None:
    shirt, (belt, hat, scarf) = shirt_with("Belt", "Hat", "Scarf")
    page = f"/staff/products/{shirt}/related"
    owner.post(f"{page}/{scarf}/place", data={"towards": "up"})
    owner.post(f"{page}/{belt}/place", data={"towards": "up"})
    assert shown(shirt) == ["Belt", "Scarf", "Hat"]
    owner.post(f"{page}/{belt}/place", data={"towards": "down"})
    assert shown(shirt) == ["Scarf", "Belt", "Hat"]
    owner.post(f"{page}/{scarf}/removal")
    assert shown(shirt) == ["Belt", "Hat"]
    assert owner.post(f"{page}/{scarf}/removal").status_code == 404
    assert owner.post(f"{page}/{hat}/place", data={"towards": "down"}).status_code == 303


def test_what_does_not_go_with_it_is_refused(owner: ShopClient, monkeypatch: pytest.MonkeyPatch) -> None:
    shirt, (belt, _hat) = shirt_with("Belt", "Hat")
    gone = a_product("Gone", deleted_at=now()).id
    page = f"/staff/products/{shirt}/related"
    assert owner.post(page, data={"product": str(gone)}).status_code == 404
    assert owner.post(page, data={"product": "x"}).status_code == 404
    owner.post(page, data={"product": str(shirt)})
    assert "does not go with itself" in flashed(owner)
    owner.post(page, data={"product": str(belt)})
    assert shown(shirt) == ["Belt", "Hat"]
    monkeypatch.setattr(relations, "MOST", 2)
    owner.post(page, data={"product": str(a_product("Scarf").id)})
    assert "At most 2" in flashed(owner)
    assert db.session.query(ProductRelation).count() == 2


def test_a_deleted_product_waits_in_its_place(owner: ShopClient) -> None:
    shirt, (belt, _hat) = shirt_with("Belt", "Hat")
    owner.post(f"/staff/products/{belt}/deletion")
    assert shown(shirt) == ["Hat"]
    assert "Belt is deleted" in words(owner.get("/staff/products"))
    assert "Belt" not in words(owner.get(f"/staff/products/{shirt}/related"))
    owner.post(f"/staff/products/{belt}/restoration")
    assert shown(shirt) == ["Belt", "Hat"]


def test_the_page_costs_the_same_for_many(owner: ShopClient) -> None:
    shirt, _ = shirt_with("Camp belt", "Camp hat", "Camp scarf")
    for _ in range(4):
        a_product("Camp sock")
    with statements() as seen:
        assert owner.get(f"/staff/products/{shirt}/related?q=camp").status_code == 200
    assert len(seen) <= BUDGET
