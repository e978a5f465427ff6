"""The owner's pages of invoices."""

import pytest

from shop.invoices.states import InvoiceState
from tests.factories import a_customer, a_user
from tests.fulfilment.walk import an_order_that_is, order_of
from tests.invoices.ledger import draft, invoices_of, the_invoice
from tests.notifications.letterbox import mails
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

PAGE = "/staff/invoices"


@pytest.mark.covers("PAY-07")
def test_invoices_are_listed_and_found_by_what_is_known_of_them(owner: ShopClient) -> None:
    assert "No invoices yet" in owner.get(PAGE).text
    buyer = a_user()
    user_id, visitor = buyer.id, a_customer(buyer)
    first, second = an_order_that_is("shipped"), an_order_that_is("shipped", visitor=visitor)
    numbers = [the_invoice(order_id).number for order_id in (first, second)]
    found = {
        "q": (order_of(second).number, numbers[1:]), "state": ("issued", numbers), "kind": ("credit_note", []),
        "customer": (str(user_id), numbers[1:]), "since": ("2099-01-01", []), "until": ("2001-01-01", []),
    }  # fmt: skip
    for name, (value, wanted) in found.items():
        text = owner.get(PAGE, query_string={name: value}).text
        assert [number for number in numbers if number in text] == wanted, name


@pytest.mark.covers("PAY-07")
def test_a_draft_is_made_changed_and_keeps_what_was_typed_when_refused(owner: ShopClient) -> None:
    order_id = an_order_that_is("packed")
    refused = owner.post(PAGE, data={"order": "ORD-0"})
    assert (refused.status_code, "There is no order of this number" in refused.text) == (422, True)
    owner.post(PAGE, data={"order": order_of(order_id).number})
    path = f"{PAGE}/{the_invoice(order_id).id}"
    typed = {"name": "Rao Traders", "lines": "1 Market Road\n\nMysuru", "tax_number": "29aagcb7383j1z4"}
    past = owner.post(path, data=typed | {"due_on": "2001-01-01"})
    assert (past.status_code, "Rao Traders" in past.text) == (422, True)
    for wrong, said in (
        ({"tax_number": "29AAAAA0000A1Z5"}, "This is no GSTIN"),
        ({"lines": "1\n2\n3\n4\n5\n6"}, "at most 5"),
    ):
        refused = owner.post(path, data=typed | wrong)
        assert (refused.status_code, said in refused.text, "Rao Traders" in refused.text) == (422, True, True)
    assert owner.post(path, data=typed | {"due_on": "2099-01-01"}).status_code == 303
    buyer = the_invoice(order_id).buyer
    assert (buyer["name"], buyer["lines"]) == ("Rao Traders", ["1 Market Road", "Mysuru"])
    assert buyer["tax_number"] == "29AAGCB7383J1Z4"
    assert f'href="{path}"' in owner.get(PAGE, query_string={"q": "rao traders"}).text
    assert "Draft: Tax invoice" in owner.get(path).text


@pytest.mark.covers("PAY-07")
def test_an_invoice_is_voided_with_a_reason_and_issued_anew(owner: ShopClient) -> None:
    order_id = an_order_that_is("shipped")
    path = f"{PAGE}/{the_invoice(order_id).id}"
    assert owner.post(f"{path}/voiding", data={"reason": ""}).status_code == 422
    owner.post(f"{path}/voiding", data={"reason": "Wrong name"})
    owner.post(f"{PAGE}/{draft(order_id)}/issuance")
    assert [one.state for one in invoices_of(order_id)] == [InvoiceState.VOID, InvoiceState.ISSUED]
    assert "Wrong name" in owner.get(path).text
    assert "INV-" in owner.get(f"/staff/orders/{order_of(order_id).number}").text


@pytest.mark.covers("PAY-07")
def test_an_order_leads_to_its_draft_and_a_void_one_to_the_next(owner: ShopClient) -> None:
    order_id = an_order_that_is("packed")
    number = order_of(order_id).number
    assert "Draft the invoice" in owner.get(f"/staff/orders/{number}").text
    path = owner.post(PAGE, data={"order": f" {number.lower()} "}).location
    assert owner.post(PAGE, data={"order": number}).location == path
    assert "Draft the invoice" not in owner.get(f"/staff/orders/{number}").text
    assert "Draft a new one" not in owner.get(path).text
    owner.post(f"{path}/voiding", data={"reason": "Wrong name"})
    assert "The draft is void." in owner.get(path).text
    assert [words in owner.get(path).text for words in ("Draft a new one", "Its number stays")] == [True, False]
    assert owner.post(PAGE, data={"order": number}).location != path


@pytest.mark.covers("PAY-07", "NOT-01")
def test_the_buyer_gets_the_file_by_mail_and_finds_it_on_the_orders_page(owner: ShopClient) -> None:
    order_id = an_order_that_is("shipped")
    invoice, token = the_invoice(order_id), order_of(order_id).token
    number, invoice_id = invoice.number, invoice.id
    path = f"/order/{token}/invoices/{invoice_id}"
    assert number in owner.get(f"/order/{token}").text
    assert owner.get(path).data[:5] == b"%PDF-"
    assert owner.get(path.replace(token, order_of(an_order_that_is("placed")).token)).status_code == 404
    owner.post(f"{PAGE}/{invoice_id}/mails")
    run_outbox()
    sent = mails("invoice")
    assert [number in mail["subject"] for mail in sent] == [True, True]
    assert [part.get_filename() for part in sent[0].iter_attachments()] == [f"{number}.pdf"]
