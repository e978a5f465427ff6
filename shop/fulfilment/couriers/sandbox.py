"""The built-in courier, for trying out the shop: it fetches nothing, and says what somebody tells it to say.

It plays another company: it has a book of its own, makes numbers and labels, and signs its events with a key made from
the shop's secret, which is how the shop knows them.
"""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import UTC, datetime

from sqlalchemy import select, update

from shop.extensions import db
from shop.fulfilment.couriers.base import Booking, CourierTold, EventKind, Shipment
from shop.fulfilment.errors import CourierAway, NotSigned
from shop.fulfilment.models import SandboxShipment
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.pdf import blocks
from shop.lib.pdf.document import as_pdf
from shop.lib.queries import one_or_404, one_or_none
from shop.lib.tokens import key_for
from shop.lib.unit_of_work import unit_of_work
from shop.store.amounts import money
from shop.store.formats import phone

CODE = "sandbox"
CARRIER = "Sandbox Courier"


class SandboxCourier:
    """Answers at once, and never fetches a thing."""

    name = CARRIER

    def create(self, shipment: Shipment) -> Booking:
        with unit_of_work():
            book = select(SandboxShipment).where(SandboxShipment.reference == shipment.reference)
            live = one_or_none(book.where(SandboxShipment.cancelled_at.is_(None))) or _new(shipment)
            return Booking(CARRIER, live.tracking_number)

    def label(self, shipment: Shipment, booking: Booking) -> bytes:
        to, cash = shipment.address, shipment.to_collect
        lines = [to["name"], f"{to['house']}, {to['street']}", to["landmark"], f"{to['city']} {to['postal_code']}",
                 to["state"], phone(to["phone"])]  # fmt: skip
        facts = [("AWB", booking.tracking_number), ("Reference", shipment.reference),
                 ("Pieces", str(shipment.pieces)), ("Weight", f"{shipment.grams / 1000:.2f} kg")]  # fmt: skip
        pay = ["Cash on delivery", money(cash)] if cash else ["Prepaid", "Collect nothing"]
        story = [
            *blocks.header(CARRIER, ["Nobody fetches this parcel: a courier for trying out."], "Label", facts),
            *blocks.barcode(booking.tracking_number),
            *blocks.parties([("Deliver to", [line for line in lines if line]), ("Payment", pay)]),
        ]
        return as_pdf(f"Label {booking.tracking_number}", CARRIER, CARRIER, story)

    def cancel(self, tracking_number: str) -> None:
        with unit_of_work():
            open_ones = update(SandboxShipment).where(SandboxShipment.tracking_number == tracking_number)
            waiting = open_ones.where(SandboxShipment.said == 0, SandboxShipment.cancelled_at.is_(None))
            if rows_changed(waiting.values(cancelled_at=now())) != 1:
                raise CourierAway("The courier has fetched it, or it was cancelled before.")

    def read(self, body: bytes, signature: str) -> CourierTold:
        if not hmac.compare_digest(signature.encode(errors="replace"), sign(body).encode()):
            raise NotSigned
        told = json.loads(body)
        happened = datetime.fromtimestamp(told["at"], UTC)
        return CourierTold(told["id"], told["awb"], EventKind(told["event"]), happened, told["note"])


def say(tracking_number: str, kind: EventKind, note: str = "") -> tuple[bytes, str]:
    """Let the courier tell of a shipment: the body and the signature of its next webhook, in the caller's unit."""
    book = select(SandboxShipment).where(SandboxShipment.tracking_number == tracking_number)
    shipment = one_or_404(book.with_for_update())
    shipment.said += 1
    event = {"id": f"{tracking_number}-{shipment.said}", "awb": tracking_number, "event": kind, "note": note[:300],
             "at": now().timestamp()}  # fmt: skip
    body = json.dumps(event).encode()
    return body, sign(body)


def sign(body: bytes) -> str:
    """The courier's signature of a webhook."""
    return hmac.digest(key_for("sandbox-courier"), body, "sha256").hex()


def _new(shipment: Shipment) -> SandboxShipment:
    made = SandboxShipment(
        tracking_number=f"SBX{secrets.randbelow(10**10):010d}",
        reference=shipment.reference,
        to_collect=shipment.to_collect,
        pieces=shipment.pieces,
        grams=shipment.grams,
    )
    db.session.add(made)
    db.session.flush()
    return made
