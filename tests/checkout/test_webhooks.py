"""What providers tell: stored once, asked about afterwards, and never believed (PAY-03)."""

from collections.abc import Callable
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.aftersales.services import cancel_order
from shop.catalog.models import Variant
from shop.checkout.services import follow_webhook, pay_another_way, start_payment
from shop.checkout.services.paying import settle
from shop.extensions import db, limiter
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments import webhooks
from shop.payments.gateways.base import IntentStatus, Notice
from shop.payments.gateways.sandbox import notices
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, PaymentEntry, SandboxIntent, WebhookEvent
from shop.payments.states import WebhookState
from tests.checkout.buying import CARD_OK, CARD_REFUSED, an_order_id
from tests.conftest import IS_LONG
from tests.factories import a_variant
from tests.support import figures, stripe
from tests.support.outbox import run_outbox
from tests.support.paypal import PayPalDouble
from tests.support.shops import ShopClient

EVENTS = ("left paid", "chosen opened", "chosen paid", "late closed", "late paid", "nobody's paid")


def at_the_bank(order_id: int) -> str:
    db.session.rollback()
    return start_payment(order_id).removeprefix("/bank/")


def use_card(intent: str, number: str = CARD_OK) -> None:
    db.session.rollback()
    with unit_of_work():
        bank.pay_card(intent, number)


def told(client: ShopClient, intent: str, event_id: str = "evt_1", **proof: str) -> int:
    """The status the bank gets for telling of an intent."""
    body = notices.written(event_id, "paid", intent)
    return client.post("/webhooks/sandbox", data=body, headers={notices.SIGNATURE: notices.signature_of(body)} | proof,
                       content_type="application/json").status_code  # fmt: skip


def events(*begin: str) -> list[tuple[str, str]]:
    """Those of the tests, or what the sandbox bank told by itself of intents."""
    db.session.rollback()
    found = db.session.scalars(select(WebhookEvent).order_by("id"))
    return [(one.event_id, one.state) for one in found if one.event_id.startswith(begin or ("evt_", "WH-"))]


def books(order_id: int) -> tuple[str, str, str, int, int]:
    """How the order stands, in paise what the ledger has and what the bank keeps, and the pieces for sale."""
    db.session.rollback()
    order = db.session.get_one(Order, order_id, populate_existing=True)
    entries = select(PaymentEntry.amount).join(Payment).where(Payment.order_id == order_id)
    mine = SandboxIntent.idempotency_key.startswith(f"{order.number}-")
    kept = db.session.scalars(select(SandboxIntent).where(mine, SandboxIntent.state == "succeeded"))
    found = (order.state, order.payment_standing, order.payment_method,
             sum(amount.minor for amount in db.session.scalars(entries)),
             sum(intent.amount.minor - intent.refunded.minor for intent in kept))  # fmt: skip
    db.session.rollback()
    return found


@pytest.mark.covers("PAY-03")
def test_a_webhook_confirms_the_order_of_a_buyer_who_never_came_back(client: ShopClient) -> None:
    intent = at_the_bank(order_id := an_order_id(payment="card"))
    use_card(intent)
    assert told(client, intent) == 200
    assert events() == [("evt_1", WebhookState.TAKEN)]
    run_outbox()
    assert books(order_id)[:2] == ("confirmed", "paid")
    assert events() == [("evt_1", WebhookState.FOLLOWED)]


@pytest.mark.covers("PAY-02", "PAY-03")
@pytest.mark.parametrize(("number", "state", "stands"), [
    (CARD_OK, "succeeded", ("confirmed", "paid")), (CARD_REFUSED, "failed", ("placed", "failed")),
])  # fmt: skip
def test_the_sandbox_bank_tells_by_itself_once(app: Flask, number: str, state: str, stands: tuple[str, str]) -> None:
    intent = at_the_bank(order_id := an_order_id(payment="card"))
    use_card(intent, number)
    assert books(order_id)[:2] == ("placed", "pending")
    for _ in range(2):
        run_outbox()
        assert books(order_id)[:2] == stands
        use_card(intent, number)
    run_outbox()
    assert events(intent) == [(f"{intent}.{state}", WebhookState.FOLLOWED)]


@pytest.mark.covers("PAY-03")
def test_an_event_that_comes_twice_is_stored_once_and_changes_nothing(client: ShopClient) -> None:
    intent = at_the_bank(order_id := an_order_id(payment="card"))
    use_card(intent)
    assert [told(client, intent), told(client, intent)] == [200, 200]
    run_outbox()
    assert told(client, intent) == 200
    run_outbox()
    assert events() == [("evt_1", WebhookState.FOLLOWED)]
    assert books(order_id)[3] == books(order_id)[4] > 0


@pytest.mark.covers("PAY-03")
def test_what_an_event_says_is_not_believed(client: ShopClient) -> None:
    intent = at_the_bank(order_id := an_order_id(payment="card"))
    assert told(client, intent) == 200
    run_outbox()
    assert books(order_id)[:2] == ("placed", "pending")


@pytest.mark.covers("PAY-03")
def test_a_wrong_signature_is_refused_and_nothing_is_stored(client: ShopClient) -> None:
    intent = at_the_bank(an_order_id(payment="card"))
    assert told(client, intent, **{notices.SIGNATURE: "0" * 64}) == 400
    assert told(client, intent, **{notices.SIGNATURE: "₹"}) == 400
    assert client.post("/webhooks/sandbox", data=b"{").status_code == 400
    assert events() == []


