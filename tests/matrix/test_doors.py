"""Every route of the shop × everybody: who may is served, who may not is refused, nobody sees what is not theirs."""

import pytest
from flask import Flask

from shop.api.specification import description
from tests.matrix.access import ACCESS
from tests.matrix.apps import APPS
from tests.matrix.banks import BANKS
from tests.matrix.customers import CUSTOMERS
from tests.matrix.delivery import DELIVERY
from tests.matrix.desk import DESK
from tests.matrix.entries import Entry
from tests.matrix.house import HOUSE
from tests.matrix.invoices import INVOICES
from tests.matrix.merchandise import MERCHANDISE
from tests.matrix.pages import PAGES
from tests.matrix.payments import PAYMENTS
from tests.matrix.proofs import PROOFS
from tests.matrix.routes import routes
from tests.matrix.sign_in import SIGN_IN
from tests.matrix.sorted_by import SORTED_BY_PAGES
from tests.matrix.stock import STOCK
from tests.matrix.variants import VARIANTS
from tests.matrix.walking import told_apart, wrongly_let_in_or_refused
from tests.matrix.work import WORK
from tests.matrix.world import World
from tests.support import recording

ENTRIES = [*PAGES, *DESK, *APPS, *ACCESS, *HOUSE, *PROOFS, *SIGN_IN, *CUSTOMERS, *STOCK, *WORK, *SORTED_BY_PAGES,
           *MERCHANDISE, *VARIANTS, *DELIVERY, *INVOICES, *PAYMENTS, *BANKS]  # fmt: skip
SIGNED_BY_BANKS = {f"POST /webhooks/{provider}" for provider in ("paypal", "sandbox", "stripe")}
SIGNED_BY_COURIERS = {"POST /webhooks/couriers/<code>"}
"""Who speaks there is told by a signature of every byte, and by nothing else: tests/checkout/test_webhooks.py,
tests/fulfilment/test_couriers.py."""


@pytest.mark.one_engine
def test_every_route_has_its_entry_in_the_matrix_and_every_entry_its_route(app: Flask):
    recording.note_description(description(app))
    listed, there = {entry.route for entry in ENTRIES}, {f"{method} {rule}" for method, rule in routes(app)}
    signed = SIGNED_BY_BANKS | SIGNED_BY_COURIERS
    assert there - listed == signed, "write entries for these in tests/matrix: pages.py, desk.py or apps.py"
    assert listed - there == set(), "these routes are gone"


@pytest.mark.one_engine
@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_only_those_who_may_are_served(world: World, entry: Entry):
    assert wrongly_let_in_or_refused(world, entry) == []


@pytest.mark.one_engine
@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_what_belongs_to_somebody_else_is_as_missing_as_what_never_was(world: World, entry: Entry):
    assert told_apart(world, entry) == []
