"""What a message is about: a word that is the same however often its event is delivered, so that it leaves once."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from shop.accounts.events import AccountErased, PhoneAccountErased, UserRegistered
from shop.fulfilment.states import ParcelState
from shop.lib.events import Event, occasion
from shop.notifications import queries
from shop.orders.events import OrderEdited, OrderEvent
from shop.payments.events import RefundMade
from shop.stock.events import CameBack, LowStockFound


def about_order(event: OrderEvent) -> str:
    """Once for each order."""
    return f"order-{event.order_id}"


def about_sending(event: OrderEvent) -> str:
    """Once for each parcel that a carrier took."""
    return f"order-{event.order_id}-{queries.last_parcel_move(event.order_id, ParcelState.SHIPPED)}"


def about_failed_delivery(event: OrderEvent) -> str:
    """Once for each time a parcel was not handed over: it can fail twice."""
    return f"order-{event.order_id}-{queries.last_parcel_move(event.order_id, ParcelState.DELIVERY_FAILED)}"


def about_codes(event: OrderEvent) -> str:
    """Once for each set of hand-over codes; the key keeps six digits from being guessed out of it."""
    codes = ",".join(f"{parcel.id}:{parcel.otp}" for parcel in queries.parcels_with_code(event.order_id))
    secret = current_app.config["SHOP"].secret_key
    return f"order-{event.order_id}-{hmac.new(secret.encode(), codes.encode(), hashlib.sha256).hexdigest()[:16]}"


def about_edit(event: OrderEdited) -> str:
    """Once for each change of an order's lines."""
    return f"edit-{event.edit_id}"


def about_refund(event: RefundMade) -> str:
    """Once for each refund."""
    return f"refund-{event.refund_id}"


def about_alert(event: LowStockFound) -> str:
    """Once for each alert and whoever gets it."""
    return f"alert-{event.alert_id}-{event.user_id}"


def about_wait(event: CameBack) -> str:
    """Once for each wish."""
    return f"wait-{event.waiting_id}"


def about_person(event: UserRegistered | AccountErased | PhoneAccountErased) -> str:
    """Once for each person."""
    return f"user-{event.user_id}"


def about_occasion(event: Event) -> str:
    """Once for each time it happened, however often this one is delivered."""
    return f"occasion-{occasion()}"
