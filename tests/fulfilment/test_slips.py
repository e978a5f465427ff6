"""Papers of the packing table, read back out of the PDF files."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from shop.catalog.models import Variant
from shop.extensions import db
from shop.fulfilment.slips import packing_slips, pick_list
from tests.factories import a_product, a_variant
from tests.fulfilment.several import bring, pack, two_parcels
from tests.fulfilment.walk import an_order_that_is, order_of


def pages(paper: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper)).pages]


def the(variant_id: int) -> Variant:
    return db.session.get_one(Variant, variant_id)


@pytest.mark.covers("ORD-07")
def test_a_pick_list_gathers_the_pieces_of_many_orders_by_product_and_size(app: Flask) -> None:
    large, small = (variant.id for variant in a_product("Camp shirt", sizes=("L", "S")).variants)
    belt = a_variant(name="Belt").id
    sku = {name: the(id).sku for name, id in (("belt", belt), ("small", small), ("large", large))}
    first = an_order_that_is("confirmed", the(large), the(small), quantity=2)
    second = an_order_that_is("confirmed", the(small), the(belt))
    (text,) = pages(pick_list([first, second]))
    assert text.index(sku["belt"]) < text.index(sku["small"]) < text.index(sku["large"])
    assert f"{order_of(first).number} × 2 {order_of(second).number} 3" in text
    assert "Pieces 6" in text
    assert text.count("[____]") == 3


@pytest.mark.covers("ORD-07")
def test_what_is_packed_already_is_not_picked_again(app: Flask) -> None:
    order_id = an_order_that_is("confirmed", quantity=3)
    pack(order_id, 2)
    assert "Pieces 1" in pages(pick_list([order_id]))[0]
    pack(order_id, 1)
    assert "Nothing is left to pack" in pages(pick_list([order_id]))[0]


@pytest.mark.covers("ORD-07")
def test_each_parcel_has_a_slip_with_address_contents_and_cash(app: Flask) -> None:
    order_id, first, _second = two_parcels()
    slips = pages(packing_slips([order_id, an_order_that_is("confirmed")]))
    assert len(slips) == 3
    for number, slip in enumerate(slips[:2], start=1):
        assert order_of(order_id).number in slip
        assert f"Parcel {number} of 2" in slip
        assert "Page 1 of 1" in slip
        assert "12, Church Street" in slip
        assert "To be paid in cash ₹2,498" in slip
    bring(first, "shipped", "out_for_delivery", "delivery_failed", "returning", "returned")
    assert len(pages(packing_slips([order_id]))) == 1


def test_no_price_stands_on_the_slip_of_a_paid_order(app: Flask) -> None:
    order_id, *_ = two_parcels(payment="card")
    assert "₹" not in "".join(pages(packing_slips([order_id])))


def test_a_cancelled_order_has_no_papers(app: Flask) -> None:
    assert "Nothing is to be packed" in pages(packing_slips([]))[0]
