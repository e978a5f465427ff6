"""The parcels of an order as the owner sees them: each with its contents, its cash, and the forms of its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import segno

from shop.fulfilment import rider_links
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries.cash import cash_by_parcel, cash_due
from shop.fulfilment.states import OVER, ParcelState
from shop.lib.http.answers import external_url
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.staff.forms import StaffForm
from shop.staff.forms.orders import DeliverForm, FailForm, ShipForm

STEPS = frozenset(ParcelState) - OVER - {ParcelState.DELIVERED}
FORMS: dict[str, type[StaffForm]] = {"ship": ShipForm, "deliver": DeliverForm, "fail": FailForm}


@dataclass(frozen=True)
class ParcelCard:
    """One parcel. `cash` is collected with it, `due` of that is still with the courier."""

    parcel: Parcel
    name: str
    cash: Money
    due: Money
    forms: Mapping[str, StaffForm] = field(default_factory=dict)

    @property
    def rider_url(self) -> str | None:
        """Where its rider hands it over; None where it is not out, or its link was withdrawn or is too old."""
        token = rider_links.token_of(self.parcel)
        return external_url("rider.show", token=token) if token else None

    @property
    def rider_picture(self) -> str:
        """The same as a QR code, for the rider's phone to read from the screen."""
        return segno.make(self.rider_url or "", error="m").svg_data_uri(scale=4, border=4, light="#fff", dark="#000")

    @property
    def has_step(self) -> bool:
        """Whether something is to be done with it."""
        return self.parcel.state in STEPS

    @property
    def contents(self) -> str:
        """2 × Oxford shirt (Blue, M), 1 × Belt (Black, 90)."""
        named = ((line.quantity, line.order_line) for line in self.parcel.lines)
        return ", ".join(f"{units} × {kept.name} ({kept.variant})" for units, kept in named)


def cards_of(
    order: Order, parcels: Sequence[Parcel], parcel_id: int | None, typed: Mapping[str, StaffForm]
) -> list[ParcelCard]:
    """A card for each parcel that was not cancelled; `typed` are forms that were refused, of one parcel."""
    live = [parcel for parcel in parcels if parcel.state != ParcelState.CANCELLED]
    cash, due = (cash_by_parcel(order, live), cash_due(order, live)) if live else ({}, {})
    return [
        ParcelCard(
            parcel,
            f"Parcel {number}" if len(live) > 1 else "Parcel",
            cash.get(parcel.id, ZERO),
            due.get(parcel.id, ZERO),
            _forms(parcel, typed if parcel.id == parcel_id else {}),
        )
        for number, parcel in enumerate(live, start=1)
    ]


def _forms(parcel: Parcel, typed: Mapping[str, StaffForm]) -> dict[str, StaffForm]:
    """The forms of a parcel, under ids of their own: several parcels stand on one page."""
    booked = {"carrier": parcel.carrier, "tracking_number": parcel.tracking_number}
    made = {name: typed.get(name) or form(formdata=None, data=booked) for name, form in FORMS.items()}
    for form in made.values():
        for one in form:
            one.id = f"{one.id}-{parcel.id}"
    return made
