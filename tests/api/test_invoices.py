"""Invoices through the API: one's own, and the shop's."""

import pytest
from flask.testing import FlaskClient

from tests.api.asking import App
from tests.factories import a_customer, a_user
from tests.fulfilment.walk import an_order_that_is, order_of
from tests.invoices.ledger import draft, the_invoice
from tests.support.outbox import run_outbox


@pytest.mark.covers("PAY-07", "API-01")
def test_a_buyer_reads_their_invoice_and_downloads_it(client: FlaskClient) -> None:
    buyer = a_user()
    app, visitor = App(client, buyer), a_customer(buyer)
    invoice = the_invoice(an_order_that_is("shipped", visitor=visitor))
    (told,) = app.get("/invoices/").json
    assert (told["number"], told["total"], told["status"]) == (invoice.number, invoice.total.plain, "issued")
    assert [part["name"] for part in told["tax_parts"]] == ["CGST", "SGST"]
    assert [part["amount"] for part in told["tax_parts"]] == [invoice.split.central.plain] * 2
    assert told == app.get(f"/invoices/{invoice.id}").json
    assert app.get("/invoices/", status="paid").json == []
    paper = app.get(f"/invoices/{invoice.id}/pdf")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    stranger = App(client, a_user())
    assert [stranger.get(f"/invoices/{invoice.id}{end}").status_code for end in ("", "/pdf")] == [404, 404]


@pytest.mark.covers("PAY-07")
def test_nobody_reads_a_draft_of_their_own_order(client: FlaskClient) -> None:
    buyer = a_user()
    app, visitor = App(client, buyer), a_customer(buyer)
    draft_id = draft(an_order_that_is("packed", visitor=visitor))
    assert (app.get("/invoices/").json, app.get(f"/invoices/{draft_id}").status_code) == ([], 404)


@pytest.mark.covers("PAY-07", "API-01")
def test_the_owner_drafts_changes_and_finds_invoices(owner: App) -> None:
    order_id = an_order_that_is("packed")
    made = owner.send("POST", "/admin/invoices/", {"order_id": order_id, "due_date": "2099-01-31"})
    assert (made.status_code, made.json["status"], made.json["due_date"]) == (201, "draft", "2099-01-31")
    path = f"/admin/invoices/{made.json['id']}"
    changed = owner.send("PUT", path, {"name": "Rao Traders", "address": ["1 Market Road"]}).json
    assert (changed["buyer"]["name"], changed["buyer"]["lines"]) == ("Rao Traders", ["1 Market Road"])
    assert changed["due_date"] == "2099-01-31"
    assert owner.send("PUT", path, {}).status_code == 400
    refused = owner.send("PUT", path, {"tax_number": "29AAAAA0000A1Z5"})
    assert (refused.status_code, "This is no GSTIN" in refused.text) == (422, True)
    assert [one["id"] for one in owner.get("/admin/invoices/", status="draft").json] == [made.json["id"]]
    assert owner.get("/admin/invoices/", customer_id="987654").json == []
    assert owner.send("POST", "/admin/invoices/", {"order_id": order_id}).status_code == 409


@pytest.mark.covers("PAY-07", "PAY-02")
@pytest.mark.parametrize("wrong", [{"amount": "1.00"}, {"user_id": "987654"}, {"order_id": "987654"},
                                   {"due_date": "2001-01-01"}])  # fmt: skip
def test_a_draft_is_the_orders_own_money_and_buyer(owner: App, wrong: dict[str, str]) -> None:
    order_id = an_order_that_is("packed")
    answer = owner.send("POST", "/admin/invoices/", {"order_id": str(order_id)} | wrong)
    assert (answer.status_code, order_of(order_id).total.minor > 0) == (422, True)


@pytest.mark.covers("PAY-07", "API-01")
@pytest.mark.parametrize("days", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_days_that_no_calendar_of_the_shop_has_are_refused(owner: App, days: dict[str, str]) -> None:
    assert owner.get("/admin/invoices/", **days).status_code == 422


@pytest.mark.covers("PAY-07")
def test_what_was_issued_is_sent_and_stays_as_it_is(owner: App) -> None:
    invoice = the_invoice(an_order_that_is("shipped"))
    path = f"/admin/invoices/{invoice.id}"
    assert owner.send("POST", f"{path}/send", {"method": "email"}).json["number"] == invoice.number
    run_outbox()
    assert owner.send("PUT", path, {"name": "Another"}).status_code == 409
    assert owner.send("POST", f"{path}/send", {"method": "fax"}).status_code == 422
