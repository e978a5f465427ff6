"""The owner's stock desk: the list, one variant with its ledger, corrections and their undoing."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.actor import Actor
from shop.stock import services
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel
from tests.checkout.buying import an_order_id
from tests.factories import a_product, a_variant
from tests.fulfilment.walk import an_order_that_is, order_of
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import statements

pytestmark = pytest.mark.usefixtures("books_balance")

STOCK = "/staff/stock"
MEERA = Actor("staff", "Meera Nair", 1)
# The visitor, the settings, and what the menu counts are among them.
MOST_STATEMENTS = 6


def level(variant_id: int) -> tuple[int, int]:
    found = db.session.get_one(StockLevel, variant_id, populate_existing=True)
    return found.on_hand, found.reserved


def entries(variant_id: int) -> list[LedgerEntry]:
    found = select(LedgerEntry).where(LedgerEntry.variant_id == variant_id).order_by(LedgerEntry.id)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def refused(owner: ShopClient, entry_id: int) -> str:
    """What is said when an entry cannot be undone."""
    assert owner.post(f"{STOCK}/ledger/{entry_id}/reversal").status_code == 303
    return flashed(owner)


def typed(variant_id: int, seen: int, **changes: str) -> dict[str, str]:
    """The form of a correction as the page draws it, filled in."""
    return {"way": "count", "units": "7", "reason": "manual", "note": "", "seen": str(seen), "key": "k1"} | changes


@pytest.mark.covers("INV-01")
def test_the_list_says_what_there_is_what_is_kept_and_what_is_for_sale(owner: ShopClient) -> None:
    variant = a_variant(name="Harbour tee", units=4)
    an_order_id(variant)
    variant = db.session.merge(variant)
    assert f"Harbour tee Indigo, M {variant.sku} 4 1 3 Low 5" in words(owner.get(STOCK))


@pytest.mark.covers("INV-01")
@pytest.mark.parametrize(("view", "name"), [("low", "Low tee"), ("out", "Gone tee"), ("reserved", "Kept tee")])
def test_a_view_shows_only_what_is_in_it(owner: ShopClient, view: str, name: str) -> None:
    a_product("Plain tee", units=50)
    a_product("Low tee", units=5)
    a_product("Gone tee", units=0)
    kept = a_variant(name="Kept tee", units=50)
    an_order_id(kept)
    page = words(owner.get(f"{STOCK}?view={view}"))
    assert name in page
    assert "Plain tee" not in page


def test_variants_are_found_by_product_and_sku_in_the_order_that_is_asked_for(owner: ShopClient) -> None:
    small, medium = a_product("Harbour tee", sizes=("S", "M")).variants
    other = a_variant(name="Loom tee", units=3)
    services.adjust(small.id, to_on_hand=1, actor=MEERA)
    assert "Loom tee" not in words(owner.get(STOCK, query_string={"q": "harb"}))
    assert "Nothing fits" in words(owner.get(STOCK, query_string={"q": "harb%"}))
    page = owner.get(STOCK, query_string={"sort": "fewest"}).text
    assert re.findall(r"/staff/stock/(\d+)\"", page) == [str(id) for id in (small.id, other.id, medium.id)]
    assert medium.sku in words(owner.get(STOCK, query_string={"q": medium.sku.lower()}))


@pytest.mark.parametrize("query", ["view=nonsense", "sort=nonsense", "page=0", "page=99999999", "q=%00"])
def test_an_odd_address_shows_the_list(owner: ShopClient, query: str) -> None:
    a_product("Harbour tee")
    assert "Harbour tee" in words(owner.get(f"{STOCK}?{query}"))


def test_list_and_page_cost_the_same_for_many_variants(owner: ShopClient) -> None:
    ids = [v.id for _ in range(4) for v in a_product(sizes=("S", "M", "L"), colours=("Indigo", "Ecru")).variants]
    an_order_id(a_variant())
    for url in (STOCK, f"{STOCK}?view=low&sort=fewest&q=T-", f"{STOCK}/{ids[0]}", f"{STOCK}/sheet"):
        with statements() as seen:
            assert owner.get(url).status_code == 200
        assert len(seen) <= MOST_STATEMENTS, (url, seen)


@pytest.mark.covers("INV-01")
def test_the_file_has_the_same_rows_and_no_cell_that_could_run(owner: ShopClient) -> None:
    a_product("=cmd|' /C calc'!A0", units=3)
    a_product("Gone tee", units=0)
    answer = owner.get(f"{STOCK}/sheet?view=low&sort=fewest")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="stock.csv"'
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(row["Product"], row["For sale"]) for row in rows] == [("Gone tee", "0"), ("'=cmd|' /C calc'!A0", "3")]


@pytest.mark.covers("INV-02")
def test_a_variants_page_tells_every_change_who_why_and_for_which_order(owner: ShopClient) -> None:
    order_id = an_order_that_is("shipped")
    order = order_of(order_id)
    number, id = order.number, order.lines[0].variant_id
    services.adjust(id, by_units=-1, reason=LedgerReason.DAMAGE, note="Moths", actor=MEERA)
    answer = owner.get(f"{STOCK}/{id}")
    page = words(answer)
    assert "−1 Damage Moths Meera Nair" in page
    assert f"−1 Order {number}" in page
    assert f"/staff/orders/{number}" in answer.text
    assert "+10 Opening The shop" in page


@pytest.mark.covers("INV-02")
def test_the_ledger_is_paged(owner: ShopClient) -> None:
    variant = a_variant(units=5)
    for number in range(30):
        services.adjust(variant.id, by_units=1, actor=MEERA, note=f"Found {number}")
    first, second = (words(owner.get(f"{STOCK}/{variant.id}?page={page}")) for page in (1, 2))
    assert "Found 29" in first
    assert "Found 0" not in first
    assert "Found 0" in second


@pytest.mark.covers("INV-02")
@pytest.mark.parametrize(
    ("change", "on_hand", "entry"),
    [
        ({"way": "count", "units": "7"}, 7, (2, "manual")),
        ({"way": "add", "units": "12", "reason": "restock"}, 17, (12, "restock")),
        ({"way": "add", "units": "1", "reason": "return"}, 6, (1, "return")),
        ({"way": "take", "units": "2", "reason": "damage"}, 3, (-2, "damage")),
    ],
)
def test_stock_is_corrected_with_a_reason_and_a_note(owner: ShopClient, change, on_hand, entry) -> None:
    id = a_variant(units=5).id
    assert owner.post(f"{STOCK}/{id}/corrections", data=typed(id, 5, note="Shelf 4", **change)).status_code == 303
    assert level(id) == (on_hand, 0)
    last = entries(id)[-1]
    assert (last.units, last.reason, last.actor, last.note) == (*entry, "Meera Nair", "Shelf 4")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"units": ""}, "Enter how many"),
        ({"units": "-3"}, "Enter a whole number"),
        ({"units": "1e3"}, "Enter a whole number"),
        ({"units": "0", "way": "add"}, "Enter a number from 1"),
        ({"way": "steal"}, "Not a valid choice"),
        ({"reason": "order"}, "Not a valid choice"),
        ({"reason": ""}, "Choose why."),
        ({"way": "take", "reason": "restock"}, "Restock adds pieces"),
        ({"way": "add", "reason": "damage"}, "Damage takes pieces away"),
        ({"units": "0"}, "There cannot be fewer than 1"),
        ({"note": "x" * 301}, "at most 300"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_loses_nothing(owner: ShopClient, change, says) -> None:
    variant = a_variant(units=5)
    id, _ = variant.id, an_order_id(variant)
    answer = owner.post(f"{STOCK}/{id}/corrections", data=typed(id, 5, **{"note": "Typed before"} | change))
    assert answer.status_code == 422
    assert says in words(answer)
    assert 'data-focus autofocus id="error-summary">' in answer.text
    assert "Typed before" in answer.text or "note" in change
    assert (level(id), len(entries(id))) == ((5, 1), 1)


@pytest.mark.covers("INV-02")
def test_a_count_of_stock_that_changed_meanwhile_is_shown_again(owner: ShopClient) -> None:
    id = a_variant(units=5).id
    services.adjust(id, by_units=-1, actor=MEERA)
    answer = owner.post(f"{STOCK}/{id}/corrections", data=typed(id, 5))
    assert answer.status_code == 409
    assert "It changed meanwhile: 4 in stock now" in words(answer)
    assert 'name="seen" value="4"' in answer.text
    assert owner.post(f"{STOCK}/{id}/corrections", data=typed(id, 4, key="k2")).status_code == 303
    assert level(id) == (7, 0)


@pytest.mark.covers("INV-02")
def test_the_same_correction_sent_twice_is_done_once(owner: ShopClient) -> None:
    id = a_variant(units=5).id
    form = typed(id, 5, way="add", units="3", reason="restock")
    assert [owner.post(f"{STOCK}/{id}/corrections", data=form).status_code for _ in range(2)] == [303, 303]
    assert "That was done already" in flashed(owner)
    assert level(id) == (8, 0)
    assert owner.post(f"{STOCK}/{id}/corrections", data=form | {"units": "4"}).status_code == 422
    assert level(id) == (8, 0)


@pytest.mark.covers("INV-02")
def test_a_correction_is_undone_once_by_a_counter_entry(owner: ShopClient) -> None:
    id = a_variant(units=5).id
    services.adjust(id, by_units=3, reason=LedgerReason.RESTOCK, actor=MEERA)
    entry_id = entries(id)[-1].id
    assert owner.post(f"{STOCK}/ledger/{entry_id}/reversal").location == f"{STOCK}/{id}"
    assert [(entry.units, entry.reason, entry.undoes) for entry in entries(id)][-1] == (-3, "restock", entry_id)
    assert level(id) == (5, 0)
    page = owner.get(f"{STOCK}/{id}")
    assert "Undone" in words(page)
    assert f"/ledger/{entry_id}/reversal" not in page.text
    for again in (entry_id, entries(id)[-1].id, entries(id)[0].id):
        assert refused(owner, again).endswith("Only a correction by hand can be undone, and only once.")
    assert level(id) == (5, 0)


@pytest.mark.covers("INV-01")
def test_what_orders_hold_is_not_taken_away_by_undoing(owner: ShopClient) -> None:
    variant = a_variant(units=0)
    services.adjust(variant.id, by_units=2, actor=MEERA)
    id, entry_id = variant.id, entries(variant.id)[-1].id
    an_order_id(variant)
    assert "1 are kept for orders" in refused(owner, entry_id)
    assert level(id) == (2, 1)


@pytest.mark.covers("INV-04")
def test_the_reorder_point_is_set_and_the_ledger_says_who_did(owner: ShopClient) -> None:
    id = a_variant(units=9).id
    assert owner.post(f"{STOCK}/{id}/reorder-point", data={"reorder_point": "9"}).status_code == 303
    assert db.session.get_one(StockLevel, id, populate_existing=True).reorder_point == 9
    last = entries(id)[-1]
    assert (last.units, last.note, last.actor) == (0, "Reorder point from 5 to 9", "Meera Nair")
    assert "Low" in words(owner.get(f"{STOCK}?view=low"))
    assert owner.post(f"{STOCK}/{id}/reorder-point", data={"reorder_point": "few"}).status_code == 422
    assert "Only a correction" in refused(owner, last.id)


def test_who_may_only_see_products_sees_stock_and_changes_none(client: ShopClient) -> None:
    support, id = as_role(client, "support"), a_variant(units=5).id
    page = support.get(f"{STOCK}/{id}")
    assert "Correct the stock" not in page.text
    assert support.post(f"{STOCK}/{id}/corrections", data=typed(id, 5)).status_code == 403
    assert support.post(f"{STOCK}/{id}/reorder-point", data={"reorder_point": "1"}).status_code == 403


def test_a_variant_that_is_not_there_is_not_found(owner: ShopClient) -> None:
    assert owner.get(f"{STOCK}/987654").status_code == 404
    assert owner.post(f"{STOCK}/987654/corrections", data=typed(987654, 5)).status_code == 404
    assert owner.post(f"{STOCK}/ledger/987654/reversal").status_code == 404
