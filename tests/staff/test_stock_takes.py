"""Stock takes: a file of what was counted, looked at, applied in one go."""

import io

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.actor import Actor
from shop.stock import services
from shop.stock.models import LedgerEntry, StockLevel, StockTake
from tests.checkout.buying import an_order_id
from tests.factories import a_product, a_variant
from tests.fulfilment.walk import an_order_that_is
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

pytestmark = pytest.mark.usefixtures("books_balance")

TAKES = "/staff/stock/takes"
MEERA = Actor("staff", "Meera Nair", 1)


def upload(owner: ShopClient, content: str | bytes, name: str = "shelf-4.csv"):
    sent = content.encode() if isinstance(content, str) else content
    return owner.post(TAKES, data={"file": (io.BytesIO(sent), name)})


def uploaded(owner: ShopClient, content: str | bytes) -> str:
    """The address of what an upload would change."""
    answer = upload(owner, content)
    assert answer.status_code == 303, words(answer)
    return str(answer.location)


def on_hand(variant_id: int) -> int:
    return db.session.get_one(StockLevel, variant_id, populate_existing=True).on_hand


@pytest.mark.covers("INV-02")
def test_what_was_counted_is_looked_at_then_applied_with_its_name_in_the_ledger(owner: ShopClient) -> None:
    small, large = a_product("Harbour tee", sizes=("S", "L"), units=5).variants
    ids, rows = (small.id, large.id), f"SKU,Counted\n{small.sku},3\n{large.sku},5\n"
    page = uploaded(owner, rows)
    shown = words(owner.get(page))
    assert "Sizes counted 2" in shown
    assert "Different 1" in shown
    assert "5 3 −2 5" in shown
    assert [on_hand(id) for id in ids] == [5, 5]
    assert owner.post(f"{page}/application").location == page
    assert [on_hand(id) for id in ids] == [3, 5]
    last = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert last is not None
    assert (last.units, last.reason, last.actor, last.note) == (
        -2, "manual", "Meera Nair", "Stock take “shelf-4.csv”")  # fmt: skip
    assert "Applied" in words(owner.get(TAKES))


@pytest.mark.covers("INV-02")
def test_what_orders_took_away_after_the_upload_stays_away(owner: ShopClient) -> None:
    variant = a_variant(units=10)
    id, rows = variant.id, f"SKU,Counted\n{variant.sku},8\n"
    db.session.commit()
    page = uploaded(owner, rows)
    an_order_that_is("shipped", db.session.merge(variant))
    assert on_hand(id) == 9
    owner.post(f"{page}/application")
    assert on_hand(id) == 7


@pytest.mark.covers("INV-02")
def test_a_line_somebody_corrected_meanwhile_is_refused_and_the_rest_is_applied(owner: ShopClient) -> None:
    first, second = a_variant(units=10), a_variant(units=10)
    ids, rows = (first.id, second.id), f"SKU,Counted\n{first.sku},8\n{second.sku},8\n"
    page = uploaded(owner, rows)
    services.adjust(ids[0], to_on_hand=8, actor=MEERA)
    owner.post(f"{page}/application")
    assert "Applied, but for 1" in flashed(owner)
    assert [on_hand(id) for id in ids] == [8, 8]
    assert "Not applied. Somebody corrected it after the upload." in words(owner.get(page))


@pytest.mark.covers("INV-01")
def test_a_line_that_would_leave_less_than_orders_hold_is_refused(owner: ShopClient) -> None:
    variant = a_variant(units=3)
    id, rows = variant.id, f"SKU,Counted\n{variant.sku},0\n"
    page = uploaded(owner, rows)
    an_order_id(db.session.merge(variant))
    owner.post(f"{page}/application")
    assert on_hand(id) == 3
    assert "There cannot be fewer than 1" in words(owner.get(page))


