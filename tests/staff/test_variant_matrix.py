"""The variants of a product as a grid: one value of all of them at a time, saved together."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.accounts.services import roles
from shop.catalog.models import Colour, ListingRow, Product, Variant
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.merchandising import services
from shop.merchandising.products.matrix import saving
from shop.operations.audit import audit
from shop.operations.log.undo import undo_save
from shop.stock.models import StockLevel
from shop.stock.services import adjust
from tests.accounts.test_roles import a_role
from tests.checkout.buying import an_order
from tests.factories import a_product, a_user, sign_in
from tests.staff.desk import words
from tests.staff.sheet import Sheet, sheet_of
from tests.staff.test_saves import button_on
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

pytestmark = pytest.mark.covers("CAT-04")
TWO_BY_TWO: dict[str, Any] = {"colours": ("Indigo", "Ecru"), "sizes": ("S", "M")}


def url_of(product: Product | int, show: str = "price") -> str:
    number = product if isinstance(product, int) else product.id
    return f"/staff/products/{number}/matrix" + ("/stock" if show == "stock" else f"?show={show}")


def opened(client: ShopClient, url: str) -> Sheet:
    page = client.get(url)
    assert page.status_code == 200
    return sheet_of(page)


def named(product_id: int) -> dict[str, Variant]:
    """The product's variants as they are now, those that are sold, by colour and size."""
    db.session.commit()
    sold = select(Variant).where(Variant.product_id == product_id, Variant.retired_at.is_(None))
    found = db.session.scalars(sold.execution_options(populate_existing=True))
    return {f"{variant.colour.name}, {variant.size.label}": variant for variant in found}