@pytest.mark.covers("PAY-03")
@pytest.mark.one_engine
def test_who_signs_wrongly_time_and_again_is_not_asked_about_any_more(make_shop: Callable[..., Flask]) -> None:
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    forger = shop.test_client()
    answers = [forger.post("/webhooks/sandbox", data=b"{}").status_code for _ in range(31)]
    assert answers == [400] * 30 + [429]


@pytest.mark.covers("PAY-03")
def test_an_event_about_no_payment_of_ours_is_noted(client: ShopClient) -> None:
    assert told(client, "sbx_nobodys") == 200
    run_outbox()
    assert events() == [("evt_1", WebhookState.UNKNOWN)]


@pytest.mark.covers("PAY-03")
def test_a_provider_tells_from_another_site_and_needs_no_token_of_ours(client: ShopClient) -> None:
    intent = at_the_bank(an_order_id(payment="card"))
    assert told(client, intent, Origin="https://bank.example", **{"Sec-Fetch-Site": "cross-site"}) == 200


@pytest.mark.covers("PAY-03")
def test_a_provider_without_keys_has_no_address_here(client: ShopClient) -> None:
    body, headers = stripe.webhook({"id": "evt_1", "type": "x", "data": {"object": {"object": "balance"}}})
    assert client.post("/webhooks/stripe", data=body, headers=headers).status_code == 404


@pytest.mark.covers("PAY-03")
@pytest.mark.one_engine
def test_stripe_and_paypal_are_heard_at_their_own_addresses(make_shop: Callable[..., Flask]) -> None:
    with PayPalDouble() as paypal:
        client = make_shop(**stripe.SETTINGS, **paypal.settings).test_client()
        event = {"id": "evt_1", "type": "balance.available", "data": {"object": {"object": "balance"}}}
        body, headers = stripe.webhook(event)
        assert client.post("/webhooks/stripe", data=body, headers=headers).status_code == 200
        body, headers = paypal.webhook({"id": "WH-1", "event_type": "CHECKOUT.ORDER.APPROVED", "resource": {"id": "O"}})
        assert client.post("/webhooks/paypal", data=body, headers=headers).status_code == 200
        assert client.post("/webhooks/paypal", data=body.replace(b"WH-1", b"WH-2"), headers=headers).status_code == 400
        paypal.is_away = True
        assert client.post("/webhooks/paypal", data=body, headers=headers).status_code == 503
    assert [event_id for event_id, _ in events()] == ["evt_1", "WH-1"]


class Story:
    """A buyer who chose another way to pay, paid there and then at the first bank page as well, and one who paid what
    was cancelled; and six events of the bank, of which the first to arrive comes once more at the end.
    """

    def __init__(self, variant_id: int) -> None:
        self.order_id, self.cancelled = (
            an_order_id(db.session.get_one(Variant, variant_id), payment="card") for _ in range(2)
        )
        left = at_the_bank(self.order_id)
        db.session.rollback()
        with unit_of_work():
            pay_another_way(db.session.get_one(Order, self.order_id), "upi")
        chosen, late = at_the_bank(self.order_id), at_the_bank(self.cancelled)
        with unit_of_work():
            cancel_order(db.session.get_one(Order, self.cancelled), SYSTEM)
        with unit_of_work():
            bank.pay_upi(chosen, "success@sandbox")
        for intent in (left, late):
            use_card(intent)
        self.intents = {"left": left, "chosen": chosen, "late": late, "nobody's": "sbx_nobodys"}

    def hear(self, event: str) -> None:
        """Take the event in and follow it."""
        about, _, kind = event.partition(" ")
        event_id = f"{event} {self.order_id}"
        with unit_of_work():
            webhooks.take("sandbox", Notice(event_id, kind, self.intents[about]))
        with unit_of_work(read_only=True):
            mine = db.session.scalars(select(WebhookEvent.id).where(WebhookEvent.event_id == event_id)).one()
        follow_webhook(mine)

    def end(self) -> tuple[tuple[str, ...], ...]:
        """How both orders stand, and what the bank keeps of the price of each."""
        return tuple((*found[:2], str(found[3] == found[4]), str(bool(found[4])))
                     for found in (books(self.order_id), books(self.cancelled)))  # fmt: skip


@pytest.mark.covers("PAY-03")
def test_six_events_end_alike_in_each_of_their_720_orders(app: Flask, engine: str) -> None:
    """Every day each 36th of the orders is heard."""
    variant_id = a_variant(units=1500).id
    orders = list(permutations(EVENTS))[:: 1 if IS_LONG else 36]
    stories = []
    for order in orders:
        stories.append(story := Story(variant_id))
        for event in (*order, order[0]):
            story.hear(event)
    with unit_of_work():
        unsent = update(OutboxEvent).where(OutboxEvent.handler.startswith("notifications."))
        db.session.execute(unsent.values(done_at=now()))
    run_outbox()
    paid_once = (("confirmed", "paid", "True", "True"), ("cancelled", "refunded", "True", "False"))
    assert {story.end() for story in stories} == {paid_once}
    assert audit() == []
    figures.note("six webhook events in another order each time", engine, orders=len(orders))


@pytest.mark.control
def test_control_a_follower_who_believes_events_pays_what_nobody_paid(client: ShopClient) -> None:
    intent = at_the_bank(order_id := an_order_id(payment="card"))
    with unit_of_work():
        webhooks.take("sandbox", Notice("evt_1", "paid", intent))
    with unit_of_work(read_only=True):
        payment = db.session.scalars(select(Payment).where(Payment.reference == intent)).one()
        payment_id, terms = payment.id, payment.terms
    with unit_of_work():
        settle(order_id, payment_id, IntentStatus("succeeded", *terms))
    assert books(order_id)[3] > books(order_id)[4]
