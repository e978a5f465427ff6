"""Providers of payment tell what happened. Each signs what it says; stored once it is answered, and followed later."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from shop.accounts import throttles
from shop.lib.http.cross_site import signed
from shop.lib.unit_of_work import steps, unit_of_work
from shop.payments import webhooks
from shop.payments.errors import GatewayAway
from shop.payments.gateways import listening
from shop.payments.gateways.base import Gateway, Notice, WrongSignature

bp = Blueprint("payment_webhooks", __name__, url_prefix="/webhooks")
signed(f"{bp.name}.take")
LONGEST = 256 * 1024


@bp.post("/stripe", defaults={"provider": "stripe"})
@bp.post("/paypal", defaults={"provider": "paypal"})
@bp.post("/sandbox", defaults={"provider": "sandbox"})
@throttles.unsigned_by_address
@steps
def take(provider: str) -> Response:
    """Store an event whose signature fits; 503 where the provider has to be asked about it and is away."""
    gateway = listening(provider)
    if gateway is None:
        abort(404)
    notice = _notice(gateway)
    with unit_of_work():
        webhooks.take(provider, notice)
    return Response(status=200)


def _notice(gateway: Gateway) -> Notice:
    request.max_content_length = LONGEST
    try:
        return gateway.read_webhook(dict(request.headers), request.get_data(cache=False))
    except WrongSignature:
        abort(400)
    except GatewayAway:
        abort(503)
