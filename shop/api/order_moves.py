"""Which service brings an order to a status: each does what follows from it, and refuses a move that is not allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shop.accounts.guards import ask_confirmed
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales import services as aftersales
from shop.api.door import refuse_without
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.states import ParcelState
from shop.lib.errors import ShopError
from shop.lib.queries import rows
from shop.lib.states import WrongState
from shop.orders.models import Order
from shop.orders.states import OrderState as S


class WhichParcel(ShopError):
    """An order that goes in several parcels is moved parcel by parcel."""

    field = "parcel_id"

    def __init__(self) -> None:
        super().__init__("This order goes in several parcels: say which one.")


@dataclass(frozen=True)
class Said:
    """What comes with a status: the carrier of a shipment, the proof of a delivery, the reason of a failure."""

    parcel_id: int | None = None
    carrier: str = ""
    tracking_number: str = ""
    otp: str = ""
    override_reason: str = ""
    notes: str = ""
    refused: bool = False


def bring(order: Order, to: S, said: Said) -> None:
    """Bring an order to a status. Raises WrongState, and what the status asks for beside."""
    if to not in MOVES:
        raise WrongState("shop_order", order.state, to)
    MOVES[to](order, said)


def count_attempt(order: Order, said: Said) -> None:
    """Count a try of a parcel's code, before it is compared and in a unit of its own. Raises CodeUsedUp."""
    fulfilment.take_attempt(_parcel(order, said, S.DELIVERED))


def _confirm(order: Order, said: Said) -> None:
    fulfilment.confirm_order(order, visitor().actor, said.notes)


def _pack(order: Order, _said: Said) -> None:
    fulfilment.pack_order(order, visitor().actor)


def _ship(order: Order, said: Said) -> None:
    parcel = _parcel(order, said, S.SHIPPED)
    for name in ("carrier", "tracking_number"):
        if not getattr(said, name):
            raise ShopError("Say who carries it, and under which number.", field=name)
    fulfilment.ship_parcel(parcel, said.carrier, said.tracking_number, visitor().actor)


def _send_out(order: Order, said: Said) -> None:
    fulfilment.send_out(_parcel(order, said, S.OUT_FOR_DELIVERY), visitor().actor)


def _deliver(order: Order, said: Said) -> None:
    parcel = _parcel(order, said, S.DELIVERED)
    fulfilment.deliver_parcel(parcel, visitor().actor, said.otp, said.override_reason)


def _fail(order: Order, said: Said) -> None:
    parcel = _parcel(order, said, S.DELIVERY_FAILED)
    if not said.notes:
        raise ShopError("Write why it could not be delivered.", field="notes")
    fulfilment.fail_delivery(parcel, said.notes, visitor().actor, is_refused=said.refused)


def _start_return(order: Order, said: Said) -> None:
    fulfilment.start_return(_parcel(order, said, S.RETURNING), visitor().actor)


def _receive_back(order: Order, _said: Said) -> None:
    ask_confirmed()
    aftersales.receive_back(order, visitor().actor)


def _cancel(order: Order, said: Said) -> None:
    refuse_without(Permission.ORDER_CANCEL)
    ask_confirmed()
    aftersales.cancel_order(order, visitor().actor, said.notes)


def _parcel(order: Order, said: Said, to: S) -> Parcel:
    """The parcel that is meant. Raises WrongState where nothing is packed, WhichParcel where it is not clear."""
    live = [parcel for parcel in rows(live_parcels(order.id)) if parcel.state != ParcelState.NOT_SENT]
    chosen = [parcel for parcel in live if said.parcel_id in {None, parcel.id}]
    if not live:
        raise WrongState("shop_order", order.state, to)
    if len(chosen) != 1:
        raise WhichParcel
    return chosen[0]


MOVES: dict[S, Callable[[Order, Said], None]] = {
    S.CONFIRMED: _confirm,
    S.PACKED: _pack,
    S.SHIPPED: _ship,
    S.OUT_FOR_DELIVERY: _send_out,
    S.DELIVERED: _deliver,
    S.DELIVERY_FAILED: _fail,
    S.RETURNING: _start_return,
    S.RETURNED: _receive_back,
    S.CANCELLED: _cancel,
}
