"""One change of many products: every action under the rules of a single edit, in one save, by workers if it is long."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.catalog.models import Brand, ListingRow, Occasion, Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.errors import WrongFields
from shop.lib.jobs import files
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.bulk import editing, low_points
from shop.merchandising.bulk.actions import ACTIONS
from shop.merchandising.bulk.planning import Edit, Selection, preview
from shop.merchandising.services import set_price
from shop.operations.audit import audit
from shop.operations.log import undoing
from shop.stock.models import LedgerEntry, StockLevel
from shop.stock.services import set_reorder_point
from tests.factories import a_product, a_user
from tests.merchandising.csv.files import the_job
from tests.support.outbox import run_outbox
from tests.support.statements import statements


def edited(action: str, value: int, *ids: int, key: str = "key-1", by: int | None = None) -> int:
    """The number of the job that changes these products."""
    db.session.commit()
    with unit_of_work():
        actor = Actor("staff", "Meera Nair", by)
        return editing.edit_products(Selection(ids), Edit(action, value), actor, key, len(ids)).id


def outcome(job_id: int) -> str | None:
    return the_job(job_id).outcome


def report(job_id: int) -> dict[str, Any]:
    return editing.report_of(the_job(job_id))


def three(**more: object) -> list[int]:
    return [a_product(**more).id for _ in range(3)]  # type: ignore[arg-type]


def unpicture(product: Product) -> None:
    """Take a product's pictures away."""
    for picture in product.pictures:
        picture.deleted_at = now()
    db.session.flush()


def values(column: object, ids: Sequence[int]) -> list[object]:
    db.session.rollback()
    of = getattr(column, "class_", None)
    by = Product.id if of is Product else Variant.product_id
    return list(db.session.scalars(select(column).where(by.in_(ids)).order_by(of.id)))  # type: ignore[union-attr, call-overload]


@pytest.mark.covers("CAT-03")
def test_products_are_hidden_and_put_back_on_the_shelf(app: Flask) -> None:
    ids = three()
    assert outcome(edited("hide", 0, *ids)) == "3 products changed."
    assert values(Product.published_at, ids) == [None] * 3
    assert db.session.scalar(select(func.count()).select_from(ListingRow)) == 0
    db.session.get_one(Product, ids[0]).publish_at = now()
    edited("show", 0, *ids, key="key-2")
    assert values(Product.publish_at, ids) == [None] * 3
    assert None not in values(Product.published_at, ids)
    assert db.session.scalar(select(func.count()).select_from(ListingRow)) == 3
    assert audit() == []


def test_what_is_not_ready_for_the_shelf_stays_hidden_and_is_told(app: Flask) -> None:
    good, bare = a_product(published=False), a_product("Bare tee", published=False)
    unpicture(bare)
    ids = [good.id, bare.id]
    job = edited("show", 0, *ids)
    assert outcome(job) == "1 product changed, 1 could not be changed."
    [problem] = report(job)["problems"]
    assert (problem["name"], problem["problem"]) == ("Bare tee", "Add a picture before the product goes on the shelf.")
    assert b"Bare tee,Add a picture" in b"".join(files.parts_of(job, editing.LEFT))
    assert values(Product.published_at, ids)[1] is None


@pytest.mark.covers("CAT-03")
def test_products_get_another_brand_category_and_occasion(app: Flask) -> None:
    ids = three()
    other, festive = a_product(brand="Loom", category="kurtas"), Occasion(slug="festive", name="Festive")
    db.session.add(festive)
    db.session.flush()
    wanted = {Product.brand_id: other.brand_id, Product.category_id: other.category_id, Product.occasion_id: festive.id}
    for column, value in wanted.items():
        action = column.key.removesuffix("_id")
        edited(action, value, *ids, key=action)
        assert values(column, ids) == [value] * 3
    listed = db.session.scalars(select(ListingRow).where(ListingRow.product_id.in_(ids)))
    assert {(row.brand, row.category_path, row.occasion_id) for row in listed} == {("Loom", "kurtas", value)}


def test_nothing_is_given_a_brand_that_is_gone(app: Flask) -> None:
    ids = three()
    with pytest.raises(WrongFields):
        edited("brand", 987654, *ids)


