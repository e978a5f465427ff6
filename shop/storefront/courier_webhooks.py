"""Couriers tell what became of their shipments; each signs what it says, so nobody else can."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from shop.fulfilment.errors import NotSigned
from shop.fulfilment.services import tracking
from shop.lib.http.cross_site import signed

SIGNATURE = "X-Courier-Signature"
bp = Blueprint("courier_webhooks", __name__, url_prefix="/webhooks/couriers")
signed(f"{bp.name}.take")


@bp.post("/<code>")
def take(code: str) -> Response:
    """Stored once and followed; the same answer however often it is sent."""
    try:
        tracking.receive(code, request.get_data(), request.headers.get(SIGNATURE, ""))
    except NotSigned:
        abort(403)
    return Response(status=204)
