"""What a rider does at the door, by the link of one parcel: the same steps as at the desk, with a photo of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from shop.fulfilment import rider_links
from shop.fulfilment.models import Parcel
from shop.fulfilment.services.handover import deliver_parcel, take_attempt
from shop.fulfilment.services.parcels import fail_delivery
from shop.lib.actor import Actor
from shop.lib.files.kinds import StoredPicture
from shop.lib.files.storage import forget


class Outcome(StrEnum):
    """Why a parcel is not handed over."""

    REFUSED = "refused"
    ABSENT = "absent"


WORDS = {Outcome.REFUSED: "Refused", Outcome.ABSENT: "Nobody at home"}


def rider(ip: str | None) -> Actor:
    """Whoever holds a parcel's link; their name is the courier's business."""
    return Actor("courier", "The rider", ip=ip)


def count_attempt(token: str) -> None:
    """Count one try of the code, in a unit of its own. Raises CodeUsedUp, LinkOver, NotFound."""
    take_attempt(rider_links.parcel_at(token))


def hand_over(token: str, otp: str, photo: StoredPicture | None, by: Actor) -> Parcel:
    """Hand a parcel over against its code. Raises LinkOver, NotFound, ProofMissing, WrongCode."""
    parcel = rider_links.parcel_at(token)
    deliver_parcel(parcel, by, otp, **_shown_by(parcel, photo))
    return parcel


def bring_back(token: str, outcome: Outcome, note: str, photo: StoredPicture | None, by: Actor) -> Parcel:
    """Note that a parcel was refused, or that nobody took it, in the rider's words. Raises LinkOver, NotFound."""
    parcel = rider_links.parcel_at(token)
    reason, is_refused = f"{WORDS[outcome]}: {note}", outcome == Outcome.REFUSED
    fail_delivery(parcel, reason, by, is_refused=is_refused, **_shown_by(parcel, photo))
    return parcel


def _shown_by(parcel: Parcel, photo: StoredPicture | None) -> dict[str, Any]:
    """The newest photo stays; the one of an earlier try goes."""
    if photo is None:
        return {}
    forget(parcel.photo)
    return {"photo": photo}
