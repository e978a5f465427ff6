"""What mails say: an event's order, person or refund turned into a recipient and the words' facts.

A writer returns None where there is nobody to write to, or nothing left to say.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from shop.accounts.events import (
    AccountErased,
    DataExportReady,
    EmailChanged,
    MadeElsewhere,
    PasswordChanged,
    PasswordResetRequested,
    SignInLinked,
    TwoFactorSwitchedOff,
    TwoFactorSwitchedOn,
    UserRegistered,
)
from shop.accounts.masking import masked
from shop.accounts.models import Farewell, User
from shop.accounts.services import login_links, resets
from shop.accounts.social.proofs import TITLES
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.lib.errors import NotFound
from shop.lib.events import Event, occasion
from shop.lib.http.answers import external_url
from shop.lib.money import Money
from shop.notifications import queries
from shop.orders.events import OrderEvent
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.events import RefundMade
from shop.payments.models import Refund
from shop.store.countries import country
from shop.store.settings import EXPORT_DAYS, value_of


@dataclass(frozen=True)
class Letter:
    """One mail before it is worded: to whom, about what, and the facts its templates show."""

    recipient: str
    facts: dict[str, Any] = field(default_factory=dict)
    order_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class LetterLine:
    """One line of an order as a mail shows it."""

    name: str
    variant: str
    quantity: int
    unit: Money
    total: Money


def about_order(event: OrderEvent) -> str:
    """Once for each order."""
    return f"order-{event.order_id}"


def about_failed_delivery(event: OrderEvent) -> str:
    """Once for each time the order moved there: a parcel can fail twice."""
    return f"order-{event.order_id}-{queries.last_move(event.order_id, OrderState.DELIVERY_FAILED)}"


def about_codes(event: OrderEvent) -> str:
    """Once for each set of hand-over codes; the key keeps six digits from being guessed out of it."""
    codes = ",".join(f"{parcel.id}:{parcel.otp}" for parcel in _parcels_on_the_way(event.order_id))
    secret = current_app.config["SHOP"].secret_key
    return f"order-{event.order_id}-{hmac.new(secret.encode(), codes.encode(), hashlib.sha256).hexdigest()[:16]}"


def about_refund(event: RefundMade) -> str:
    """Once for each refund."""
    return f"refund-{event.refund_id}"


def about_user(event: UserRegistered) -> str:
    """Once for each person."""
    return f"user-{event.user_id}"


def about_occasion(event: Event) -> str:
    """Once for each time it happened, however often this one is delivered."""
    return f"occasion-{occasion()}"


def write_order(event: OrderEvent) -> Letter | None:
    """To the buyer, with lines, sums and address, leading to the order's own page."""
    return _to_buyer(queries.order(event.order_id))


def write_cancelled(event: OrderEvent) -> Letter | None:
    """As for any order, with the reason given."""
    return _to_buyer(queries.order(event.order_id), reason=queries.last_note(event.order_id, OrderState.CANCELLED))


def write_shipped(event: OrderEvent) -> Letter | None:
    """As for any order, with carrier and tracking number of each parcel."""
    return _to_buyer(queries.order(event.order_id), parcels=queries.tracked_parcels(event.order_id))


def write_out_for_delivery(event: OrderEvent) -> Letter | None:
    """With the hand-over codes, read now: an older code is worth nothing, and none is left after delivery."""
    parcels = _parcels_on_the_way(event.order_id)
    return _to_buyer(queries.order(event.order_id), parcels=parcels) if parcels else None


def write_refunded(event: RefundMade) -> Letter | None:
    """To the buyer, with the amount that went back."""
    refund = db.session.get(Refund, event.refund_id)
    if refund is None:
        raise NotFound
    return _to_buyer(queries.order(event.order_id), refund=refund, payment=refund.payment)


def write_welcome(event: UserRegistered) -> Letter | None:
    """To a person who registered with an e-mail address."""
    return _to_person(event.user_id, action_url=external_url("home.show"), action_label="Look around")


def write_password_reset(event: PasswordResetRequested) -> Letter | None:
    """With a link made now, so that its few minutes begin when it leaves; every older link stops working."""
    link = external_url("password.reset", token=resets.make_reset(event.user_id))
    return _to_person(event.user_id, action_url=link, action_label="Choose a new password")


def write_password_changed(event: PasswordChanged) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id)


def write_email_changed(event: EmailChanged) -> Letter | None:
    """A warning to the address before, which does not tell the new one to whoever reads there now."""
    user = db.session.get(User, event.user_id)
    if user is None:
        return None
    facts = {"person": user, "new_email": masked(user.email or "")}
    return Letter(event.old_email, facts, user_id=user.id)


def write_welcome_link(event: MadeElsewhere) -> Letter | None:
    """To a new person without a password of their own, with a link that logs in once, made now."""
    link = external_url("login_link.show", token=login_links.make_login_link(event.user_id))
    return _to_person(event.user_id, action_url=link, action_label="Log in")


def write_sign_in_linked(event: SignInLinked) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id, provider=TITLES[event.provider])


def write_two_factor_on(event: TwoFactorSwitchedOn) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id)


def write_two_factor_off(event: TwoFactorSwitchedOff) -> Letter | None:
    """A warning too; it says whether the person did it or somebody of the team."""
    return _to_person(event.user_id, by_team=event.by_team)


def write_export_ready(event: DataExportReady) -> Letter | None:
    """Leads to the page where its person downloads it; the mail itself opens nothing."""
    link = external_url("data_export.show")
    return _to_person(event.user_id, action_url=link, action_label="Download your data", days=value_of(EXPORT_DAYS))


def write_farewell(event: AccountErased) -> Letter | None:
    """To the address the account had; its person may not have asked for this."""
    farewell = db.session.get(Farewell, event.user_id)
    if farewell is None:
        return None
    facts = {"first_name": farewell.name, "by_themselves": farewell.erased_by == event.user_id}
    return Letter(farewell.email, facts, user_id=event.user_id)


def _to_buyer(order: Order, **facts: Any) -> Letter | None:
    if not order.email:
        return None
    facts |= {
        "order": order,
        "lines": [LetterLine(line.name, f"{line.colour}, {line.size}", line.quantity, line.unit_price, line.total)
                  for line in order.lines],
        "sums": _sums(order),
        "action_url": external_url("order.show", token=order.token),
        "action_label": "See your order",
    }  # fmt: skip
    return Letter(order.email, facts, order.id, order.user_id)


def _sums(order: Order) -> list[tuple[str, Money | str]]:
    sums: list[tuple[str, Money | str]] = [("Items", order.lines_total)]
    if order.discount:
        sums.append(("Discount", -order.discount))
    sums.append(("Delivery", order.delivery_charge or "Free"))
    if order.tax_added:
        sums.append((country().taxes.name, order.tax_added))
    return sums


def _to_person(user_id: int, **facts: Any) -> Letter | None:
    user = db.session.get(User, user_id)
    if user is None or user.email is None or user.erased_at:
        return None
    return Letter(user.email, facts | {"person": user}, user_id=user.id)


def _parcels_on_the_way(order_id: int) -> list[Parcel]:
    return [parcel for parcel in queries.parcels_on_the_way(order_id) if parcel.otp]
