"""One step for many orders, and what the owner writes on one."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.aftersales.services import cancel_order
from shop.fulfilment import waybills
from shop.fulfilment.waybills import Waybill
from shop.lib import outbox
from shop.lib.actor import SYSTEM
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.queries import rows
from tests.checkout.buying import an_order_id
from tests.factories import a_customer, a_user
from tests.fulfilment.walk import act, an_order_that_is, order_of, parcel_of
from tests.staff.desk import as_role, words
from tests.support.shops import ShopClient
from tests.support.statements import statements

pytestmark = pytest.mark.usefixtures("books_balance")

BULK, FILE = "/staff/order-bulk", "/staff/orders/shipping"
HEAD = "number,carrier,awb"


def row(order_id: int, awb: str, carrier: str = "Delhivery") -> str:
    return f"{order_of(order_id).number},{carrier},{awb}"


@pytest.mark.covers("ORD-07")
def test_ticked_orders_move_and_the_page_says_which_did_not(owner: ShopClient) -> None:
    cash, unpaid, sent = an_order_that_is("placed"), an_order_id(payment="card"), an_order_that_is("shipped")
    answer = owner.post(BULK, data={"step": "confirm", "order": [cash, unpaid, sent, 987654]})
    page = words(answer)
    assert answer.status_code == 200
    assert "1 done, 2 not moved." in page
    assert "This order is not paid yet" in page
    assert "This order is shipped, so it cannot become confirmed." in page
    assert [order_of(one).state for one in (cash, unpaid, sent)] == ["confirmed", "placed", "shipped"]
    assert order_of(cash).history[-1].actor == "Meera Nair"


@pytest.mark.covers("ORD-07")
def test_a_second_click_changes_nothing(owner: ShopClient) -> None:
    order_id = an_order_that_is("confirmed")
    pages = [words(owner.post(BULK, data={"step": "pack", "order": order_id})) for _ in range(2)]
    assert "1 done." in pages[0]
    assert "0 done, 1 there already." in pages[1]
    assert [move.to_state for move in order_of(order_id).moves].count("packed") == 1


@pytest.mark.covers("ORD-07")
def test_what_was_moved_can_go_on_from_there_and_what_was_not_cannot(owner: ShopClient) -> None:
    cash, unpaid = an_order_that_is("placed"), an_order_id(payment="card")
    text = owner.post(BULK, data={"step": "confirm", "order": [cash, unpaid]}).text
    assert f'name="order" value="{cash}"' in text
    assert f'name="order" value="{unpaid}"' not in text
    assert [said in text for said in ("Pack it", "Back to “To confirm”", "view=confirm")] == [True, True, True]
    text = owner.post(BULK, data={"step": "pack", "order": cash}).text
    assert [said in text for said in ("Packing slips", "Ship from a file", "Pick list")] == [True, True, False]


@pytest.mark.covers("ORD-07")
def test_all_of_a_page_are_ticked_without_a_script_and_a_view_offers_what_it_waits_for(owner: ShopClient) -> None:
    order_id = an_order_that_is("placed")
    box = f'name="order" value="{order_id}" form="chosen"'
    plain = owner.get("/staff/orders?view=confirm")
    assert [f"{box} checked" in plain.text, f"{box}>" in plain.text] == [False, True]
    assert "view=confirm&amp;page=1&amp;ticked=1" in plain.text
    assert f"{box} checked" in owner.get("/staff/orders?view=confirm&ticked=1").text
    assert ["Confirm those ticked" in plain.text, "Pack those ticked" in plain.text] == [True, False]
    act(cancel_order, order_of(order_id), SYSTEM)
    assert box not in owner.get("/staff/orders?view=closed").text


def test_without_a_tick_or_with_an_odd_step_nothing_happens(owner: ShopClient) -> None:
    assert owner.post(BULK, data={"step": "confirm"}).status_code in {303, 422}
    assert owner.post(BULK, data={"step": "deliver", "order": 1}).status_code == 404
    assert owner.post(BULK, data={"step": "confirm", "order": ["x", "-1", "9" * 30]}).status_code == 200


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize("paper", ["pick-list", "packing-slips"])
def test_ticked_orders_come_on_one_paper(owner: ShopClient, paper: str) -> None:
    ids = [an_order_that_is("confirmed"), an_order_that_is("packed")]
    answer = owner.post(f"{BULK}/{paper}", data={"order": [*ids, 987654]})
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert owner.post(f"{BULK}/{paper}").status_code in {303, 422}


@pytest.mark.covers("ORD-07")
def test_a_file_is_looked_at_row_by_row_before_anything_is_shipped(owner: ShopClient) -> None:
    packed, placed = an_order_that_is("packed"), an_order_that_is("placed")
    sent = "\n".join([HEAD, row(packed, "DL 1"), row(placed, "DL 2"), "ORD-1999-0001,Ekart,E1", row(placed, "DL 1"),
                      ",Ekart,E9", row(packed, "=1+1"), row(placed, "DL 3", "")])  # fmt: skip
    page = words(owner.post(FILE, data={"file": (io.BytesIO(sent.encode()), "awb.csv")}))
    for said in ("1 of 7 rows can be shipped", "It is placed: only what is packed can be shipped.",
                 "There is no such order.", "Row 2 has this tracking number already.", "Say which order it is.",
                 "Give the tracking number", "Say who carries it"):  # fmt: skip
        assert said in page
    assert order_of(packed).state == "packed"


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize(
    "head", ["order no;courier;tracking", "Order Number\tCarrier\tTracking Number", "number,carrier,awb"]
)
def test_a_carriers_own_words_and_separators_are_understood(owner: ShopClient, head: str) -> None:
    between = next(one for one in (";", "\t", ",") if one in head)
    line = row(an_order_that_is("packed"), "DL 1").replace(",", between)
    assert "1 of 1 rows can be shipped" in words(owner.post(FILE, data={"rows": f"{head}\n{line}"}))


def test_more_rows_than_packed_parcels_are_told_both_numbers(owner: ShopClient) -> None:
    packed = an_order_that_is("packed")
    page = words(owner.post(FILE, data={"rows": "\n".join([HEAD, row(packed, "DL 1"), row(packed, "DL 2")])}))
    assert "1 of its parcels is packed, but 2 rows name it: give a row for each." in page


def test_only_orders_that_are_there_are_linked(owner: ShopClient) -> None:
    placed = order_of(an_order_that_is("placed")).number
    page = owner.post(FILE, data={"rows": f"{HEAD}\n{placed},Ekart,E1\nORD-1999-0001,Ekart,E2"}).text
    assert [f'href="/staff/orders/{number}"' in page for number in (placed, "ORD-1999-0001")] == [True, False]


@pytest.mark.covers("ORD-05", "ORD-07")
def test_a_file_ships_what_fits_once_however_often_it_comes(owner: ShopClient) -> None:
    packed, placed = an_order_that_is("packed"), an_order_that_is("placed")
    sent = "\n".join([HEAD, row(packed, "DL 1"), row(placed, "DL 2")])
    pages = [words(owner.post(f"{FILE}/shipments", data={"rows": sent})) for _ in range(2)]
    assert "1 done, 1 not moved." in pages[0]
    assert "0 done, 1 there already, 1 not moved." in pages[1]
    assert (order_of(packed).state, order_of(placed).state) == ("shipped", "placed")
    assert parcel_of(packed).tracking_number == "DL 1"


@pytest.mark.parametrize("sent", ["", "hello", "number,carrier\nORD-1,Ekart", HEAD, '"'])
def test_rows_that_make_no_sense_are_refused_and_kept(owner: ShopClient, sent: str) -> None:
    for path in (FILE, f"{FILE}/shipments"):
        answer = owner.post(path, data={"rows": sent})
        assert answer.status_code == 422
        assert 'class="field__error"' in answer.text


def test_looking_costs_the_same_for_many_rows(owner: ShopClient) -> None:
    ids = [an_order_that_is("packed") for _ in range(4)]
    told = [Waybill(at, order_of(one).number, "Ekart", f"E{at}") for at, one in enumerate(ids)]
    with statements() as few:
        waybills.plan(told[:1])
    with statements() as many:
        waybills.plan(told)
    assert len(many) == len(few) == 2


@pytest.mark.covers("ORD-07")
def test_long_lists_are_shipped_by_workers_order_by_order(owner: ShopClient) -> None:
    first, second, placed = an_order_that_is("packed"), an_order_that_is("packed"), an_order_that_is("placed")
    filler = [f"ORD-1999-{at:04},Ekart,F{at}" for at in range(198)]
    sent = "\n".join([HEAD, row(first, "W1"), row(second, "W2"), row(placed, "W3"), *filler])
    answer = owner.post(f"{FILE}/shipments", data={"rows": sent})
    assert answer.status_code == 303
    assert order_of(first).state == "packed"
    for _ in range(30):
        outbox.relay_once()
        [job] = rows(select(Job).execution_options(populate_existing=True))
        if not job.is_open:
            break
    assert (job.state, job.outcome) == ("done", "2 shipped, 199 could not be shipped.")
    assert [order_of(one).state for one in (first, second, placed)] == ["shipped", "shipped", "placed"]
    left = b"".join(files.parts_of(job.id, "left.csv")).decode()
    assert "only what is packed can be shipped" in left
    assert left.count("\r\n") == 200


@pytest.mark.covers("ORD-07")
def test_orders_of_one_customer_and_of_a_total_are_listed(owner: ShopClient) -> None:
    asha = a_user("asha@example.com")
    asha_id = asha.id
    theirs, others = an_order_id(visitor=a_customer(asha)), an_order_id()
    page = words(owner.get(f"/staff/orders?customer={asha_id}"))
    assert order_of(theirs).number in page
    assert order_of(others).number not in page
    assert "Orders of Asha Rao" in page
    assert "No order fits" in words(owner.get("/staff/orders?most=1"))
    assert order_of(theirs).number in words(owner.get("/staff/orders?least=1&most=99,999"))


@pytest.mark.covers("ORD-07")
def test_days_are_promised_anew_and_a_note_is_kept(owner: ShopClient) -> None:
    order_id = an_order_that_is("confirmed")
    order = order_of(order_id)
    path, first, last = f"/staff/orders/{order.number}", order.placed_at.date() + timedelta(3), order.arrives_to
    last = max(last, first)
    assert owner.post(f"{path}/days", data={"first": f"{first}", "last": f"{last}"}).status_code == 303
    assert (order_of(order_id).arrives_from, order_of(order_id).arrives_to) == (first, last)
    refused = owner.post(f"{path}/days", data={"first": f"{last}", "last": "2020-01-01"})
    assert refused.status_code == 422
    assert "2020-01-01" in refused.text
    assert owner.post(f"{path}/notes", data={"note": " "}).status_code == 422
    assert owner.post(f"{path}/notes", data={"note": "Rings twice"}).status_code == 303
    assert order_of(order_id).history[-1].note == "Rings twice"
    assert "Rings twice" not in words(owner.get(f"/order/{order.token}"))


@pytest.mark.covers("ORD-11")
def test_a_cancelled_order_is_put_away_and_found_among_the_archived(owner: ShopClient) -> None:
    order_id, kept = an_order_that_is("placed"), an_order_that_is("placed")
    number = order_of(order_id).number
    assert "None here An order that was cancelled before" in words(owner.get("/staff/orders?view=archived"))
    assert "Nothing waits here What comes next" in words(owner.get("/staff/orders?view=pack"))
    assert owner.post(f"/staff/orders/{order_of(kept).number}/archive").status_code == 303
    assert order_of(kept).archived_at is None
    act(cancel_order, order_of(order_id), SYSTEM)
    assert "Archive it" in words(owner.get(f"/staff/orders/{number}"))
    owner.post(f"/staff/orders/{number}/archive")
    assert number not in words(owner.get("/staff/orders"))
    assert number in words(owner.get("/staff/orders?view=archived"))
    assert "1 among the archived" in words(owner.get(f"/staff/orders?q={number}"))
    assert "among the archived" not in words(owner.get("/staff/orders?q=ORD-1999-1"))
    assert "Archived on" in words(owner.get(f"/staff/orders/{number}"))
    for _ in range(2):
        owner.post(f"/staff/orders/{number}/archive/removal")
    assert number in words(owner.get("/staff/orders"))
    assert order_of(order_id).history[-1].note == "Taken out of the archive"
    assert [entry.note for entry in order_of(order_id).history].count("Taken out of the archive") == 1


def test_support_is_shown_no_ticks(client: ShopClient) -> None:
    an_order_that_is("placed")
    page = as_role(client, "support").get("/staff/orders").text
    assert 'name="order"' not in page
    assert "Ship from a file" not in page
