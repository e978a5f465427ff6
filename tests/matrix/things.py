"""Fills the matrix's shop with people of every kind, each with a bag, a wish, addresses, orders and payments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shop.accounts.customers.services import write_note
from shop.accounts.models import User
from shop.accounts.permissions import BUILT_IN_ROLES, Permission
from shop.accounts.services import addresses, codes, resets, verifications
from shop.accounts.services.codes import Purpose
from shop.accounts.visitor import Visitor
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.cart.models import CartLine
from shop.checkout.services import start_payment
from shop.checkout.services.paying import latest_payment
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.membership.models import DataExport
from shop.orders.models import Order
from shop.payments.gateways.base import IntentRequest
from shop.payments.gateways.sandbox import services as bank
from tests.checkout.buying import ADDRESS, a_ready_buyer, an_order_id, total_of
from tests.factories import PASSWORD, a_customer, a_guest, a_product, a_user, a_variant
from tests.matrix import customers, delivery, elsewhere, goods, invoices, payments, second_factor
from tests.matrix.coupons import coupons
from tests.matrix.house import house
from tests.matrix.logs import logins
from tests.matrix.merchandise import bulk_edit_of, planned_sale
from tests.matrix.people import EVERYBODY, Person, holding, known
from tests.matrix.proofs import texts
from tests.matrix.saves import saves_of
from tests.matrix.stock import stock, wait_of
from tests.matrix.team import team
from tests.matrix.variants import variants
from tests.matrix.work import jobs_of

NEEDS_CODE = "4000000000003220"


def settle(more: dict[str, Any]) -> dict[str, Person]:
    """Make everything; returns the people by name. Everybody knows `more` too."""
    shared = goods.shelf() | goods.desk() | goods.lookups() | goods.sorted_by() | team() | logins() | house()
    shared |= second_factor.half_logged_in() | elsewhere.login_link() | more | coupons()
    shared |= customers.settle(shared["buyer"]) | texts() | stock() | variants() | planned_sale() | delivery.delivery()
    shared |= invoices.invoices() | payments.payments() | {"wishlist token": _shared_wishlist()}
    people = [Person("nobody", things=shared | second_factor.NO_CODES), _guest(shared | second_factor.NO_CODES)]
    people += [_person(name, role, shared) for name, role in
               (("customer", None), ("other", None), ("clerk", "support"), ("owner", "owner"))]  # fmt: skip
    for permission in Permission:
        people.append(_holder({permission}, f"only {permission}", shared))
        people.append(_holder(set(Permission) - {permission}, f"all but {permission}", shared))
    return {person.name: person for person in people}


def _guest(shared: dict[str, Any]) -> Person:
    visitor = a_guest()
    owned = _account(a_user()) | _bought(visitor) | _gathered(visitor)
    return known("guest", visitor, frozenset(), shared | owned)


def _person(name: str, role: str | None, shared: dict[str, Any]) -> Person:
    phone = f"+9198450{EVERYBODY.index(name):05}"
    user = a_user(f"{name}@example.com", role=role, first_name=name.title(), phone=phone)
    held = _second_factor(name, user)
    elsewhere.link(user)
    visitor = a_customer(user)
    held |= {"user": user.id} | _noted(user, shared)
    held |= saves_of(user.id, shared)
    owned = held | _account(user) | _addresses(user) | wait_of(user.id)
    # Whoever has an open order cannot go; somebody has none.
    owned |= {"free password": PASSWORD} if role == "support" else _bought(visitor)
    owned |= _gathered(visitor)
    if name == "clerk":
        # A login of theirs would stop half-way.
        del owned["password"]
    permissions = BUILT_IN_ROLES[role][1] if role else frozenset()
    return known(
        name, visitor, permissions, shared | owned | jobs_of(held["user"], permissions) | bulk_edit_of(held["user"])
    )


def _second_factor(name: str, user: User) -> dict[str, Any]:
    """Of one it counts, of one it waits for its first code."""
    if name == "clerk":
        return second_factor.switched_on(user)
    return second_factor.waiting(user) if name == "customer" else {}


def _holder(permissions: set[Permission], name: str, shared: dict[str, Any]) -> Person:
    user, visitor = holding(permissions, name)
    owned = jobs_of(user.id, frozenset(permissions)) | bulk_edit_of(user.id) | _noted(user, shared)
    owned |= saves_of(user.id, shared)
    return known(name, visitor, frozenset(permissions), shared | owned)


def _noted(user: User, shared: dict[str, Any]) -> dict[str, Any]:
    return {"note": write_note(shared["buyer"], user.id, "Asked for size L by phone").id}


def _account(user: User) -> dict[str, Any]:
    ready = {"parts": 1, "ready_at": now(), "expires_at": now() + timedelta(days=7), "size": 3, "content": b"ZIP"}
    db.session.add(DataExport(user_id=user.id, asked_at=now() - timedelta(days=2), **ready))
    known = {"email": user.email, "password": PASSWORD, "reset": resets.make_reset(user.id)}
    known["email link"] = verifications.make_link(user.id)
    known["reset code"] = codes.make_code(user.id, Purpose.RESET, user.email or "")
    return known | {"phone code": codes.make_code(user.id, Purpose.PHONE, user.phone or "")}


def _addresses(user: User) -> dict[str, Any]:
    """Two, so that the second can become the default."""
    addresses.add_address(user.id, ADDRESS | {"label": "Home"})
    return {"address": addresses.add_address(user.id, ADDRESS | {"label": "Work", "house": "14"}).id}


def _bought(visitor: Visitor) -> dict[str, Any]:
    """An order that can be cancelled, and orders whose payment stands in every way."""
    order = db.session.get_one(Order, an_order_id(visitor=visitor))
    found = {"order": order.id, "number": order.number, "token": order.token, "order_line": order.lines[0].id}
    for method in ("card", "upi"):
        unpaid = an_order_id(visitor=visitor, payment=method)
        found |= {f"{method} intent": _intent_of(unpaid), f"{method} token": _token_of(unpaid)}
        found |= {f"{method} payment": latest_payment(unpaid).id}
    found |= {"unpaid order": an_order_id(visitor=visitor, payment="card")}
    asked = _intent_of(an_order_id(visitor=visitor, payment="card"))
    bank.pay_card(asked, NEEDS_CODE)
    db.session.commit()
    wallet = bank.open_intent(IntentRequest(f"wallet {visitor.session_id}", Money(118690), "BDT", "bkash", "Bag", "/"))
    found |= {"wallet intent": wallet}
    found |= invoices.invoice_of(visitor) | payments.payment_of(visitor)
    return found | {"code intent": asked, "guest token": _token_of(an_order_id())}


def _shared_wishlist() -> str:
    guest = a_guest()
    cart_services.wish(guest, a_product().id)
    return cart_services.share_wishlist(guest, "").token


def _intent_of(order_id: int) -> str:
    db.session.rollback()
    return start_payment(order_id).removeprefix("/bank/")


def _token_of(order_id: int) -> str:
    return db.session.get_one(Order, order_id).token


def _gathered(visitor: Visitor) -> dict[str, Any]:
    """A bag at the checkout's last step; something saved for later; and a wish."""
    wished, bought = a_product(), a_product()
    cart_services.wish(visitor, wished.id, None, True)
    saved = cart_services.save_variant(visitor, a_variant().id, 1).id
    cash_code = codes.make_code(visitor.user_id or visitor.session_id or 0, Purpose.CASH, ADDRESS["phone"])
    a_ready_buyer(bought.variants[0], visitor=visitor)
    line = db.session.scalars(select(CartLine).where(CartLine.variant_id == bought.variants[0].id)).one()
    wish = db.session.scalars(cart_queries.wishlist_of(visitor)).one()
    cart_services.share_wishlist(visitor, "Asha")
    db.session.commit()
    found = {"line": line.id, "saved line": saved, "wish": wish.id, "wished": wished.id}
    found |= {"wished variant": wished.variants[0].id, "list's name": "Ravi", "cash code": cash_code}
    total = total_of(visitor)
    return found | {"seen total": total, "total": f"{total // 100}.{total % 100:02}"}
