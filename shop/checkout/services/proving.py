"""A buyer proves the phone of their checkout by a code, where that comes before paying the courier (PAY-01).

The code belongs to the person, or to a guest's session, and fits one phone alone; what it proved stands in the answers
of this checkout and ends with them.
"""

from __future__ import annotations

from dataclasses import dataclass

from shop.accounts.services import codes
from shop.accounts.services.codes import Holder, Purpose
from shop.accounts.visitor import Visitor
from shop.cart.models import Cart
from shop.cart.queries import cart_of
from shop.checkout.drafts import save_proof
from shop.checkout.errors import EmptyBag
from shop.checkout.events import CashCodeAsked
from shop.checkout.models import CheckoutDraft
from shop.extensions import db
from shop.lib.events import emit
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work


@dataclass(frozen=True)
class CashCode:
    """A code, and how whoever it is for is reached."""

    code: str
    phone: str
    email: str


def ask_for_code(visitor: Visitor) -> None:
    """Owe the buyer a code. Raises EmptyBag."""
    cart = one_or_none(cart_of(visitor))
    if cart is None:
        raise EmptyBag
    emit(CashCodeAsked(cart.id))


def make_code(cart_id: int) -> CashCode | None:
    """A new code for the phone that is given now; None where the checkout is over, or no code is to be sent."""
    cart, draft = db.session.get(Cart, cart_id), db.session.get(CheckoutDraft, cart_id)
    if cart is None or draft is None or not draft.phone:
        return None
    code = codes.make_code(_holder(cart.user_id, cart.session_id), Purpose.CASH, draft.phone)
    return CashCode(code, draft.phone, draft.email or "") if code else None


def prove_phone(visitor: Visitor, phone: str, code: object) -> None:
    """Use the code up that was sent to this phone. Opens units of its own; raises WrongCode or EmptyBag."""
    holder = _holder(visitor.user_id, visitor.session_id)
    code_hash = codes.check_code(holder, Purpose.CASH, phone, code)
    with unit_of_work():
        codes.use_code(holder, Purpose.CASH, code_hash)
        save_proof(visitor, phone)


def _holder(user_id: int | None, session_id: str | None) -> Holder:
    return user_id or session_id or 0
