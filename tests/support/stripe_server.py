"""localstripe as a process, with what the shop uses and it lacks: Checkout Sessions, keys, limits of refunds.

Run as `python -m tests.support.stripe_server PORT`. `POST /_pay/<session>` is the buyer at Stripe's page, with a card
`number`; `POST /_authenticate/<session>` their answer to the card's second step; `POST /_lie/<session>` lets
Stripe tell of another payment, `POST /_mood` makes it away, `POST /_forget` as new.
"""

import json
import sys
from typing import Any

from aiohttp import web
from localstripe import resources, server, webhooks
from localstripe.errors import UserError
from localstripe.resources import Charge, Event, PaymentIntent, PaymentMethod, Refund, StripeObject, store
from localstripe.webhooks import schedule_webhook

CARD = {"exp_month": "12", "exp_year": "2039", "cvc": "123"}
answers: dict[str, tuple[bytes, int, bytes]] = {}
mood = {"is_away": False}


class CheckoutSession(StripeObject):
    """Stripe's page for one payment: open until it is paid or expired."""

    object = "checkout.session"
    _id_prefix = "cs_test_"

    def __init__(self, client_reference_id: str, line_items: list, success_url: str, cancel_url: str, mode: str,
                 payment_method_types: list) -> None:  # fmt: skip
        price = line_items[0]["price_data"]
        if mode != "payment" or payment_method_types != ["card"] or not price["product_data"]["name"]:
            raise UserError(400, "Bad request")
        super().__init__()
        self.client_reference_id, self.currency = client_reference_id, price["currency"]
        self.amount_total = int(price["unit_amount"]) * int(line_items[0]["quantity"])
        self.success_url, self.cancel_url = success_url, cancel_url
        self.payment_intent: str | None = None
        self._expired = False

    @property
    def status(self) -> str:
        if self._expired:
            return "expired"
        return "complete" if self.payment_status == "paid" else "open"

    @property
    def payment_status(self) -> str:
        found = self.payment_intent and PaymentIntent._api_retrieve(self.payment_intent)
        return "paid" if found and found.status == "succeeded" else "unpaid"

    @property
    def url(self) -> str | None:
        return f"https://checkout.stripe.com/c/pay/{self.id}" if self.status == "open" else None

    def _pay(self, number: str) -> None:
        """The buyer enters a card; a refused one leaves the page open for another."""
        if self.status != "open":
            raise UserError(400, "This Checkout Session is not open.")
        method = PaymentMethod(type="card", card={"number": number, **CARD})
        intent = PaymentIntent(amount=self.amount_total, currency=self.currency, payment_method=method.id)
        self.payment_intent = intent.id
        if method._attaching_is_declined():
            raise UserError(402, "Your card was declined.")
        intent._confirm(on_failure_now=intent._report_failure)
        self._tell()

    def _authenticate(self, is_right: bool) -> None:
        intent = PaymentIntent._api_retrieve(self.payment_intent)
        PaymentIntent._api_authenticate(intent.id, client_secret=intent.client_secret, success=is_right)
        self._tell()

    def _tell(self) -> None:
        if self.payment_status == "paid":
            schedule_webhook(Event("checkout.session.completed", self))

    @classmethod
    def _api_expire(cls, id: str) -> "CheckoutSession":
        found = cls._api_retrieve(id)
        if found.status != "open":
            raise UserError(400, "Only open sessions can be expired.")
        found._expired = True
        return found


def _received(intent: PaymentIntent) -> int:
    return intent.amount if intent.status == "succeeded" else 0


def _details(charge: Charge) -> dict[str, Any]:
    return {"type": "card", "card": dict(PaymentMethod._api_retrieve(charge.payment_method).card)}


class LimitedRefund(Refund):
    """A refund of no more than is left of its charge."""

    def __init__(self, **asked: Any) -> None:
        charge = PaymentIntent._api_retrieve(asked["payment_intent"]).latest_charge
        if charge is None or int(asked["amount"]) > charge.amount - charge.amount_refunded:
            raise UserError(400, "Refund amount is greater than unrefunded amount on charge.")
        super().__init__(**asked)


@web.middleware
async def remember(request: web.Request, handler: Any) -> web.StreamResponse:
    """A request with a key that came before gets the answer of then, as at Stripe; an away Stripe answers nothing."""
    if mood["is_away"] and request.path.startswith("/v1/"):
        return web.json_response({"error": {"type": "api_error", "message": "away"}}, status=503)
    key = request.headers.get("Idempotency-Key")
    if not key:
        return await handler(request)
    asked = await request.read()
    if key not in answers:
        answer = await handler(request)
        answers[key] = (asked, answer.status, answer.body)
    before, status, body = answers[key]
    if asked != before:
        raise UserError(400, "Keys for idempotent requests can only be used with the same parameters.",
                        {"type": "idempotency_error"})  # fmt: skip
    return web.Response(status=status, body=body, content_type="application/json")


async def _pay(request: web.Request) -> web.Response:
    CheckoutSession._api_retrieve(request.match_info["id"])._pay((await request.post())["number"])
    return web.json_response({})


async def _authenticate(request: web.Request) -> web.Response:
    CheckoutSession._api_retrieve(request.match_info["id"])._authenticate((await request.post())["is_right"] == "yes")
    return web.json_response({})


async def _lie(request: web.Request) -> web.Response:
    session = CheckoutSession._api_retrieve(request.match_info["id"])
    intent = PaymentIntent._api_retrieve(session.payment_intent)
    lies = {"amount": (intent, "amount", 1), "currency": (intent, "currency", "usd"),
            "order": (session, "client_reference_id", "TS-2026-9999-1")}  # fmt: skip
    setattr(*lies[str((await request.post())["about"])])
    return web.json_response({})


async def _mood(request: web.Request) -> web.Response:
    mood.update(json.loads(await request.text()))
    return web.json_response({})


async def _forget(_request: web.Request) -> web.Response:
    for kept in (store, answers, webhooks._webhooks):
        kept.clear()
    return web.json_response({})


def main(port: int) -> None:
    """Serve until killed; localstripe's own start reads and writes a file that all of a machine's would share."""
    resources.Store.dump_to_disk = lambda _store: None  # type: ignore[method-assign]
    store.clear()
    PaymentIntent.amount_received = property(_received)  # type: ignore[attr-defined]
    Charge.payment_method_details = property(_details)  # type: ignore[attr-defined]
    app = web.Application(middlewares=[server.error_middleware, remember])
    expire = server.api_extra(CheckoutSession._api_expire, "")
    app.router.add_post("/v1/checkout/sessions", server.api_create(CheckoutSession, ""))
    app.router.add_get("/v1/checkout/sessions/{id}", server.api_retrieve(CheckoutSession, ""))
    app.router.add_post("/v1/checkout/sessions/{id}/expire", expire)
    app.router.add_post("/v1/refunds", server.api_create(LimitedRefund, ""))
    app.router.add_get("/v1/refunds", server.api_list_all(Refund, "/v1/refunds"))
    app.router.add_post("/_config/webhooks/{id}", server.config_webhook)
    app.router.add_post("/_pay/{id}", _pay)
    app.router.add_post("/_authenticate/{id}", _authenticate)
    app.router.add_post("/_lie/{id}", _lie)
    app.router.add_post("/_mood", _mood)
    app.router.add_post("/_forget", _forget)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
