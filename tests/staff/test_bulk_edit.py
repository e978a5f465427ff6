"""Many products changed from the list: chosen, looked at, applied, undone."""

import re

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.jobs.models import Job
from shop.lib.money import Money
from shop.stock.models import StockLevel
from tests.factories import a_product, sign_in
from tests.merchandising.test_bulk import unpicture
from tests.staff.desk import HTMX, flashed, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

BULK = "/staff/products/bulk"


def prices() -> list[Money]:
    db.session.rollback()
    return list(db.session.scalars(select(Variant.price).order_by(Variant.id)))


def drawn(page: str) -> dict[str, object]:
    """The hidden fields of the form that applies an edit."""
    form = page.rpartition(f'action="{BULK}" method="post"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return {name: value for name, value in found.items() if name != "csrf_token"}


@pytest.mark.covers("CAT-03", "CAT-04")
def test_owner_ticks_products_looks_at_the_change_makes_it_and_undoes_it(owner: ShopClient) -> None:
    ids = [a_product(f"Tee {number}", price=100000).id for number in range(3)]
    listed = owner.get("/staff/products").text
    assert f'name="product" value="{ids[0]}" form="bulk"' in listed
    assert "Edit all 3 matching" in listed
    chosen = {"action": "price_by", "product": ids[:2]}
    asked = owner.get(BULK, query_string=chosen)
    assert "2 products chosen" in words(asked)
    assert "change" not in words(asked).partition("2 products chosen")[2]
    seen = owner.get(BULK, query_string=chosen | {"value": "-10"})
    assert "2 of 2 change" in words(seen)
    assert "Price of Indigo, M: ₹1,000 → ₹900" in words(seen)
    sent = drawn(seen.text)
    report = owner.post(BULK, data=sent).location
    assert owner.post(BULK, data=sent).location == report
    assert prices() == [Money(90000), Money(90000), Money(100000)]
    assert "2 products changed." in words(owner.get(report))
    undone = owner.post(f"{report}/removal").location
    assert "2 changes undone." in words(owner.get(undone))
    assert owner.post(f"{report}/removal").location == undone
    assert prices() == [Money(100000)] * 3


@pytest.mark.covers("INV-01")
def test_numbers_at_which_stock_is_low_are_undone_like_any_other_edit(owner: ShopClient) -> None:
    id = a_product("Harbour tee", sizes=("S", "M")).id
    seen = owner.get(BULK, query_string={"action": "low_at", "product": id, "value": "8"})
    report = owner.post(BULK, data=drawn(seen.text)).location
    page = owner.get(report)
    assert f'action="{report}/removal"' in page.text
    assert "_replaced" not in page.text
    undone = owner.post(f"{report}/removal").location
    assert "2 numbers put back." in words(owner.get(undone))
    assert owner.post(f"{report}/removal").location == undone
    db.session.rollback()
    assert set(db.session.scalars(select(StockLevel.reorder_point))) == {5}


def test_all_that_match_are_changed_and_what_cannot_be_is_told_before_and_after(owner: ShopClient) -> None:
    a_product("Harbour tee", published=False)
    bare = a_product("Harbour shirt", published=False)
    unpicture(bare)
    a_product("Plain kurta", published=False)
    seen = owner.get(BULK, query_string={"all": "1", "q": "harbour", "view": "hidden", "action": "show"})
    assert "2 products chosen" in words(seen)
    assert "1 of 2 change 1 cannot be changed and stays as it is." in words(seen)
    assert "Harbour shirt Add a picture" in words(seen)
    page = words(owner.get(owner.post(BULK, data=drawn(seen.text)).location))
    assert "1 product changed, 1 could not be changed." in page
    assert "Harbour shirt Add a picture" in page
    on_shelf = select(Product.name).where(Product.published_at.is_not(None))
    assert db.session.scalars(on_shelf).all() == ["Harbour tee"]


@pytest.mark.parametrize(
    ("action", "value", "says"),
    [
        ("price_by", "0", "from -90 to 200"),
        ("price_by", "x", "from -90 to 200"),
        ("price", "", "Enter a value"),
        ("price", "-5", "Enter an amount"),
        ("sale", "95", "from 1 to 90"),
        ("brand", "987654", "Not a valid choice"),
        ("low_at", "", "Enter a value"),
    ],
)
def test_a_value_that_makes_no_sense_changes_nothing(owner: ShopClient, action: str, value: str, says: str) -> None:
    id = a_product(price=100000).id
    chosen = {"action": action, "product": [str(id)], "value": value}
    for answer in (owner.get(BULK, query_string=chosen), owner.post(BULK, data=chosen | {"seen": "1"})):
        assert answer.status_code == 422
        assert says in words(answer)
    assert prices() == [Money(100000)]


def test_products_that_fit_by_now_and_were_not_looked_at_are_not_changed(owner: ShopClient) -> None:
    a_product("Harbour tee")
    seen = drawn(owner.get(BULK, query_string={"all": "1", "action": "hide"}).text)
    a_product("Harbour shirt")
    answer = owner.post(BULK, data=seen)
    assert answer.status_code == 409
    assert "Meanwhile 2 products fit" in words(answer)
    assert db.session.scalars(select(Job)).all() == []


def test_nothing_chosen_and_nothing_to_do_have_their_own_pages(owner: ShopClient) -> None:
    assert "No product is chosen" in words(owner.get(BULK, query_string={"action": "hide"}))
    assert "No product is chosen" in words(owner.get(BULK, query_string={"action": "hide", "product": "987654"}))
    id = a_product().id
    nothing = owner.get(BULK, query_string={"action": "show", "product": id})
    assert "0 of 1 change 1 is so already, and stays as it is." in words(nothing)
    assert f'action="{BULK}" method="post"' not in nothing.text
    assert owner.get(BULK, query_string={"action": "explode", "product": id}).status_code == 404


def test_many_products_go_to_the_job_that_changes_them(owner: ShopClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("planning.AT_ONCE", "editing.AT_ONCE"):
        monkeypatch.setattr(f"shop.merchandising.bulk.{name}", 2)
    for _ in range(3):
        a_product()
    seen = owner.get(BULK, query_string={"all": "1", "action": "hide"})
    assert "These are the first 2 of 3." in words(seen)
    job = owner.post(BULK, data=drawn(seen.text)).location
    assert job.startswith("/staff/jobs/")
    run_outbox()
    page = owner.get(job)
    assert "3 products changed." in words(page)
    assert f"{BULK}/{job.rpartition('/')[2]}" in page.text


def test_who_may_not_touch_stock_is_not_offered_its_numbers(client: ShopClient) -> None:
    from tests.matrix.people import holding

    person, _visitor = holding({Permission.PRODUCT_READ, Permission.PRODUCT_UPDATE}, "editors")
    sign_in(client, person)
    id = a_product().id
    listed = client.get("/staff/products").text
    assert 'value="price_by"' in listed
    assert 'value="low_at"' not in listed
    assert client.get(BULK, query_string={"action": "low_at", "product": id}).status_code == 404
    assert client.post(BULK, data={"action": "hide", "product": id, "seen": "1"}).status_code == 403


def test_looking_at_many_products_costs_the_same(owner: ShopClient) -> None:
    ids = [a_product(sizes=("S", "M")).id for _ in range(5)]
    with statements() as seen:
        assert owner.get(BULK, query_string={"action": "end_sale", "product": ids}).status_code == 200
    assert len(seen) <= BUDGET


@pytest.mark.covers("CAT-03")
def test_a_product_is_hidden_and_shown_in_the_list(owner: ShopClient) -> None:
    id = a_product("Harbour tee").id
    hidden = owner.post(f"/staff/products/{id}/shelf", data={}, headers=HTMX)
    assert "Harbour tee is hidden." in words(hidden)
    assert db.session.get_one(Product, id, populate_existing=True).published_at is None
    shown = owner.post(f"/staff/products/{id}/shelf", data={"on": "y"})
    assert shown.location == "/staff/products"
    assert db.session.get_one(Product, id, populate_existing=True).published_at


def test_a_product_that_is_not_ready_stays_hidden_and_the_list_says_why(owner: ShopClient) -> None:
    product = a_product("Bare tee", published=False)
    unpicture(product)
    id = product.id
    answer = owner.post(f"/staff/products/{id}/shelf", data={"on": "y"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Add a picture" in words(answer)
    owner.post(f"/staff/products/{id}/shelf", data={"on": "y"})
    assert "Add a picture" in flashed(owner)
