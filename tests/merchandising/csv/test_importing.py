"""A file is looked at first and imported after; what is in it already stays untouched."""

import random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from shop.catalog.models import Category, ListingRow, Product, Variant
from shop.extensions import db
from shop.lib import stamp
from shop.lib.jobs import files, running, services
from shop.lib.jobs.states import JobState
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.checks import start_import
from shop.merchandising.csv import grouping
from tests.factories import a_product, list_again
from tests.merchandising.csv.files import MEERA, a_file, checked, exported, imported, problems, read, the_job
from tests.support.barrier import all_at_once
from tests.support.outbox import run_outbox

ROUNDS = 20
NEW = {
    "slug": "harbour-tee", "name": "Harbour tee", "brand": "kora", "category": "t-shirts", "product_type": "T-Shirt",
    "mrp": "1,499", "hsn": "6109", "sku": "H-M", "colour": "Indigo", "size": "M", "price": "1299.50",
}  # fmt: skip


def changes_logged() -> int:
    db.session.commit()
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0


def current_stamp() -> str:
    db.session.rollback()
    found: str = db.session.scalar(text(stamp.READ)) or ""
    return found


def the_product(slug: str = "harbour-tee") -> Product:
    db.session.rollback()
    return db.session.scalars(select(Product).where(Product.slug == slug)).one()


def a_shelf() -> None:
    """Products of every kind: on sale, hidden, sold no more, with texts a spreadsheet would spoil."""
    a_product("=Tee", colours=("Indigo", "Ecru"), sizes=("S", "M"), sale_price=99900, description='+1\r\n\t two, "x"')
    a_product("Plain tee", published=False, sizes=())
    odd = a_product("Odd tee", specifications={"Fit: slim": "yes: very", "GSM": 180, "Care": "a\nb"}, price=100005)
    odd.variants[0].retired_at = odd.created_at
    odd.published_at = None
    list_again(odd)
    db.session.commit()


@pytest.mark.covers("CAT-08")
def test_export_that_comes_back_changes_nothing(app: Flask) -> None:
    a_shelf()
    content, logged, before = exported(), changes_logged(), current_stamp()
    job = imported(content)
    assert (job.result or {})["counts"] == {
        "unchanged_products": 3, "unchanged_variants": 5, "problems": 0,
    }  # fmt: skip
    assert (changes_logged(), current_stamp()) == (logged, before)
    assert exported() == content


@pytest.mark.covers("CAT-08")
def test_whatever_stands_in_texts_an_export_changes_nothing(app: Flask) -> None:
    dice = random.Random(8)
    for number in range(20):
        words = ["".join(dice.choices("'=+-@\t\r\n\",;: a₹é", k=dice.randint(1, 40))) for _ in range(4)]
        more = {"description": words[0], "maker": words[1], "specifications": {words[2]: words[3], "n": number}}
        a_product(published=bool(number % 2), **more).name = f"{dice.choice(words)}{number}"
    db.session.commit()
    counts = (imported(exported()).result or {})["counts"]
    assert counts == {"unchanged_products": 20, "unchanged_variants": 20, "problems": 0}


@pytest.mark.faults
@pytest.mark.covers("CAT-08")
def test_one_file_imported_by_two_at_once_makes_everything_once(app: Flask) -> None:
    assert together(app) == [JobState.DONE, JobState.DONE]
    assert len(the_product("tee-39").variants) == 1


