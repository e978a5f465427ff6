"""An address that was given up leads to the new one, until something else takes it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.categories.services import change_category, create_category, move_category
from shop.merchandising.products.editing import change_product
from shop.operations.log.queries import ChangeFilter, changes
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.fulfilment.walk import act
from tests.merchandising.sorted_by import a_category, a_product_in

HTMX = {"HX-Request": "true"}


def moved(slug: str, *to: str) -> int:
    """The id of a product that was at an address first, and at others after it."""
    product = a_product("Harbour tee", colours=("Indigo", "Ecru"))
    product.slug, id = slug, product.id
    for next_one in to:
        act(change_product, id, {"slug": next_one})
    return id


def leads_to(client: FlaskClient, address: str, **headers: str) -> str | int:
    """Where an address leads for good, else the status of its answer."""
    answer = client.get(address, headers=headers)
    return answer.location if answer.status_code == 301 else answer.status_code


@pytest.mark.covers("CAT-03")
def test_old_addresses_of_a_product_lead_to_the_new_one_with_what_was_asked(client: FlaskClient) -> None:
    moved("tee", "tee-one", "tee-two")
    for old in ("tee", "tee-one"):
        assert leads_to(client, f"/p/{old}?colour=ecru&size=m") == "/p/tee-two?colour=ecru&size=m"
        assert leads_to(client, f"/p/{old}?colour=ecru", **HTMX) == "/p/tee-two?colour=ecru"
    assert client.get("/p/tee-two?colour=ecru", headers=HTMX).headers["HX-Replace-Url"] == "/p/tee-two?colour=ecru"
    for part, asked in (("fit", "unit=in&my-chest=41"), ("delivery", "postal_code=560001")):
        assert leads_to(client, f"/p/tee/{part}?{asked}") == f"/p/tee-two/{part}?{asked}"
    assert leads_to(client, "/p/tee-three") == 404


@pytest.mark.covers("CAT-03")
def test_a_product_comes_back_to_an_address_it_had(client: FlaskClient) -> None:
    moved("tee", "tee-one", "tee")
    assert leads_to(client, "/p/tee") == 200
    assert leads_to(client, "/p/tee-one") == "/p/tee"


@pytest.mark.covers("CAT-03")
def test_whoever_takes_an_address_again_has_it(client: FlaskClient) -> None:
    moved("tee", "tee-one")
    other_id = a_product("Other tee").id
    act(change_product, other_id, {"slug": "tee"})
    assert "Other tee" in client.get("/p/tee").text
    act(change_product, other_id, {"is_published": False})
    assert leads_to(client, "/p/tee") == 404
    act(change_product, other_id, {"is_published": True, "slug": "other-tee"})
    assert leads_to(client, "/p/tee") == "/p/other-tee"


@pytest.mark.covers("CAT-03")
def test_nobody_learns_where_a_hidden_product_is(client: FlaskClient) -> None:
    act(change_product, moved("tee", "secret-tee"), {"is_published": False})
    assert leads_to(client, "/p/tee") == 404


@pytest.mark.covers("CAT-03", "OPS-03")
def test_an_undone_change_of_an_address_leads_back(client: FlaskClient) -> None:
    id = moved("tee", "tee-one")
    (last, *_) = db.session.scalars(changes(ChangeFilter(table="product", record=str(id)))).all()
    act(undo, last.id, frozenset({"product:update"}))
    assert db.session.get_one(Product, id, populate_existing=True).slug == "tee"
    assert leads_to(client, "/p/tee-one") == "/p/tee"


@pytest.mark.covers("CAT-02")
def test_old_addresses_of_a_category_lead_to_the_new_one(client: FlaskClient) -> None:
    men = a_category("Men")
    shirts_id = a_category("Shirts", men).id
    act(change_category, shirts_id, {"slug": "mens-shirts"})
    assert leads_to(client, "/c/men-shirts?size=m") == "/c/mens-shirts?size=m"
    assert leads_to(client, "/c/men/men-shirts?size=m") == "/c/mens-shirts?size=m"
    part = "/_f/listing?category={}&size=m"
    assert leads_to(client, part.format("men-shirts"), **HTMX) == part.format("mens-shirts")
    assert leads_to(client, "/c/shirts") == 404


@pytest.mark.covers("CAT-02")
def test_a_branch_that_moves_keeps_the_address_of_each_category(client: FlaskClient) -> None:
    men, shirts_id = a_category("Men"), a_category("Shirts").id
    act(move_category, shirts_id, men.id)
    assert leads_to(client, "/c/shirts") == 200
    assert leads_to(client, "/c/men/shirts") == "/c/shirts"


@pytest.mark.covers("CAT-02")
def test_a_category_that_takes_an_address_again_has_it(client: FlaskClient, app: Flask) -> None:
    tees = a_category("Tees")
    a_product_in(tees, "Plain tee")
    tees_id = tees.id
    act(change_category, tees_id, {"slug": "plain-tees"})
    with unit_of_work():
        create_category({"name": "Printed", "slug": "tees"})
    assert "Printed" in client.get("/c/tees").text
    act(change_category, tees_id, {"active": False})
    assert leads_to(client, "/c/plain-tees") == 404


@pytest.mark.covers("CAT-03", "CAT-06")
def test_a_campaign_is_still_named_where_an_address_leads_elsewhere(client: FlaskClient) -> None:
    moved("tee", "tee-one")
    a_product_in(a_category("Men"), "Plain tee", colours=("Indigo",))
    db.session.commit()
    campaign = "utm_source=mail&gclid=a%26b"
    assert leads_to(client, f"/p/tee?colour=ecru&{campaign}") == f"/p/tee-one?colour=ecru&{campaign}"
    assert leads_to(client, f"/c/men?sort=recommended&{campaign}") == f"/c/men?{campaign}"
    assert leads_to(client, f"/c/men?{campaign}&colour=indigo&colour=indigo") == f"/c/men?colour=indigo&{campaign}"
    assert leads_to(client, f"/search?q=tee&sort=recommended&{campaign}") == f"/search?q=tee&{campaign}"
