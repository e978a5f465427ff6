"""The page of the built-in sandbox bank. It plays a bank's own site, so it knows only its intents, no orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, url_for

from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, local_path, page
from shop.payments.gateways import is_sandbox_open
from shop.payments.gateways.sandbox import queries, services
from shop.payments.models import SandboxIntent
from shop.payments.ways import WALLETS, WAYS
from shop.storefront.forms import ShopForm
from shop.storefront.forms.bank import CardForm, CodeForm, UpiForm, WalletForm

bp = Blueprint("bank", __name__, url_prefix="/bank/<intent_id>")


@bp.before_request
def _only_test_money() -> None:
    """A shop that sells in earnest has no such bank, also for what was opened there before."""
    if not is_sandbox_open():
        raise NotFound


@bp.get("")
def show(intent_id: str) -> Response:
    intent = queries.intent(intent_id)
    if intent.state in {"succeeded", "failed"}:
        return go_to(_back_to_the_shop(intent))
    return _page(intent, _form_for(intent)(formdata=None, data={"upi_id": intent.upi_id}))


@bp.post("/card")
def pay_card(intent_id: str) -> Response:
    form = CardForm()

    def pay() -> str:
        return services.pay_card(intent_id, form.number.data, form.holder.data, form.expires)

    return _answer(intent_id, form, pay)


@bp.post("/upi")
def pay_upi(intent_id: str) -> Response:
    form = UpiForm()
    return _answer(intent_id, form, lambda: services.pay_upi(intent_id, form.upi_id.data))


@bp.post("/wallet")
def pay_wallet(intent_id: str) -> Response:
    form = WalletForm()
    return _answer(intent_id, form, lambda: services.pay_wallet(intent_id, form.number.data))


@bp.post("/code")
def enter_code(intent_id: str) -> Response:
    form = CodeForm()
    return _answer(intent_id, form, lambda: services.enter_code(intent_id, form.code.data))


@bp.post("/refusal")
def decline(intent_id: str) -> Response:
    intent = queries.intent(intent_id)
    services.decline(intent_id)
    return go_to(_back_to_the_shop(intent))


def _answer(intent_id: str, form: ShopForm, pay: Callable[[], str]) -> Response:
    """Try to pay; a slip shows the form again, a code is asked for here, everything else goes back to the shop."""
    intent = queries.intent(intent_id)
    if not form.validate():
        return _page(intent, form, 422)
    try:
        state = pay()
    except ShopError as error:
        form.blame(error)
        return _page(intent, form, 422)
    return go_to(url_for(".show", intent_id=intent_id) if state == "needs_code" else _back_to_the_shop(intent))


def _form_for(intent: SandboxIntent) -> type[ShopForm]:
    if intent.state == "needs_code":
        return CodeForm
    if intent.method in WALLETS:
        return WalletForm
    return UpiForm if intent.method == "upi" else CardForm


def _page(intent: SandboxIntent, form: ShopForm, status: int = 200) -> Response:
    around: dict[str, Any] = {
        "intent": intent,
        "form": form,
        "summary_amount": intent.amount,
        "way": WAYS[intent.method],
    }
    return page("storefront/bank/show.html", status, **around)


def _back_to_the_shop(intent: SandboxIntent) -> str:
    return local_path(intent.return_url, "/")
