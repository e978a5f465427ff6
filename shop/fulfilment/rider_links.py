"""The link by which a rider without an account hands a parcel over: signed, for a while, and for one trip alone.

It names the parcel and is signed over the moment it ends, which stands in the parcel's row: a new trip or a new link
has another, a parcel that is over has none. So nothing of a link is kept, and an old one opens nothing.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from shop.fulfilment.errors import LinkOver
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries.parcels import parcel_numbered
from shop.fulfilment.states import ParcelState
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import one_or_none
from shop.lib.tokens import key_for
from shop.store.settings import RIDER_HOURS, value_of

LENGTH = 32
"""Characters of a signature: 128 bits."""


def end() -> datetime:
    """When a link that is made now ends."""
    return now() + timedelta(hours=value_of(RIDER_HOURS))


def token_of(parcel: Parcel) -> str | None:
    """What the link of a parcel that is out ends with; None where it has none."""
    return f"{_signature(parcel)}{parcel.id}" if parcel.rider_until and _is_open(parcel) else None


def parcel_at(token: str) -> Parcel:
    """The parcel a link opens. Raises NotFound for what no link looks like, LinkOver for one that counts no longer.

    One that never was is over too, so nobody learns which parcels there are.
    """
    signature, number = token[:LENGTH], token[LENGTH:]
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise NotFound
    parcel = one_or_none(parcel_numbered(int(number)))
    if parcel is None or not _is_open(parcel):
        raise LinkOver
    if not hmac.compare_digest(signature.encode(), _signature(parcel).encode()):
        raise LinkOver
    return parcel


def _is_open(parcel: Parcel) -> bool:
    is_out = parcel.state == ParcelState.OUT_FOR_DELIVERY
    return is_out and parcel.rider_until is not None and parcel.rider_until > now()


def _signature(parcel: Parcel) -> str:
    until = parcel.rider_until.isoformat() if parcel.rider_until else ""
    return hmac.digest(key_for("rider-link"), f"{parcel.id}:{until}".encode(), "sha256").hex()[:LENGTH]
