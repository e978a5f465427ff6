"""The owner sees what banks told, and what came of it."""

import pytest

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.payments import webhooks
from shop.payments.gateways.base import Notice
from shop.payments.models import WebhookEvent
from tests.checkout.buying import an_order_id
from tests.checkout.test_webhooks import at_the_bank, use_card
from tests.staff.desk import words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def tell(event_id: str, reference: str) -> None:
    db.session.rollback()
    with unit_of_work():
        webhooks.take("sandbox", Notice(event_id, "payment.told", reference))


@pytest.mark.covers("PAY-03")
def test_events_stand_there_with_their_payment_and_what_came_of_them(owner: ShopClient) -> None:
    use_card(intent := at_the_bank(an_order_id(payment="card")))
    tell("evt_1", intent)
    tell("evt_2", "sbx_nobodys")
    run_outbox()
    tell("evt_3", "sbx_waiting")
    text = words(owner.get("/staff/webhooks"))
    assert "Followed The payment is paid." in text
    assert "Not ours It is about no payment of this shop." in text
    assert "sbx_waiting" in text
    assert text.index("evt_3") < text.index("evt_2") < text.index("evt_1")


@pytest.mark.covers("PAY-03")
@pytest.mark.parametrize(("narrowed", "shown"), [("state=taken", True), ("state=refused", False), ("state=odd", True),
                                                 ("provider=paypal", False), ("reference=sbx_1", True),
                                                 ("reference=sbx_2", False), ("page=99", True)])  # fmt: skip
def test_the_list_is_narrowed(owner: ShopClient, narrowed: str, shown: bool) -> None:
    tell("evt_1", "sbx_1")
    assert ("evt_1" in owner.get(f"/staff/webhooks?{narrowed}").text) is shown


@pytest.mark.covers("PAY-03")
def test_an_empty_list_says_what_would_stand_there(owner: ShopClient) -> None:
    assert "No webhook yet" in owner.get("/staff/webhooks").text


@pytest.mark.covers("PAY-03")
def test_many_events_cost_no_statements_of_their_own(owner: ShopClient) -> None:
    for number in range(12):
        use_card(intent := at_the_bank(an_order_id(payment="card")))
        tell(f"evt_{number}", intent)
    run_outbox()
    owner.get("/staff/webhooks")
    with statements() as seen:
        assert owner.get("/staff/webhooks").text.count("Followed") >= 12
    assert len(seen) <= BUDGET
    assert db.session.query(WebhookEvent).filter(WebhookEvent.event_id.startswith("evt_")).count() == 12
