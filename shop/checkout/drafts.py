"""Keeps what a buyer has answered so far, so that nothing is typed twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.cart.models import Cart
from shop.cart.queries import cart_of, owned_by
from shop.checkout.errors import EmptyBag
from shop.checkout.models import CheckoutDraft
from shop.delivery.cash import CASH_ON_DELIVERY
from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.queries import one_or_none
from shop.payments.offers import offered
from shop.store.countries import country

STEPS = ("contact", "address", "delivery", "payment", "review")


@dataclass(frozen=True)
class Draft:
    """The answers; a missing one is None, and the e-mail of somebody who has none is empty."""

    email: str | None = None
    phone: str | None = None
    address: dict[str, str] | None = None
    delivery_method_id: int | None = None
    payment_method: str | None = None
    credit: Money | None = None
    part_method: str | None = None
    proven_phone: str | None = None

    @property
    def has_proven_phone(self) -> bool:
        """Whether a code was typed for the phone that is given now."""
        return bool(self.phone) and self.proven_phone == self.phone

    @property
    def reached(self) -> str:
        """The e-mail address, or the phone of somebody who gave none."""
        return self.email or self.phone or ""

    @property
    def next_step(self) -> str:
        """The first step that is not answered yet."""
        answers = (self.email is not None and self.phone, self.address, self.delivery_method_id, self.payment_method)
        return next((step for step, answer in zip(STEPS, answers, strict=False) if not answer), "review")

    def is_reachable(self, step: str) -> bool:
        """Whether every step before this one is answered."""
        return STEPS.index(step) <= STEPS.index(self.next_step)


def draft_of(visitor: Visitor) -> Draft:
    """The visitor's answers so far."""
    mine = select(CheckoutDraft).join(Cart, Cart.id == CheckoutDraft.cart_id).where(owned_by(Cart, visitor))
    row = one_or_none(mine)
    return (
        Draft() if row is None else _fitting(Draft(**{name: getattr(row, name) for name in Draft.__dataclass_fields__}))
    )


def _fitting(draft: Draft) -> Draft:
    """Without what the store's country no longer takes, since the owner chose another."""
    here, address, method = country(), draft.address, draft.payment_method
    return replace(
        draft,
        address=address if address and address.get("country") == here.code else None,
        payment_method=method if method in offered() else None,
    )


def save_contact(visitor: Visitor, email: str, phone: str) -> None:
    """Keep how the buyer is reached: an e-mail address and a phone in E.164; the courier calls the same one.

    A saved address has a phone of its own, which stays.
    """
    before = draft_of(visitor)
    answers: dict[str, Any] = {"email": email.lower(), "phone": phone}
    if before.address and before.address.get("phone") == before.phone:
        answers["address"] = before.address | {"phone": phone}
    _save(visitor, **answers)


def save_address(visitor: Visitor, address: dict[str, str]) -> None:
    """Keep where the order goes."""
    _save(visitor, address=address)


def save_delivery(visitor: Visitor, method_id: int) -> None:
    """Keep the delivery method. Raises NotFound for one that is not on offer."""
    method = db.session.get(DeliveryMethod, method_id)
    if method is None or method.retired_at:
        raise NotFound
    _save(visitor, delivery_method_id=method_id)


def save_payment(visitor: Visitor, method: str, credit: Money | None = None, part_method: str | None = None) -> None:
    """Keep how the buyer pays, how much store credit at the most, and how the part that cash may need before.

    Raises NotFound for what is not on offer.
    """
    if method not in offered():
        raise NotFound
    _save(visitor, payment_method=method, credit=credit, part_method=part_method)


def save_proof(visitor: Visitor, phone: str) -> None:
    """Keep that a code proved this phone, and that its owner pays the courier."""
    _save(visitor, proven_phone=phone, payment_method=CASH_ON_DELIVERY)


def _save(visitor: Visitor, **answers: Any) -> None:
    cart = one_or_none(cart_of(visitor))
    if cart is None:
        raise EmptyBag
    row = db.session.get(CheckoutDraft, cart.id) or CheckoutDraft(cart_id=cart.id)
    for name, value in answers.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
