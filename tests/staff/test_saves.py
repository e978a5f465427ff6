"""Whoever saved something undoes it with the button on the message that says so."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from shop.catalog.models import Brand, Product, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.merchandising.lookups.nouns import BRAND
from shop.stock.models import StockLevel
from tests.factories import a_product, a_variant
from tests.merchandising.sorted_by import a_row
from tests.staff.desk import HTMX, as_role, flashed, words
from tests.staff.test_products import typed
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("OPS-03")
BUTTON = re.compile(r'action="(/staff/\w+/saves/\d+/reversal)"')


def renamed(client: ShopClient) -> tuple[int, str]:
    """The id of a product that was called Harbour tee, and the page that says that it was saved."""
    product = a_product("Harbour tee")
    id = product.id
    client.post(f"/staff/products/{id}", data=typed(product, name="Quay tee"))
    return id, f"/staff/products/{id}"


def button_on(client: ShopClient, page: str) -> str | None:
    """Where the button of the message leads; None without one."""
    found = BUTTON.search(client.get(page).text)
    return found[1] if found else None


def name_of(product_id: int) -> str:
    return db.session.get_one(Product, product_id, populate_existing=True).name


def test_a_save_is_undone_by_its_message_and_only_once(owner: ShopClient) -> None:
    id, page = renamed(owner)
    undo = button_on(owner, page)
    assert undo
    assert button_on(owner, page) is None
    answer = owner.post(undo, headers={"Referer": f"http://localhost{page}"})
    assert answer.headers["Location"] == page
    assert (name_of(id), flashed(owner)) == ("Harbour tee", "Undone.")
    owner.post(undo)
    assert "It changed since" in flashed(owner)
    assert name_of(id) == "Harbour tee"


def test_the_team_needs_no_more_than_what_it_took_to_save(client: ShopClient) -> None:
    staff = as_role(client, "staff")
    id, page = renamed(staff)
    assert staff.post(button_on(staff, page)).status_code == 303
    assert name_of(id) == "Harbour tee"


def test_nobody_undoes_what_others_saved_nor_what_is_long_ago(client: ShopClient, app: Flask) -> None:
    id, page = renamed(as_role(client))
    undo = button_on(client, page)
    assert as_role(app.test_client()).post(undo).status_code == 404
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert client.post(undo).status_code == 404
    assert name_of(id) == "Quay tee"


def test_what_changed_nothing_or_is_no_part_of_the_log_has_no_button(owner: ShopClient) -> None:
    product = a_product("Harbour tee", specifications={"Fit": "Regular"})
    id, page = product.id, f"/staff/products/{product.id}"
    owner.post(page, data=typed(product))
    assert button_on(owner, page) is None
    variant_id = a_variant(units=3).id
    owner.post(f"/staff/variants/{variant_id}/stock", data={"on_hand": "7", "seen": "3"})
    assert button_on(owner, page) is None
    assert db.session.get_one(StockLevel, variant_id, populate_existing=True).on_hand == 7
    assert db.session.get_one(Product, id)


def test_prices_pictures_and_deletions_come_back(owner: ShopClient) -> None:
    variant = a_variant(price=149900)
    variant_id, product_id = variant.id, variant.product_id
    picture_id = variant.product.pictures[0].id
    page = f"/staff/products/{product_id}"
    owner.post(f"/staff/variants/{variant_id}/price", data={"price": "1,299"})
    owner.post(button_on(owner, page))
    assert db.session.get_one(Variant, variant_id, populate_existing=True).price == Money(149900)
    seen = re.search(rf'name="seen-{picture_id}" value="(\w+)"', owner.get(page).text)
    form = {"picture": str(picture_id), f"seen-{picture_id}": seen[1], f"alt-{picture_id}": "From behind", "op": "save"}
    swapped = owner.post(f"{page}/pictures/order", data=form, headers=HTMX)
    undo = BUTTON.search(swapped.text)
    owner.post(undo[1])
    assert "From behind" not in owner.get(page).text
    owner.post(f"{page}/deletion")
    owner.post(button_on(owner, "/staff/products?view=deleted"))
    assert owner.get(page).status_code == 200


@pytest.mark.covers("CAT-02")
def test_what_products_are_sorted_by_comes_back(owner: ShopClient) -> None:
    brand_id = a_row(BRAND, "Loom").id
    page = f"/staff/brands/{brand_id}"
    owner.post(page, data={"name": "Weft", "slug": "loom", "active": "y"})
    undo = button_on(owner, page)
    assert undo.startswith("/staff/catalogue/saves/")
    owner.post(undo)
    assert db.session.get_one(Brand, brand_id, populate_existing=True).name == "Loom"
    assert "Weft" not in words(owner.get("/staff/brands"))


@pytest.mark.covers("CAT-02")
@pytest.mark.parametrize(
    ("noun", "form", "typed"),
    [
        ("brands", "/new", {"name": "Weft"}),
        ("occasions", "/new", {"name": "Weft"}),
        ("product-types", "/new", {"name": "Weft", "garment": "lower"}),
        ("colours", "/new", {"name": "Weft", "hex": "#112233"}),
        ("categories", "/new", {"name": "Weft"}),
        ("sizes", "", {"label": "Weft", "system": "letter"}),
        ("filters", "", {"name": "Weft"}),
        ("synonyms", "", {"words": "weft, woof"}),
        ("synonyms", "/text", {"text": "weft, woof\nwarp, yarn"}),
    ],
)
def test_what_was_added_goes_again_and_its_list_is_next(
    owner: ShopClient, noun: str, form: str, typed: dict[str, str]
) -> None:
    listed = f"/staff/{noun}"
    made = owner.post(f"{listed}{form}", data=typed | {"active": "y"})
    page = made.location
    assert made.status_code == 303
    undo = button_on(owner, page)
    assert undo
    assert owner.post(undo, headers={"Referer": f"http://localhost{page}"}).location == listed
    left = words(owner.get(listed))
    assert "Undone." in left
    assert "weft" not in left.casefold()
