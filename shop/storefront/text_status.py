"""Twilio tells what became of a text message; it signs what it says, so nobody else can."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from shop.lib.http.answers import external_url
from shop.lib.http.cross_site import signed
from shop.notifications import services, twilio

bp = Blueprint("text_status", __name__, url_prefix="/webhooks/texts")
ENDPOINT = signed(f"{bp.name}.note")


@bp.post("/<int:send_id>")
def note(send_id: int) -> Response:
    """The signature is over the address we gave, so it names the message as well."""
    said = request.form.to_dict()
    address = external_url(ENDPOINT, send_id=send_id)
    if not twilio.is_signed(current_app.config["SHOP"], address, said, request.headers.get(twilio.SIGNATURE, "")):
        abort(403)
    if reason := twilio.reason_not_delivered(said):
        services.note_undelivered(send_id, reason)
    return Response(status=204)