@pytest.mark.covers("CAT-04")
@pytest.mark.parametrize(
    ("action", "value", "prices"),
    [
        ("price_by", -10, (89900, None)),
        ("price", 80000, (80000, None)),
        ("sale", 25, (100000, 75000)),
    ],
)
def test_prices_go_up_and_down_and_on_sale(app: Flask, action: str, value: int, prices: tuple[int, int | None]) -> None:
    price = 99999 if action == "price_by" else 100000
    ids = three(price=price, sizes=("S", "M"))
    edited(action, value, *ids)
    found = zip(values(Variant.price, ids), values(Variant.sale_price, ids), strict=True)
    assert {(one.minor, sale and sale.minor) for one, sale in found} == {prices}  # type: ignore[attr-defined]
    assert audit() == []


def test_a_product_of_which_one_variant_would_cost_too_much_stays_whole(app: Flask) -> None:
    product = a_product("Harbour tee", price=100000, sizes=("S", "M"))
    id, small = product.id, product.variants[0].id
    with unit_of_work():
        set_price(small, Money(50000))
    job = edited("price_by", 20, id)
    [problem] = report(job)["problems"]
    assert problem["problem"] == "Indigo, M: The price cannot be above the MRP, ₹1,000."
    assert values(Variant.price, [id]) == [Money(50000), Money(100000)]


def test_a_sale_is_ended_and_products_are_featured(app: Flask) -> None:
    ids = three(price=100000, sale_price=80000)
    edited("end_sale", 0, *ids)
    assert values(Variant.sale_price, ids) == [None] * 3
    edited("feature", 0, *ids, key="key-2")
    assert None not in values(Product.featured_at, ids)
    assert outcome(edited("feature", 0, *ids, key="key-3")) == "0 products changed, 3 stayed as they were."


@pytest.mark.covers("INV-01")
def test_the_number_at_which_stock_is_low_is_set_and_stands_in_the_ledger(app: Flask) -> None:
    ids = three(sizes=("S", "M"))
    edited("low_at", 7, *ids)
    assert set(db.session.scalars(select(StockLevel.reorder_point))) == {7}
    assert audit() == []


def test_every_action_has_been_tried_here() -> None:
    tried = {"show", "hide", "feature", "unfeature", "brand", "category", "occasion", "price_by", "price", "sale"}
    assert set(ACTIONS) == tried | {"end_sale", "low_at"}


def test_looking_at_an_edit_says_what_making_it_does(app: Flask) -> None:
    ids = three(price=100000)
    db.session.commit()
    seen = preview(Selection(tuple(ids)), Edit("sale", 25))
    told = seen.changes
    assert (seen.total, seen.number("changed")) == (3, 3)
    assert told[0]["lines"] == [{"what": "Sale price of Indigo, M", "before": "–", "after": "₹750"}]
    assert values(Variant.sale_price, ids) == [None] * 3
    assert report(edited("sale", 25, *ids))["changes"] == told


def test_all_that_the_list_shows_is_chosen_and_other_products_by_then_are_refused(app: Flask) -> None:
    a_product("Harbour tee"), a_product("Harbour shirt"), a_product("Plain kurta")
    every, by = Selection(text="harbour", is_all=True), Actor("staff", "Meera Nair")
    db.session.commit()
    assert preview(every, Edit("hide")).total == 2
    with pytest.raises(editing.OthersChosen), unit_of_work():
        editing.edit_products(every, Edit("hide"), by, "key", seen=3)
    with unit_of_work():
        job_id = editing.edit_products(every, Edit("hide"), by, "key", seen=2).id
    assert outcome(job_id) == "2 products changed."


def test_a_double_click_changes_prices_once(app: Flask) -> None:
    ids = three(price=100000)
    first, second = (edited("price_by", -10, *ids) for _ in range(2))
    assert first == second
    assert values(Variant.price, ids) == [Money(90000)] * 3


@pytest.mark.covers("CAT-03", "OPS-03")
def test_an_edit_is_one_save_and_is_undone_whole(app: Flask) -> None:
    user_id = a_user(role="owner").id
    ids = three(price=100000, sizes=("S", "M"))
    job = edited("sale", 25, *ids, by=user_id)
    saved = db.session.scalars(select(AuditEntry).where(AuditEntry.request_id == f"job-{job}")).all()
    assert [(one.table_name, one.user_id) for one in saved] == [("variant", user_id)] * 6
    assert outcome(undone(job)) == "6 changes undone."
    assert values(Variant.sale_price, ids) == [None] * 6
    assert audit() == []