@pytest.mark.covers("INV-02")
def test_a_stock_take_is_applied_once_or_forgotten(owner: ShopClient) -> None:
    variant = a_variant(units=10)
    id, rows = variant.id, f"SKU,Counted\n{variant.sku},8\n"
    first, second = uploaded(owner, rows), uploaded(owner, rows)
    assert owner.post(f"{second}/removal").location == TAKES
    assert owner.get(second).status_code == 404
    for _ in range(2):
        owner.post(f"{first}/application")
    assert "was applied already" in flashed(owner)
    assert on_hand(id) == 8
    owner.post(f"{first}/removal")
    assert owner.get(first).status_code == 200
    assert owner.post(f"{TAKES}/987654/application").status_code == 404


@pytest.mark.covers("INV-02")
@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("NONE-1,3", "No variant on sale has this SKU."),
        ("{sku},-3", "“-3” is no number from 0 to 999999."),
        ("{sku},", "“” is no number"),
        ("{sku},3.5", "“3.5” is no number"),
        ("{sku}", "The row is too short."),
        ("{sku},3\n{sku},4", "This SKU stands in several rows."),
    ],
)
def test_rows_that_mean_nothing_are_named_and_left_out(owner: ShopClient, row: str, wrong: str) -> None:
    variant, other = a_variant(units=5), a_variant(units=5)
    id, other_id = variant.id, other.id
    page = uploaded(owner, f"SKU,Counted\n{row.format(sku=variant.sku)}\n{other.sku},4\n")
    shown = words(owner.get(page))
    assert wrong in shown
    assert "Row SKU What is wrong 2" in shown
    owner.post(f"{page}/application")
    assert (on_hand(id), on_hand(other_id)) == (5, 4)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "The file is empty."),
        ("Name,Pieces\nTee,3\n", "must name the columns SKU and Counted"),
        ("SKU,Counted\n", "no row below its titles"),
        (b"SKU,Counted\n\xff\xfe,3\n", "CSV in UTF-8"),
        ("SKU,Counted\n" + "A,1\n" * 5001, "at most 5000 rows"),
    ],
)
def test_a_file_that_is_no_stock_take_is_refused_in_words(owner: ShopClient, content, says: str) -> None:
    answer = upload(owner, content)
    assert answer.status_code == 422
    assert says in words(answer)
    assert 'aria-invalid="true" data-focus autofocus' in answer.text
    assert db.session.scalars(select(StockTake.id)).all() == []


@pytest.mark.parametrize(
    "write",
    [
        lambda sku: f"\ufeffSKU;Counted\r\n{sku};7\r\n",
        lambda sku: f"sku\tName\tCOUNTED\n{sku}\tTee\t7\n\n",
        lambda sku: f'"SKU","In stock"\n"{sku}","7"\n',
    ],
)
def test_files_of_any_spreadsheet_are_understood(owner: ShopClient, write) -> None:
    variant = a_variant(units=5)
    id = variant.id
    owner.post(f"{uploaded(owner, write(variant.sku))}/application")
    assert on_hand(id) == 7


@pytest.mark.covers("INV-01", "INV-02")
def test_the_desks_own_file_uploaded_unchanged_changes_nothing(owner: ShopClient) -> None:
    a_product("Harbour tee", sizes=("S", "M", "L"), units=5)
    file = owner.get("/staff/stock/sheet").get_data()
    assert "Everything that was counted is as the books say." in words(owner.get(uploaded(owner, file)))


def test_a_long_stock_take_asks_for_all_levels_at_once(owner: ShopClient) -> None:
    variants = a_product(sizes=("S", "M", "L"), colours=("Indigo", "Ecru"), units=5).variants
    rows = "SKU,Counted\n" + "".join(f"{variant.sku},5\n" for variant in variants)
    with statements() as seen:
        page = uploaded(owner, rows)
    assert len(seen) <= BUDGET
    with statements() as seen:
        owner.get(page)
    assert len(seen) <= BUDGET
