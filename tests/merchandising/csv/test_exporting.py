"""The owner's list as a file."""

import pytest
from flask import Flask

from shop.extensions import db
from shop.lib.money import Money
from shop.lib.sheets import bared, cell, lines
from shop.merchandising.csv import exporting
from tests.factories import a_product, list_again
from tests.merchandising.csv.files import exported, read


@pytest.mark.covers("CAT-08")
def test_each_variant_has_a_line_and_the_product_its_cells_in_the_first(app: Flask) -> None:
    product = a_product("Harbour tee", colours=("Indigo", "Ecru"), price=149950, sale_price=99900)
    slug, skus = product.slug, [variant.sku for variant in product.variants]
    first, second = read(exported())
    assert first["slug"] == second["slug"] == slug
    assert (first["name"], first["brand"], first["mrp"], first["on_shelf"]) == ("Harbour tee", "Kora", "1499.50", "yes")
    assert (second["name"], second["mrp"]) == ("", "")
    assert [line["sku"] for line in (first, second)] == skus
    assert [(line["colour"], line["size"]) for line in (first, second)] == [("Indigo", "m"), ("Ecru", "m")]
    assert (first["price"], first["sale_price"], first["sold"]) == ("1499.50", "999.00", "yes")


@pytest.mark.covers("CAT-08")
def test_the_file_holds_what_the_list_showed_and_nothing_else(app: Flask) -> None:
    shown, hidden = a_product("Harbour tee").slug, a_product("Harbour stole", published=False).slug
    a_product("Plain kurta")
    assert {line["slug"] for line in read(exported(text="harb"))} == {shown, hidden}
    assert {line["slug"] for line in read(exported(text="harb", view="hidden"))} == {hidden}
    assert read(exported(text="nothing like it")) == []


def test_a_product_without_variants_has_a_line_of_its_own(app: Flask) -> None:
    slug = a_product(sizes=(), published=False).slug
    (line,) = read(exported())
    assert (line["slug"], line["sku"], line["price"]) == (slug, "", "")


@pytest.mark.covers("CAT-08")
def test_long_lists_are_written_step_by_step_and_hold_each_product_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PRODUCTS_A_STEP", 2)
    slugs = [a_product().slug for _ in range(5)]
    assert [line["slug"] for line in read(exported())] == slugs


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize("text", ["=1+1", "+91", "-5", "@SUM(A1)", "\tx", "\rx", "'=1", "''@x"])
def test_a_cell_a_spreadsheet_would_calculate_is_marked_and_read_back_as_it_was(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert bared(cell(text)) == text


@pytest.mark.parametrize("text", ["", "Plain tee", "'70s tee", "a=b", "5 - 3", "₹1"])
def test_other_cells_stand_as_they_are(text: str) -> None:
    assert (cell(text), bared(text)) == (text, text)


@pytest.mark.covers("CAT-08")
def test_formulas_in_names_leave_the_shop_as_text(app: Flask) -> None:
    product = a_product('=HYPERLINK("https://evil.example","Tee")')
    product.description = "+1\nsecond, line"
    product.mrp = Money(200000)
    list_again(product)
    db.session.commit()
    (line,) = read(exported())
    assert line["name"] == '\'=HYPERLINK("https://evil.example","Tee")'
    assert line["description"] == "'+1\nsecond, line"


def test_lines_end_as_the_standard_says() -> None:
    assert lines([["a", "b\nc"]]) == 'a,"b\nc"\r\n'