def undone(job_id: int) -> int:
    """The number of the job that undid another, as whoever asked for that one."""
    request_id, by = (job := the_job(job_id)).request_id, job.by
    with unit_of_work():
        undo_id = undoing.start_undo(request_id, by).id
    run_outbox()
    return undo_id


def test_undoing_leaves_what_changed_since(app: Flask) -> None:
    user_id = a_user(role="owner").id
    ids = three(price=100000)
    job = edited("price_by", -10, *ids, by=user_id)
    with unit_of_work():
        set_price(db.session.scalars(select(Variant.id).where(Variant.product_id == ids[1])).one(), Money(70000))
    undo = undone(job)
    assert outcome(undo) == "2 changes undone, 1 could not be."
    assert values(Variant.price, ids) == [Money(100000), Money(70000), Money(100000)]
    assert b"price is" in b"".join(files.parts_of(undo, undoing.LEFT))


def test_whoever_may_not_change_products_any_more_undoes_nothing(app: Flask) -> None:
    ids = three(price=100000)
    job = edited("price_by", -10, *ids, by=a_user(role="support").id)
    assert outcome(undone(job)) == "0 changes undone, 3 could not be."


def test_a_long_edit_is_work_for_workers_and_so_is_undoing_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("editing.AT_ONCE", "editing.A_STEP"):
        monkeypatch.setattr(f"shop.merchandising.bulk.{name}", 2)
    monkeypatch.setattr(undoing, "MOST", 2)
    monkeypatch.setattr(undoing, "A_STEP", 2)
    user_id = a_user(role="owner").id
    ids = [*three(price=100000), *three(price=100000)]
    job = edited("price_by", -10, *ids, by=user_id)
    assert the_job(job).is_open
    run_outbox()
    assert outcome(job) == "6 products changed."
    assert values(Variant.price, ids) == [Money(90000)] * 6
    assert outcome(undone(job)) == "6 changes undone."
    assert values(Variant.price, ids) == [Money(100000)] * 6


def test_looking_costs_the_same_for_many_products(app: Flask) -> None:
    few, many = (Selection(tuple(three(sizes=("S", "M")))) for _ in range(2))
    more = Selection((*many.ids, *three(sizes=("S", "M"))))
    counted = []
    preview(few, Edit("sale", 20))
    for selection in (few, more):
        db.session.rollback()
        with statements() as seen:
            preview(selection, Edit("sale", 20))
        counted.append(len(seen))
    assert counted[0] == counted[1]


@pytest.mark.covers("CAT-03", "INV-01")
def test_low_stock_numbers_are_put_back_but_for_those_set_again_since(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "A_STEP", 2)
    monkeypatch.setattr(low_points, "AT_ONCE", 2)
    ids = three(sizes=("S", "M"))
    job = edited("low_at", 7, *ids)
    first = db.session.scalars(select(Variant).where(Variant.product_id == ids[0]).order_by(Variant.id)).first()
    variant_id, sku = first.id, first.sku
    db.session.commit()
    with unit_of_work():
        set_reorder_point(variant_id, 9, Actor("staff", "Meera Nair"))
    with unit_of_work():
        undo_id = low_points.start_undo(the_job(job), Actor("staff", "Asha Rao")).id
    assert the_job(undo_id).is_open
    run_outbox()
    assert outcome(undo_id) == "5 numbers put back, 1 changed since and was left."
    assert sorted(db.session.scalars(select(StockLevel.reorder_point))) == [5] * 5 + [9]
    assert (
        f"{sku},It changed since: it counts as low at 9 now."
        in b"".join(files.parts_of(undo_id, low_points.LEFT)).decode()
    )
    told = select(func.count()).where(LedgerEntry.note == "Reorder point from 7 to 5", LedgerEntry.actor == "Asha Rao")
    assert db.session.scalar(told) == 5
    assert audit() == []


def test_a_brand_that_is_deleted_meanwhile_fails_the_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "AT_ONCE", 1)
    ids, brand_id = three(), a_product(brand="Loom").brand_id
    job = edited("brand", brand_id, *ids)
    db.session.get_one(Brand, brand_id).deleted_at = now()
    db.session.commit()
    run_outbox()
    assert outcome(job) == "Something the product is sorted by is not there."
