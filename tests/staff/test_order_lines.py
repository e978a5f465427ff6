"""The page on which the lines of an order are changed before it is packed."""

from typing import Any

import pytest
from flask import Flask

from shop.extensions import db
from shop.operations.audit import audit
from shop.orders.models import Order
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_product, a_variant
from tests.fulfilment.walk import order_of, step
from tests.notifications.letterbox import mail, text
from tests.staff.desk import flashed, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient


def path_of(order_id: int) -> str:
    return f"/staff/orders/{order_of(order_id).number}/lines"


def worked_out(owner: ShopClient, order_id: int, *rows: tuple[str, int]) -> dict[str, Any]:
    """What the page sends along once it has shown the new total."""
    sent = {"sku": [sku for sku, _ in rows], "quantity": [str(units) for _, units in rows]}
    answer = owner.post(path_of(order_id), data=sent | {"op": "price"})
    assert answer.status_code == 200, words(answer)
    found = {name: answer.text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "edit")}
    return sent | found | {"shown": words(answer)}


def change(owner: ShopClient, order_id: int, *rows: tuple[str, int], **more: str) -> Any:
    sent = worked_out(owner, order_id, *rows)
    del sent["shown"]
    return owner.post(f"{path_of(order_id)}/change", data=sent | more)


@pytest.mark.covers("ORD-07")
def test_she_sees_old_and_new_and_the_difference_and_the_buyer_pays_the_rest_by_the_mails_link(
    owner: ShopClient, app: Flask
) -> None:
    shirt = a_variant(name="Loom shirt", price=300000)
    sku, order_id = shirt.sku, an_order_id(shirt, payment="card")
    pay(order_id)
    shown = worked_out(owner, order_id, (sku, 2))["shown"]
    for said in ("Now", "After the change", "Loom shirt, Indigo, M: 1 → 2", "₹3,000 more", "a link to pay ₹3,000"):
        assert said in shown
    assert change(owner, order_id, (sku, 2), note="By phone").status_code == 303
    assert "Changed" in flashed(owner)
    page = words(owner.get(f"/staff/orders/{order_of(order_id).number}"))
    for said in ("Waiting for the rest", "₹3,000 are still to be paid", "Take the change back", "By phone"):
        assert said in page
    assert "Pack it" not in page
    run_outbox()
    said = text(mail("order_changed"))
    for word in ("Loom shirt, Indigo, M: 1 -> 2", "₹3,000", f"/order/{order_of(order_id).token}/payment"):
        assert word in said
    pays = words(owner.get(f"/order/{order_of(order_id).token}/payment"))
    assert "costs more than you paid" in pays
    assert pay(order_id) == "paid"
    assert "Pack it" in words(owner.get(f"/staff/orders/{order_of(order_id).number}"))
    assert audit() == []


@pytest.mark.covers("ORD-07")
def test_taking_the_change_back_fills_in_what_was_there(owner: ShopClient) -> None:
    shirt, belt = a_variant(price=300000), a_variant(price=100000)
    skus, order_id = (shirt.sku, belt.sku), an_order_id(shirt, payment="card")
    pay(order_id)
    change(owner, order_id, (skus[0], 0), (skus[1], 4))
    back = owner.get(f"{path_of(order_id)}?back=1").text
    assert f'value="{skus[0]}"' in back
    assert change(owner, order_id, (skus[0], 1), (skus[1], 0)).status_code == 303
    assert order_of(order_id).payment_standing == "paid"
    assert audit() == []


@pytest.mark.covers("ORD-07")
def test_a_size_is_swapped_and_a_product_found_and_added(owner: ShopClient) -> None:
    small, medium = a_product(name="Loom shirt", sizes=("S", "M")).variants
    skus, order_id = (small.sku, medium.sku), an_order_id(small)
    a_variant(name="Woven belt")
    db.session.commit()
    page = owner.get(path_of(order_id)).text
    assert f'<option value="{skus[1]}">M, 10 for sale</option>' in page
    found = owner.post(path_of(order_id), data={"sku": skus[1], "quantity": "1", "find": "belt", "op": "find"})
    assert "Woven belt" in words(found)
    assert f'<option value="{skus[1]}" selected>' in found.text
    assert change(owner, order_id, (skus[1], 1)).status_code == 303
    assert [line.size for line in order_of(order_id).lines] == ["M"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("NO-SUCH", "1"), "There is no such SKU."),
        ((None, "-1"), "Choose a quantity from 0 to"),
        ((None, "١"), "Choose a quantity from 0 to"),
        ((None, "0"), "Cancel the order instead"),
        ((None, "1"), "Nothing is changed"),
    ],
)
def test_what_makes_no_sense_is_said_and_stays_typed(owner: ShopClient, row: tuple[Any, str], said: str) -> None:
    variant = a_variant()
    sku, order_id = variant.sku, an_order_id(variant)
    answer = owner.post(path_of(order_id), data={"sku": row[0] or sku, "quantity": row[1], "op": "price"})
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert f'value="{row[1]}"' in answer.text


@pytest.mark.covers("ORD-07")
def test_a_total_that_moved_is_refused_and_shown_anew(owner: ShopClient) -> None:
    variant = a_variant()
    sku, order_id = variant.sku, an_order_id(variant)
    sent = {"sku": sku, "quantity": "2", "seen": "1", "edit": "0"}
    answer = owner.post(f"{path_of(order_id)}/change", data=sent)
    assert (answer.status_code, "is not what you saw" in words(answer)) == (409, True)
    assert db.session.get_one(Order, order_id).units == 1


def test_an_order_that_is_packed_says_why_its_lines_stay(owner: ShopClient) -> None:
    order_id = an_order_id()
    step(order_id, "confirmed", "packed")
    assert "its lines stay as they are" in words(owner.get(path_of(order_id)))
    assert "Change the lines" not in words(owner.get(f"/staff/orders/{order_of(order_id).number}"))
