"""The invoice as a file: what the law asks for can be read out of it, in the country's currency."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm.attributes import set_committed_value

from shop.extensions import db
from shop.invoices.paper import WITHOUT_SIGNATURE, pdf_of
from shop.store.models import StoreProfile
from tests.factories import a_variant
from tests.fulfilment.walk import an_order_that_is
from tests.invoices.ledger import draft, invoices_of, refund, the_invoice
from tests.invoices.test_credits import a_paid_order_that_left


def pages_of(file: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(file)).pages]


def text_of(file: bytes) -> str:
    return " ".join(pages_of(file))


@pytest.mark.covers("PAY-07")
def test_the_paper_has_what_the_law_asks_for(app: Flask) -> None:
    store = db.session.query(StoreProfile).one()
    store.state, store.gstin = "Karnataka", "29ABCDE1234F1Z5"
    invoice = the_invoice(an_order_that_is("shipped", a_variant(name="Sun tee"), quantity=2))
    text = text_of(pdf_of(invoice))
    line = invoice.lines[0]
    legal_name = invoice.seller["legal_name"]
    for told in ("Tax invoice", invoice.number, legal_name, "GSTIN 29ABCDE1234F1Z5", "Asha Rao", "Church Street",
                 "Place of supply Karnataka", invoice.order.number, "Sun tee", line.hsn, "CGST", "SGST", "2.5 %",
                 "₹2,998", "reverse charge"):  # fmt: skip
        assert told in text


@pytest.mark.covers("PAY-07")
def test_a_credit_note_names_what_it_corrects_and_a_draft_says_that_it_is_one(app: Flask) -> None:
    order_id = a_paid_order_that_left(149_900)
    refund(order_id, units={the_invoice(order_id).order.lines[0].id: 1})
    invoice, note = invoices_of(order_id)
    text = text_of(pdf_of(note))
    assert all(told in text for told in ("Credit note", note.number, f"Against {invoice.number}", "₹1,499"))
    packed = an_order_that_is("packed")
    draft(packed)
    assert "Draft: Tax invoice" in text_of(pdf_of(the_invoice(packed)))


@pytest.mark.covers("PAY-07", "ORD-10")
def test_in_bangladesh_amounts_are_taka_and_the_tax_is_vat_on_top(app: Flask) -> None:
    invoice = the_invoice(an_order_that_is("shipped"))
    invoice.seller = invoice.seller | {"country": "BD", "state": "Dhaka"}
    invoice.currency = "BDT"
    text = text_of(pdf_of(invoice))
    assert "৳" in text
    assert "VAT" in text
    assert "₹" not in text
    assert "GST " not in text


@pytest.mark.one_engine
@pytest.mark.covers("PAY-07")
def test_the_sums_stand_with_the_last_two_lines_and_each_page_has_the_titles(app: Flask) -> None:
    invoice = the_invoice(an_order_that_is("shipped", a_variant(name="Sun tee")))
    line = invoice.lines[0]
    for lines in (1, 10, 28, 29, 30, 31, 60):
        set_committed_value(invoice, "lines", [line] * lines)
        pages = pages_of(pdf_of(invoice))
        *before, last = pages
        assert sum(page.count("Sun tee") for page in pages) == lines
        assert last.count("Sun tee") >= min(2, lines)
        assert "Total ₹" in last
        assert WITHOUT_SIGNATURE in last
        assert not any("Total ₹" in page or WITHOUT_SIGNATURE in page for page in before)
        for number, page in enumerate(pages, start=1):
            assert page.count("Item HSN Qty") == 1
            assert f"Page {number} of {len(pages)}" in page
