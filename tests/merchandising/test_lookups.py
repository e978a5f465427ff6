"""Brands, occasions, product types and colours: their names and addresses, and what shows when they change."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.cart import services as cart_services
from shop.cart.models import CartLine, WishlistItem
from shop.catalog import browsing
from shop.catalog.models import Brand, ListingRow, Product
from shop.catalog.search.words import asked_words
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.errors import NotFound, ShopError
from shop.lib.jobs.models import Job
from shop.merchandising import relisting
from shop.merchandising.lookups import records
from shop.merchandising.lookups.errors import BadSlug, InUse, NameTaken, StillNamed
from shop.merchandising.lookups.hanging import Hanging
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun
from shop.merchandising.lookups.removal import remove, remove_after_moving
from shop.operations.audit import audit
from tests.checkout.buying import an_order
from tests.factories import a_guest, a_product, list_again
from tests.merchandising.sorted_by import a_row, again
from tests.support.outbox import run_outbox

EVERY = (BRAND, OCCASION, PRODUCT_TYPE, COLOUR)
MORE = {COLOUR: {"hex": "#2B3F8C"}}


def found(words: str) -> list[str]:
    """Names of the products a search finds."""
    return sorted(row.name for row in browsing.listed(Scope(words=tuple(asked_words(words))), Wants()))


def row_of(product: Product) -> ListingRow | None:
    return db.session.get(ListingRow, product.id, populate_existing=True)


@pytest.fixture
def by_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two products are too many to be written at once."""
    monkeypatch.setattr(relisting, "AT_ONCE", 1)


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("noun", EVERY, ids=lambda noun: noun.key)
def test_a_name_is_taken_whatever_its_case(app: Flask, noun: Noun) -> None:
    first = a_row(noun, "Neelpatri", **MORE.get(noun, {}))
    assert first.slug == "neelpatri"
    with pytest.raises(NameTaken):
        a_row(noun, "NEELPATRI", **MORE.get(noun, {}))
    other = a_row(noun, "Rangrekha", **MORE.get(noun, {}))
    with pytest.raises(NameTaken):
        records.change(noun, other.id, {"name": "neelPATRI"})
    records.change(noun, first.id, {"name": "NeelPatri"})
    assert again(first).folded == "neelpatri"


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize(("name", "slug"), [
    ("Crêpe & Cotton", "crepe-cotton"), ("Maya’s", "mayas"), ("कुर्ता", "brand"), ("  Loom 7 ", "loom-7"),
    ("x" * 80, "x" * 74),
])  # fmt: skip
def test_an_address_is_made_from_the_name(app: Flask, name: str, slug: str) -> None:
    assert a_row(BRAND, name).slug == slug


@pytest.mark.covers("CAT-01")
def test_an_address_that_is_taken_gets_a_number_and_a_typed_one_is_refused(app: Flask) -> None:
    a_row(BRAND, "Loom")
    assert a_row(BRAND, "Loom!").slug == "loom-2"
    with pytest.raises(NameTaken, match="address"):
        a_row(BRAND, "Other", slug="loom")


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("slug", ["Loom", "loom_1", "-loom", "loom--1", "loom/1", "x" * 81, "लूम"])
def test_an_address_has_small_letters_digits_and_dashes(app: Flask, slug: str) -> None:
    with pytest.raises(BadSlug):
        a_row(BRAND, "Loom", slug=slug)


@pytest.mark.covers("CAT-01")
def test_the_shelf_calls_a_brand_by_its_new_name_at_once(app: Flask) -> None:
    product = a_product("Tee", brand="Kora")
    assert records.change(BRAND, product.brand_id, {"name": "Kora Mills"}) is None
    listed = row_of(product)
    assert listed
    assert listed.brand == "Kora Mills"
    assert found("mills") == ["Tee"]


@pytest.mark.covers("CAT-01")
def test_a_colour_shows_its_new_name_on_cards(app: Flask) -> None:
    product = a_product("Tee", colours=("Indigo",))
    records.change(COLOUR, product.variants[0].colour_id, {"name": "Neel", "slug": "neel", "hex": "#112233"})
    listed = row_of(product)
    assert listed
    assert listed.colours == [{"slug": "neel", "name": "Neel", "hex": "#112233"}]


