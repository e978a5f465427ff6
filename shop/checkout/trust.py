"""Who may pay the courier: points that the owner can read, and what follows from them (PAY-01).

Everybody begins in the middle. A phone confirmed by a code, orders that arrived and an address that is easy to find
add points; parcels that they refused at the door or that came back, also of others with the same phone, and a large
bag take some off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select

from shop.accounts.models import User
from shop.checkout.models import CashOverride
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.fulfilment.states import ParcelState
from shop.lib.money import Money
from shop.orders.models import Order
from shop.orders.queries import placed_by
from shop.orders.states import OrderState
from shop.store.cash_settings import CASH_LARGE, CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART
from shop.store.settings import value_of

START, CONFIRMED, LANDMARK, LARGE = 50, 20, 10, -20
DELIVERED, MOST_DELIVERED, UNWANTED, CAME_BACK = 10, 3, -30, -15
MOST = 100


class Answer(StrEnum):
    """Whether somebody may pay the courier: at once, with a confirmed phone alone, the rest of a part, or not."""

    ALLOWED = "allowed"
    CODE_FIRST = "code_first"
    PART_FIRST = "part_first"
    REFUSED = "refused"


REFUSALS = {
    Answer.CODE_FIRST: "Confirm this phone number by a code to pay on delivery.",
    Answer.REFUSED: "Cash on delivery is not offered for this order.",
}


@dataclass(frozen=True)
class Past:
    """What is known of a buyer; `phone` is the one they confirmed, in their account or at the checkout.

    Parcels are counted once: as refused, or as come back. `override` is what the owner decided for them.
    """

    delivered: int = 0
    refused: int = 0
    came_back: int = 0
    phone: str | None = None
    override: Answer | None = None


@dataclass(frozen=True)
class Fact:
    """Something that counts, and how much."""

    words: str
    points: int


@dataclass(frozen=True)
class Trust:
    """What counts for and against a buyer, and the answer that follows."""

    facts: tuple[Fact, ...]
    answer: Answer
    override: Answer | None
    is_confirmed: bool

    @property
    def points(self) -> int:
        """From 0 to 100."""
        return max(0, min(MOST, sum(fact.points for fact in self.facts)))

    @property
    def refusal(self) -> str | None:
        """Why they may not pay the courier; None where they may."""
        is_proven = self.answer == Answer.CODE_FIRST and self.is_confirmed
        return None if is_proven else REFUSALS.get(self.answer)


def past_of(user_id: int | None, reached: str, phone: str | None) -> Past:
    """What is known of an account, or of a guest by how they are reached; in one statement.

    What nobody took is counted of the phone, too: a new e-mail address makes no new buyer.
    """
    theirs = placed_by(user_id, reached)
    delivered = select(func.count(Order.id)).where(theirs, Order.state == OrderState.DELIVERED)
    sent = select(func.count(Parcel.id)).join(Order).where(or_(theirs, Order.phone == phone) if phone else theirs)
    refused = sent.where(Parcel.refused_at.is_not(None), Parcel.state != ParcelState.DELIVERED)
    back = sent.where(Parcel.refused_at.is_(None), Parcel.state == ParcelState.RETURNED)
    proven = select(User.phone).where(User.id == user_id, User.phone_verified_at.is_not(None))
    override = select(CashOverride.answer).where(CashOverride.user_id == user_id)
    asked = (delivered, refused, back, proven, override)
    found = db.session.execute(select(*(one.scalar_subquery() for one in asked))).one()
    return Past(found[0], found[1], found[2], found[3], Answer(found[4]) if found[4] else None)


def weigh(past: Past, phone: str, address: Mapping[str, Any], total: Money) -> Trust:
    """The points of an order for this phone, address and total, and the answer that follows from the owner's limits."""
    is_confirmed = bool(past.phone) and past.phone == phone
    facts = tuple(_facts(past, is_confirmed, bool(address.get("landmark")), total))
    plain = Trust(facts, Answer.REFUSED, past.override, is_confirmed)
    return Trust(facts, past.override or _answer(plain.points), past.override, is_confirmed)


def _facts(past: Past, is_confirmed: bool, has_landmark: bool, total: Money) -> list[Fact]:
    large = Money(value_of(CASH_LARGE))
    found = [
        Fact("Everybody begins with", START),
        Fact("Phone confirmed by a code", CONFIRMED if is_confirmed else 0),
        Fact(f"Orders delivered: {past.delivered}", DELIVERED * min(past.delivered, MOST_DELIVERED)),
        Fact(f"Parcels refused at the door: {past.refused}", UNWANTED * past.refused),
        Fact(f"Parcels that came back undelivered: {past.came_back}", CAME_BACK * past.came_back),
        Fact("Address with a landmark", LANDMARK if has_landmark else 0),
        Fact("Large order", LARGE if large and total >= large else 0),
    ]
    return [fact for fact in found if fact.points]


def _answer(points: int) -> Answer:
    if points >= value_of(CASH_POINTS):
        return Answer.ALLOWED
    if points >= value_of(CASH_POINTS_CODE):
        return Answer.CODE_FIRST
    return Answer.PART_FIRST if points >= value_of(CASH_POINTS_PART) else Answer.REFUSED
