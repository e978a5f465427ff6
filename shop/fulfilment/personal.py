"""What the way of parcels and cash knows of people: who of the team did something, under their name, and photos of the
handing over, which go with the buyer."""

from __future__ import annotations

from sqlalchemy import select

from shop.extensions import db
from shop.fulfilment.models import CashCollection, Parcel, ParcelHistory
from shop.lib.files.storage import forget
from shop.lib.personal import Because, Holding
from shop.lib.queries import rows
from shop.orders.models import Order

WORK = Because("Says who of the team did it, as the books need.")
PARCELS = Because("Their orders tell of them.")


def _forget_photos(user_id: int) -> None:
    """A photo may show who stood at the door, and where they live. Orders still name their buyer here."""
    theirs = select(Parcel).join(Parcel.order).where(Order.user_id == user_id, Parcel.photo.is_not(None))
    for parcel in rows(theirs.order_by(Parcel.id)):
        forget(parcel.photo)
        parcel.photo = None
    db.session.flush()


HOLDINGS = (
    Holding((CashCollection.__tablename__, ParcelHistory.__tablename__), "", WORK, WORK),
    Holding((Parcel.__tablename__,), "", PARCELS, _forget_photos),
)