@pytest.mark.covers("CAT-01")
@pytest.mark.usefixtures("by_job")
def test_many_products_are_written_by_a_job(app: Flask) -> None:
    first, _second = a_product("Tee"), a_product("Kurta")
    job = records.change(BRAND, first.brand_id, {"name": "Kora Mills"})
    assert job
    job_id = job.id
    db.session.commit()
    assert found("mills") == []
    run_outbox()
    assert found("mills") == ["Kurta", "Tee"]
    assert db.session.get_one(Job, job_id).outcome == "Listings and search show the change."
    assert audit() == []


@pytest.mark.covers("CAT-02")
@pytest.mark.parametrize("noun", EVERY, ids=lambda noun: noun.key)
def test_what_nothing_hangs_on_is_deleted_and_its_name_is_free(app: Flask, noun: Noun) -> None:
    row = a_row(noun, "Neelpatri", **MORE.get(noun, {}))
    assert remove(noun, row.id).stats == Hanging()
    with pytest.raises(NotFound):
        records.change(noun, row.id, {"name": "Again"})
    assert a_row(noun, "Neelpatri", **MORE.get(noun, {})).slug == "neelpatri"


@pytest.mark.covers("CAT-02")
def test_a_brand_in_use_stays_until_somebody_says_what_becomes_of_its_products(app: Flask) -> None:
    shown, hidden = a_product("Tee", sizes=("S", "M")), a_product("Kurta", published=False)
    guest = a_guest()
    cart_services.add_line(guest, shown.variants[0].id)
    cart_services.wish(guest, shown.id)
    with pytest.raises(StillNamed, match="Kora is in use: 2 products") as refused:
        remove(BRAND, hidden.brand_id)
    assert refused.value.more == {"stats": {
        "products": 2, "on_shelf": 1, "variants": 3, "in_bags": 1, "on_wishlists": 1, "sub_categories": 0}}  # fmt: skip
    assert found("tee") == ["Tee"]


@pytest.mark.covers("CAT-02")
def test_a_cascade_takes_products_off_shelf_bags_and_wishlists_and_leaves_orders(app: Flask) -> None:
    tee_id, kurta_id = a_product("Tee").id, a_product("Kurta", brand="Rangrekha").id
    order = an_order(db.session.get_one(Product, tee_id).variants[0])
    product, other = db.session.get_one(Product, tee_id), db.session.get_one(Product, kurta_id)
    guest = a_guest()
    cart_services.add_line(guest, product.variants[0].id)
    cart_services.wish(guest, product.id)
    gone = remove(BRAND, product.brand_id, cascade=True)
    assert (gone.stats.products, gone.stats.in_bags, gone.stats.on_wishlists) == (1, 1, 1)
    assert again(product).deleted_at is not None
    assert row_of(product) is None
    assert found("tee") == []
    assert row_of(other) is not None
    assert [db.session.scalar(select(func.count()).select_from(one)) for one in (CartLine, WishlistItem)] == [0, 0]
    assert again(order).lines[0].name == "Tee"
    assert audit() == []


@pytest.mark.covers("CAT-02")
def test_products_without_their_occasion_stay(app: Flask) -> None:
    product = a_product("Tee", occasion_id=a_row(OCCASION, "Festive").id)
    list_again(product)
    assert found("festive") == ["Tee"]
    remove(OCCASION, product.occasion_id or 0, cascade=True)
    assert again(product).occasion_id is None
    assert found("tee") == ["Tee"]
    assert found("festive") == []


@pytest.mark.covers("CAT-02")
def test_products_move_to_another_brand_before_theirs_goes(app: Flask) -> None:
    product, rang = a_product("Tee"), a_row(BRAND, "Rangrekha")
    kora = product.brand_id
    with pytest.raises(ShopError, match="another brand"):
        remove_after_moving(BRAND, kora, kora)
    assert remove_after_moving(BRAND, kora, rang.id).stats.products == 1
    assert again(product).brand_id == rang.id
    listed = row_of(product)
    assert listed
    assert listed.brand == "Rangrekha"
    assert again(db.session.get_one(Brand, kora)).deleted_at is not None


@pytest.mark.covers("CAT-02")
def test_a_product_type_or_a_colour_in_use_is_refused_even_with_cascade(app: Flask) -> None:
    product = a_product()
    for noun, row_id in ((PRODUCT_TYPE, product.product_type_id), (COLOUR, product.variants[0].colour_id)):
        with pytest.raises(InUse, match="in use: 1 product"):
            remove(noun, row_id, cascade=True)
