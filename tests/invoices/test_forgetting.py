"""Who an invoice names after they deleted their account: nobody, but for what the law wants named, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from shop.accounts.models import User
from shop.extensions import db
from shop.invoices import services
from shop.invoices.models import Invoice
from shop.invoices.services.forgetting import let_go
from shop.lib.money import Money
from shop.operations.audit import audit
from shop.orders.models import Order
from tests.factories import a_customer, a_variant
from tests.fulfilment.walk import act, an_order_that_is
from tests.invoices.ledger import the_invoice
from tests.membership.lives import traces, zenobia
from tests.membership.test_leaving import go
from tests.support.outbox import run_outbox


def bought(units: int, **more: object) -> tuple[int, int]:
    """The ids of Zenobia and of an order of hers that was delivered, its invoice changed as said."""
    user_id = zenobia().id
    db.session.commit()
    visitor = a_customer(db.session.get_one(User, user_id))
    order_id = an_order_that_is("delivered", a_variant(price=199900, units=40), visitor=visitor, quantity=units)
    invoice = the_invoice(order_id)
    assert db.session.get_one(Order, order_id).user_id == user_id
    invoice.buyer = invoice.buyer | {"name": "Zenobia Quill", "lines": ["Marigold Villa"]} | more
    db.session.commit()
    return user_id, order_id


def named(order_id: int) -> str:
    name: str = the_invoice(order_id).buyer["name"]
    return name


@pytest.mark.covers("ACC-10", "PAY-07")
@pytest.mark.parametrize(("units", "more", "is_named"), [
    (1, {}, False), (30, {}, True), (1, {"tax_number": "29ABCDE1234F1Z5"}, True),
])  # fmt: skip
def test_only_what_the_law_wants_named_names_who_left(
    app: Flask, units: int, more: dict[str, str], is_named: bool
) -> None:
    user_id, order_id = bought(units, **more)
    go(user_id)
    run_outbox()
    assert named(order_id) == ("Zenobia Quill" if is_named else "Former customer")
    kept = {place for place in traces() if "." not in place}
    assert kept <= {"invoice", "sandbox_intent"}
    assert ("invoice" in kept) == is_named
    assert audit() == []


@pytest.mark.covers("ACC-10")
def test_after_the_years_of_the_law_the_name_goes_of_those_alone_who_left(app: Flask) -> None:
    user_id, order_id = bought(30)
    stays = an_order_that_is("shipped", a_variant(price=199900, units=40), quantity=30)
    go(user_id)
    for invoice in (the_invoice(order_id), the_invoice(stays)):
        invoice.issued_at = datetime(2026, 2, 11, 12, tzinfo=UTC)
    for day, name in (("2034-02-28", "Zenobia Quill"), ("2034-03-01", "Former customer")):
        with time_machine.travel(f"{day}T12:00:00+05:30", tick=False):
            act(services.forget_due)
        assert (named(order_id), named(stays)) == (name, "Asha Rao")


@pytest.mark.covers("PAY-07")
def test_a_credit_note_names_whom_its_invoice_names(app: Flask) -> None:
    for units in (1, 30):
        invoice = the_invoice(an_order_that_is("shipped", a_variant(price=199900, units=40), quantity=units))
        note = Invoice(state="issued", corrects=invoice, taxable=Money(100), buyer=invoice.buyer)
        let_go(note)
        assert (note.buyer["name"] == "Asha Rao") == (units == 30)
        db.session.rollback()