@pytest.mark.faults
def test_control_who_came_second_and_does_not_look_again_would_fail(
    app: Flask, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "sqlite":
        pytest.skip("writers wait for each other at the door of this database")
    monkeypatch.setattr(running, "_came_second", lambda _error: False)
    assert any(JobState.FAILED in together(app, f"round-{number}") for number in range(ROUNDS))


def together(app: Flask, name: str = "tee") -> list[str]:
    """Two imports of one file of new products at the same moment: how each of them ended."""
    a_product()
    rows = [NEW | {"slug": f"{name}-{number}", "sku": f"{name}-{number}"} for number in range(40)]
    checks = [checked(a_file(*rows)).id for _ in range(2)]
    db.session.rollback()
    with unit_of_work():
        jobs = [start_import(check, MEERA).id for check in checks]
    all_at_once(app, lambda number: running.run(services.JobOwed(jobs[number])), 2)
    return [the_job(job_id).state for job_id in jobs]


@pytest.mark.covers("CAT-08", "CAT-03")
def test_a_new_product_comes_in_hidden_with_its_variants(app: Flask) -> None:
    a_product(sizes=("M", "L"))
    second = {
        "slug": "harbour-tee",
        "sku": "H-L",
        "colour": "indigo",
        "size": "l",
        "price": "1299.5",
        "sale_price": "999",
    }
    job = imported(a_file(NEW | {"details": "Fit: Slim\nFabric: Linen"}, second))
    assert job.outcome == "Products: 1 new. Variants: 2 new."
    product = the_product()
    assert (product.name, product.brand.name, product.mrp, product.country_of_origin) == (
        "Harbour tee", "Kora", Money(149900), "India",
    )  # fmt: skip
    assert product.specifications == {"Fit": "Slim", "Fabric": "Linen"}
    assert {v.sku: (v.price.minor, v.sale_price and v.sale_price.minor) for v in product.variants} == {
        "H-M": (129950, None), "H-L": (129950, 99900),
    }  # fmt: skip
    assert (product.is_on_shelf, db.session.get(ListingRow, product.id)) == (False, None)


@pytest.mark.covers("CAT-08", "CAT-04")
def test_measures_of_what_is_packed_come_in_and_go_out_again(app: Flask) -> None:
    a_product()
    imported(a_file(NEW | {"length_mm": "300", "width_mm": "200", "height_mm": "20"}))
    (line,) = read(exported(text="harbour"))
    assert (line["length_mm"], line["width_mm"], line["height_mm"]) == ("300", "200", "20")


@pytest.mark.covers("CAT-08", "CAT-05")
def test_a_product_goes_onto_the_shelf_once_its_pictures_are_described(app: Flask) -> None:
    product = a_product(published=False)
    slug, product.pictures[0].alt = product.slug, ""
    put_on_shelf = a_file({"slug": slug, "on_shelf": "yes"})
    assert "no description yet" in problems(imported(put_on_shelf))[0][2]
    the_product(slug).pictures[0].alt = "The tee from the front"
    assert imported(put_on_shelf).outcome == "Products: 1 changed."
    assert db.session.get_one(ListingRow, the_product(slug).id).slug == slug
    imported(a_file({"slug": slug, "on_shelf": "no"}))
    assert db.session.get(ListingRow, the_product(slug).id) is None


@pytest.mark.covers("CAT-08")
def test_a_file_imported_twice_changes_nothing_the_second_time(app: Flask) -> None:
    a_product()
    imported(a_file(NEW))
    logged, before = changes_logged(), current_stamp()
    assert imported(a_file(NEW)).outcome == "Products: 1 unchanged. Variants: 1 unchanged."
    assert (changes_logged(), current_stamp()) == (logged, before)


@pytest.mark.covers("CAT-08")
def test_looking_at_a_file_tells_what_would_change_and_changes_nothing(app: Flask) -> None:
    product = a_product("Harbour tee", price=149900)
    sku, slug, logged = product.variants[0].sku, product.slug, changes_logged()
    job = checked(a_file({"sku": sku, "price": "1,299"}, NEW))
    assert job.outcome == "Products: 1 new, 1 unchanged. Variants: 1 new, 1 changed. Nothing is changed yet."
    result = job.result or {}
    assert result["changes"][0] == {"row": 2, "what": sku, "column": "price", "before": "1499.00", "after": "1,299"}
    assert changes_logged() == logged
    assert the_product(slug).variants[0].price == Money(149900)


@pytest.mark.covers("CAT-08")
def test_prices_alone_are_changed_by_sku(app: Flask) -> None:
    product = a_product(price=149900)
    sku, slug, name = product.variants[0].sku, product.slug, product.name
    imported(a_file({"SKU": sku, "Price": "1200", "Sale price": "1000"}))
    product = the_product(slug)
    assert (product.name, product.variants[0].price, product.variants[0].sale_price) == (
        name, Money(120000), Money(100000),
    )  # fmt: skip
    assert db.session.get_one(ListingRow, product.id).price == Money(100000)
    imported(a_file({"SKU": sku, "Sale price": ""}))
    assert the_product(slug).variants[0].sale_price is None


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"slug": "Harbour Tee"}, "slug", "small letters"),
        ({"slug": "", "sku": "H-9"}, "slug", "no variant has this SKU"),
        ({"name": ""}, "name", "needs this"),
        ({"name": "x" * 161}, "name", "At most 160"),
        ({"brand": "Korra"}, "brand", "no brand “Korra”. Is it “kora”?"),
        ({"category": "hats"}, "category", "no category “hats”"),
        ({"mrp": "a lot"}, "mrp", "such as 1499"),
        ({"mrp": ""}, "mrp", "needs this"),
        ({"hsn": "61"}, "hsn", "4, 6 or 8 digits"),
        ({"on_shelf": "perhaps"}, "on_shelf", "yes or no"),
        ({"details": "just words"}, "details", "Name: value"),
        ({"price": "1500"}, "price", "above the MRP"),
        ({"price": "0"}, "price", "more than 0"),
        ({"sale_price": "1299.50"}, "sale_price", "below the price"),
        ({"size": "XXXXL"}, "size", "no size “XXXXL”"),
        ({"colour": ""}, "colour", "needs this"),
        ({"weight_grams": "-1"}, "weight_grams", "whole number"),
        ({"sku": "x" * 61}, "sku", "At most 60"),
        ({"on_shelf": "yes"}, "on_shelf", "Add a picture"),
        ({"sku": "", "colour": "", "size": "", "price": ""}, "sku", "needs a variant"),
        ({"on_shelf": "yes", "sold": "no"}, "on_shelf", "needs a variant"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_by_row_and_column(app: Flask, changes: dict[str, str], column: str, words: str) -> None:
    a_product()
    job = checked(a_file({"slug": "other", "sku": ""} | NEW | {"slug": "tee-2", "sku": "T-2"}, NEW | changes))
    ((row, where, said), *_rest) = problems(job)
    assert (row, where) == (3, column)
    assert words in said


@pytest.mark.covers("CAT-08")
def test_a_product_with_a_mistake_is_left_out_whole_and_the_others_come_in(app: Flask) -> None:
    a_product(sizes=("M", "L"))
    wrong = {"slug": "harbour-tee", "sku": "H-L", "colour": "Indigo", "size": "L", "price": "9999"}
    job = imported(a_file(NEW, wrong, NEW | {"slug": "quay-tee", "sku": "Q-M"}))
    assert job.outcome == "Products: 1 new. Variants: 1 new. Problems: 1; rows left out for them: 2."
    assert db.session.scalar(select(func.count(Variant.id)).where(Variant.sku.in_(["H-M", "H-L"]))) == 0
    assert len(the_product("quay-tee").variants) == 1
    listed = b"".join(files.parts_of(job.id, "errors.csv")).decode("utf-8-sig").splitlines()
    assert listed[0] == "row,column,cell,problem"
    assert listed[1].startswith("3,price,9999,")


@pytest.mark.covers("CAT-08")
def test_a_sku_twice_and_a_sku_of_another_product_are_told(app: Flask) -> None:
    other = a_product().variants[0].sku
    rows = (NEW, {"slug": "harbour-tee", "sku": "H-M"}, {"slug": "harbour-tee", "sku": other})
    told = problems(checked(a_file(*rows)))
    assert any(row == 3 and "row 2 already" in said for row, _column, said in told)
    assert any(row == 4 and "belongs to" in said for row, _column, said in told)


def test_lines_of_a_product_may_not_contradict_each_other(app: Flask) -> None:
    a_product()
    told = problems(checked(a_file(NEW, {"slug": "harbour-tee", "name": "Another"})))
    assert told == [(3, "name", "Row 2 says something else about the same product.")]


def test_a_colour_and_size_is_there_once_and_a_variant_keeps_its_own(app: Flask) -> None:
    product = a_product(sizes=("M", "L"))
    slug, (first, _second) = product.slug, [variant.sku for variant in product.variants]
    same = {"slug": slug, "sku": "N-1", "colour": "Indigo", "size": "M", "price": "999"}
    assert "is this colour and size already" in problems(checked(a_file(same)))[0][2]
    assert "keeps its size" in problems(checked(a_file({"sku": first, "size": "L"})))[0][2]


def test_an_mrp_below_a_price_that_the_file_does_not_name_is_told(app: Flask) -> None:
    slug = a_product(price=149900).slug
    assert problems(checked(a_file({"slug": slug, "mrp": "1000"})))[0][:2] == (2, "mrp")


def test_empty_cells_leave_what_must_be_there_and_empty_what_may_be(app: Flask) -> None:
    product = a_product("Harbour tee", price=149900, sale_price=99900, maker="Kora Mills")
    slug, sku = product.slug, product.variants[0].sku
    imported(a_file({"slug": slug, "name": "", "maker": "", "hsn": "6205", "sku": sku, "price": "", "sale_price": ""}))
    product = the_product(slug)
    assert (product.name, product.maker, product.hsn) == ("Harbour tee", "", "6205")
    assert (product.variants[0].price, product.variants[0].sale_price) == (Money(149900), None)


def test_a_product_is_featured_by_a_file_and_keeps_since_when(app: Flask) -> None:
    slug = a_product().slug
    imported(a_file({"slug": slug, "featured": "yes"}))
    since = the_product(slug).featured_at
    assert since is not None
    imported(a_file({"slug": slug, "featured": "yes", "maker": "Kora Mills"}))
    assert the_product(slug).featured_at == since
    imported(a_file({"slug": slug, "featured": "no"}))
    assert the_product(slug).featured_at is None


def test_the_last_variant_on_the_shelf_is_not_taken_from_sale(app: Flask) -> None:
    product = a_product()
    told = problems(checked(a_file({"sku": product.variants[0].sku, "sold": "no"})))
    assert "needs a variant that is sold" in told[0][2]


def test_a_deleted_product_does_not_come_back_by_a_file(app: Flask) -> None:
    product = a_product()
    slug, product.deleted_at = product.slug, product.created_at
    list_again(product)
    assert "was deleted" in problems(checked(a_file(NEW | {"slug": slug})))[0][2]


def test_a_category_is_named_by_path_or_by_a_name_that_only_one_has(app: Flask) -> None:
    a_product()
    for parent in ("men", "women"):
        top = Category(slug=parent, path=parent, name=parent.title())
        db.session.add(top)
        db.session.flush()
        db.session.add(
            Category(slug=f"{parent}-shirts", path=f"{parent}/{parent}-shirts", name="Shirts", parent_id=top.id)
        )
    db.session.commit()
    assert "Several are called “Shirts”" in problems(checked(a_file(NEW | {"category": "Shirts"})))[0][2]
    imported(a_file(NEW | {"category": "Men/men-shirts"}))
    assert the_product().category.slug == "men-shirts"


@pytest.mark.covers("CAT-08")
def test_what_came_in_meanwhile_is_seen_when_the_file_is_imported(app: Flask) -> None:
    """Somebody lowers the MRP between the look and the import."""
    product = a_product(price=100000)
    slug, sku = product.slug, product.variants[0].sku
    product.mrp = Money(200000)
    check_id = checked(a_file({"sku": sku, "price": "1900"})).id
    the_product(slug).mrp = Money(150000)
    db.session.commit()
    with unit_of_work():
        first = start_import(check_id, MEERA).id
    with unit_of_work():
        assert start_import(check_id, MEERA).id == first
    run_outbox()
    assert "above the MRP" in problems(the_job(first))[0][2]
    assert the_product(slug).variants[0].price == Money(100000)


@pytest.mark.covers("CAT-08")
def test_long_files_go_in_steps_whose_products_are_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "LINES_A_STEP", 2)
    a_product(sizes=("S", "M", "L"))
    rows: list[dict[str, Any]] = [
        NEW | {"slug": f"tee-{number}", "sku": f"T-{number}-{size}", "size": size}
        for size in "SML"
        for number in range(4)
    ]
    job = imported(a_file(*rows))
    assert job.outcome == "Products: 4 new. Variants: 12 new."
    assert (job.done, job.total) == (12, 12)
    assert len(the_product("tee-3").variants) == 3


def test_an_import_is_one_save_in_the_log_by_who_asked_for_it(app: Flask) -> None:
    a_product()
    job = imported(a_file(NEW))
    found = db.session.execute(
        select(AuditEntry.table_name, AuditEntry.user_id).where(AuditEntry.request_id == job.request_id)
    )
    assert {(row.table_name, row.user_id) for row in found} == {("product", 7), ("variant", 7)}