def values(product_id: int, column: str) -> dict[str, Any]:
    found = {name: getattr(variant, column) for name, variant in named(product_id).items()}
    return {name: value.minor // 100 if isinstance(value, Money) else value for name, value in found.items()}


def test_the_message_after_a_save_undoes_it(owner: ShopClient) -> None:
    id = a_product("Harbour tee", price=149900, **TWO_BY_TWO).id
    url = url_of(id)
    owner.post(url, data=opened(owner, url).form({"Indigo, S": "1,299", "Ecru, M": "999"}))
    undo = button_on(owner, url)
    assert undo
    assert owner.post(undo, headers={"Referer": f"http://localhost{url}"}).location == url
    assert set(values(id, "price").values()) == {1499}


def undo_last_save() -> None:
    """Take back everything the last request changed of variants."""
    theirs = select(AuditEntry.id).where(AuditEntry.table_name == "variant").order_by(AuditEntry.id.desc())
    undo_save(db.session.scalars(theirs).first() or 0, frozenset(Permission))
    db.session.commit()


def test_prices_are_changed_together_and_taken_back_together(owner: ShopClient) -> None:
    id = a_product("Harbour tee", price=149900, **TWO_BY_TWO).id
    url = url_of(id)
    sheet = opened(owner, url)
    assert set(sheet.texts.values()) == {"1499"}
    answer = owner.post(url, data=sheet.form({"Indigo, S": "1,299", "Ecru, M": " 999.50 "}))
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert values(id, "price") == {"Indigo, S": 1299, "Indigo, M": 1499, "Ecru, S": 1499, "Ecru, M": 999}
    assert db.session.get_one(ListingRow, id).price == Money(99950)
    undo_last_save()
    assert set(values(id, "price").values()) == {1499}
    assert audit() == []


@pytest.mark.parametrize(
    ("show", "typed", "column", "kept"),
    [
        ("sale", "999", "sale_price", 999), ("sale", "-20%", "sale_price", 1199), ("sku", "HT-1", "sku", "HT-1"),
        ("weight", "310", "weight_grams", 310), ("dimensions", "300x200 * 20", "width_mm", 200),
    ],
)  # fmt: skip
def test_every_value_has_its_grid(owner: ShopClient, show: str, typed: str, column: str, kept: object) -> None:
    id = a_product("Harbour tee", price=149900, **TWO_BY_TWO).id
    before = values(id, column)
    url = url_of(id, show)
    assert owner.post(url, data=opened(owner, url).form({"Ecru, S": typed})).status_code == 303
    assert values(id, column) == before | {"Ecru, S": kept}
    assert owner.post(url, data=opened(owner, url).form()).status_code == 303
    assert values(id, column) == before | {"Ecru, S": kept}


def test_a_price_where_nothing_is_sold_makes_the_variant(owner: ShopClient) -> None:
    product = a_product("Harbour tee", colours=("Indigo",), sizes=("S", "M"), price=149900)
    id, slug = product.id, product.slug
    a_product(colours=("Ecru",))
    ecru = db.session.scalars(select(Colour.id).where(Colour.slug == "ecru")).one()
    grown = owner.post(url_of(id), data=opened(owner, url_of(id)).form(shape="add-colour", new_colour=str(ecru)))
    sheet = sheet_of(grown)
    assert (sheet.texts["Ecru, S"], "data-gap" in grown.text) == ("", True)
    saved = owner.post(url_of(id), data=sheet.form({"Ecru, S": "1399"}, colour=str(ecru)))
    assert saved.status_code == 303
    assert values(id, "price") == {"Indigo, S": 1499, "Indigo, M": 1499, "Ecru, S": 1399}
    made = named(id)["Ecru, S"]
    assert (made.sku, made.weight_grams) == (f"{slug}-ECRU-S".upper(), 220)
    assert db.session.get_one(StockLevel, made.id).on_hand == 0
    assert [colour["slug"] for colour in db.session.get_one(ListingRow, id).colours] == ["indigo", "ecru"]
    assert audit() == []


def test_a_tick_makes_a_variant_takes_it_away_and_brings_it_back(owner: ShopClient) -> None:
    id, url = (product := a_product(price=149900, **TWO_BY_TWO)).id, url_of(product, "sold")
    variant_id = named(id)["Ecru, M"].id
    assert owner.post(url, data=opened(owner, url).form({"Ecru, M": ""})).status_code == 303
    assert "Ecru, M" not in named(id)
    assert opened(owner, url_of(id, "weight")).texts.keys() == {"Indigo, S", "Indigo, M", "Ecru, S"}
    assert owner.post(url, data=opened(owner, url).form({"Ecru, M": "y"})).status_code == 303
    assert named(id)["Ecru, M"].id == variant_id
    assert audit() == []


def test_something_of_a_product_on_the_shelf_stays_sold_also_when_a_save_is_undone(owner: ShopClient) -> None:
    id, url = (product := a_product(price=149900, **TWO_BY_TWO)).id, url_of(product, "sold")
    nothing = dict.fromkeys(named(id), "")
    refused = owner.post(url, data=opened(owner, url).form(nothing))
    assert refused.status_code == 422
    assert "comes in at least one colour and size" in words(refused)
    assert set(sheet_of(refused).texts.values()) == {""}
    assert owner.post(url, data=opened(owner, url).form(nothing | {"Ecru, S": "y"})).status_code == 303
    assert owner.post(url, data=opened(owner, url).form({"Ecru, S": ""}, shape="")).status_code == 422
    undo_last_save()
    assert len(named(id)) == 4


def test_a_cell_somebody_else_changed_is_named_with_both_values(owner: ShopClient) -> None:
    id = a_product(price=149900, **TWO_BY_TWO).id
    sheet, variants = opened(owner, url_of(id)), named(id)
    for name in ("Indigo, S", "Ecru, S"):
        services.set_price(variants[name].id, Money(139900))
    db.session.commit()
    answer = owner.post(url_of(id), data=sheet.form({"Indigo, S": "1299", "Indigo, M": "1199"}))
    assert answer.status_code == 409
    assert "Indigo, S : It changed meanwhile: 1399 now. Save again to replace it." in words(answer)
    assert "Ecru, S :" not in words(answer)
    again = sheet_of(answer)
    assert (again.texts["Indigo, S"], again.texts["Indigo, M"], again.texts["Ecru, S"]) == ("1299", "1199", "1399")
    assert values(id, "price") == {"Indigo, S": 1399, "Indigo, M": 1499, "Ecru, S": 1399, "Ecru, M": 1499}
    assert owner.post(url_of(id), data=again.form()).status_code == 303
    assert values(id, "price") == {"Indigo, S": 1299, "Indigo, M": 1199, "Ecru, S": 1399, "Ecru, M": 1499}


def test_without_the_look_at_what_was_seen_a_change_would_be_overwritten(
    owner: ShopClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(saving, "_check", lambda *_: None)
    id = a_product(price=149900, **TWO_BY_TWO).id
    sheet = opened(owner, url_of(id))
    services.set_price(named(id)["Indigo, S"].id, Money(139900))
    db.session.commit()
    assert owner.post(url_of(id), data=sheet.form({"Indigo, S": "1299"})).status_code == 303


@pytest.mark.parametrize(
    ("show", "typed", "says"),
    [
        ("price", "abc", "Enter an amount"), ("price", "", "Enter a price"), ("price", "2000", "above the MRP"),
        ("sale", "1499", "below the price"), ("sku", " ", "1 to 60 characters"),
        ("sku", "S" * 61, "1 to 60 characters"), ("weight", "100000", "at most"), ("weight", "1.5", "whole number"),
        ("dimensions", "300 x 200", "length × width × height"), ("dimensions", "300 x 200 x 123456", "length ×"),
        ("stock", "-1", "whole number"), ("stock", "", "how many"), ("stock", "1", "fewer than 2"),
    ],
)  # fmt: skip
def test_a_refused_cell_is_named_and_nothing_typed_is_lost(owner: ShopClient, show: str, typed: str, says: str) -> None:
    product = a_product(price=149900, units=5, **TWO_BY_TWO)
    id, url = product.id, url_of(product, show)
    an_order(named(id)["Ecru, M"], quantity=2)
    db.session.commit()
    sheet = opened(owner, url)
    fine = {"price": "1199", "sale": "99", "sku": "FINE", "weight": "9", "dimensions": "1 x 2 x 3", "stock": "9"}[show]
    answer = owner.post(url, data=sheet.form({"Ecru, M": typed, "Indigo, S": fine}))
    assert answer.status_code == 422
    assert "Ecru, M :" in words(answer)
    assert says in words(answer)
    assert 'aria-invalid="true" aria-describedby="error-' in answer.text
    assert (sheet_of(answer).texts["Ecru, M"], sheet_of(answer).texts["Indigo, S"]) == (typed, fine)
    assert opened(owner, url).texts == sheet.texts


def test_the_pattern_makes_skus_that_are_looked_at_before_they_are_kept(owner: ShopClient) -> None:
    product = a_product("Harbour tee", **TWO_BY_TWO)
    id, slug, url = product.id, product.slug.upper(), url_of(product, "sku")
    shown = sheet_of(owner.post(url, data=opened(owner, url).form(shape="fill-all", fill="{style}_{colour}-{size}")))
    assert shown.texts["Ecru, M"] == f"{slug}_ECRU-M"
    assert named(id)["Ecru, M"].sku == f"T-{id}-ECRU-M"
    assert owner.post(url, data=shown.form()).status_code == 303
    assert named(id)["Ecru, M"].sku == f"{slug}_ECRU-M"
    double = sheet_of(owner.post(url, data=opened(owner, url).form(shape="fill-all", fill="{style}-{size}")))
    refused = owner.post(url, data=double.form())
    assert refused.status_code == 409
    assert words(refused).count(f"Another variant has the SKU {slug}-M.") == 4
    taken = a_product("Quay tee").variants[0].sku
    assert f"Another variant has the SKU {taken}." in words(
        owner.post(url, data=opened(owner, url).form({"Ecru, M": taken}))
    )


def test_rows_and_columns_are_filled_and_gaps_only_if_wanted(owner: ShopClient) -> None:
    product = a_product(price=149900, colours=("Indigo", "Ecru"), sizes=("S", "M"))
    ecru_m = named(product.id)["Ecru, M"]
    url, colour, size = url_of(product), ecru_m.colour_id, ecru_m.size_id
    gone = opened(owner, url_of(product, "sold")).form({"Ecru, M": ""})
    owner.post(url_of(product, "sold"), data=gone)

    def filled(shape: str, **more: str) -> dict[str, str]:
        form = opened(owner, url).form(shape=shape, fill="1299", **more)
        return {name: text for name, text in sheet_of(owner.post(url, data=form)).texts.items() if text == "1299"}

    assert filled(f"fill-colour-{colour}").keys() == {"Ecru, S"}
    assert filled(f"fill-size-{size}").keys() == {"Indigo, M"}
    assert filled(f"fill-colour-{colour}", makes="y").keys() == {"Ecru, S", "Ecru, M"}
    assert filled("fill-all").keys() == {"Indigo, S", "Indigo, M", "Ecru, S"}
    assert set(values(product.id, "price").values()) == {1499}


def test_a_colour_the_shop_does_not_have_is_made_beside_what_was_typed(owner: ShopClient) -> None:
    product = a_product(price=149900, **TWO_BY_TWO)
    id, url = product.id, url_of(product)
    form = opened(owner, url).form({"Ecru, S": "1299"}, shape="new-colour", name="Marigold", hex="#E8A317")
    shown = owner.post(url, data=form)
    marigold = db.session.scalars(select(Colour).where(Colour.name == "Marigold")).one()
    assert (marigold.hex, sheet_of(shown).texts["Ecru, S"]) == ("#E8A317", "1299")
    assert sheet_of(shown).texts["Marigold, S"] == ""
    assert f'name="colour" value="{marigold.id}"' in shown.text
    twice = owner.post(url, data=form)
    assert twice.status_code == 422
    assert "This name is taken" in words(twice)
    assert len(named(id)) == 4


def test_stock_is_counted_through_its_ledger(owner: ShopClient) -> None:
    id = a_product(units=5, **TWO_BY_TWO).id
    url = url_of(id, "stock")
    sheet = opened(owner, url)
    adjust(named(id)["Indigo, M"].id, by_units=-1, actor=SYSTEM)
    db.session.commit()
    refused = owner.post(url, data=sheet.form({"Indigo, M": "7", "Ecru, S": "0"}))
    assert "Indigo, M : It changed meanwhile: 4 now" in words(refused)
    assert owner.post(url, data=sheet_of(refused).form()).status_code == 303
    left = {name: db.session.get_one(StockLevel, variant.id).on_hand for name, variant in named(id).items()}
    assert left == {"Indigo, S": 5, "Indigo, M": 7, "Ecru, S": 0, "Ecru, M": 5}
    assert audit() == []


def test_each_tab_needs_the_permission_of_what_it_changes(client: ShopClient) -> None:
    product = a_product()
    counter = a_user()
    roles.give_role(counter, a_role("Counter", frozenset({Permission.STOCK_ADJUST})).name)
    sign_in(client, counter)
    page = client.get(url_of(product, "stock"))
    assert page.status_code == 200
    assert "?show=price" not in page.text
    assert client.get(url_of(product)).status_code == 403
    clerk = a_user()
    roles.give_role(clerk, a_role("Shelf", frozenset({Permission.PRODUCT_UPDATE})).name)
    sign_in(client, clerk)
    page = client.get(url_of(product))
    assert "matrix/stock" not in page.text
    assert "Add the new colour" not in page.text
    assert client.post(url_of(product), data={"shape": "new-colour", "name": "Marigold"}).status_code == 200
    assert db.session.scalar(select(Colour.id).where(Colour.name == "Marigold")) is None
    assert client.get(url_of(987654)).status_code == 404
    assert client.post(url_of(987654), data={"place": "1-1"}).status_code == 404


def test_a_large_grid_costs_as_many_statements_as_a_small_one(owner: ShopClient) -> None:
    shown, saved = [], []
    for colours, sizes in ((3, 6), (10, 12)):
        hues, letters = [f"Hue {number}" for number in range(colours)], [f"W{number}" for number in range(sizes)]
        url = url_of(a_product(price=149900, colours=hues, sizes=letters))
        with statements() as seen:
            sheet = opened(owner, url)
        shown.append(len(seen))
        with statements() as seen:
            assert owner.post(url, data=sheet.form(dict.fromkeys(sheet.texts, "1299"))).status_code == 303
        saved.append(len([one for one in seen if not one.startswith(("UPDATE", "INSERT"))]))
        opened(owner, url)  # It carries the message of the save away.
    assert shown[0] == shown[1] <= BUDGET
    assert saved[0] == saved[1]
