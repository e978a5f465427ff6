"""What paying the courier asks of an order that was placed with another way to pay: its fee, and a part before."""

from __future__ import annotations

from sqlalchemy import update

from shop.accounts.services import custom
from shop.checkout.cash import cash_terms_of
from shop.checkout.errors import NoCash
from shop.delivery.cash import CASH_ON_DELIVERY, CashTerms
from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.queries import captured
from shop.pricing.tax_split import shares
from shop.pricing.taxes import delivery_rate, parted, tax_of
from shop.pricing.trace import Step, StepKind
from shop.store.countries import country
from shop.store.queries import store


def apply_terms(order: Order, method: str) -> None:
    """Let a locked, unpaid order come to what it costs, and ask for what is paid before, when it is paid this way.

    Raises NoCash.
    """
    terms = cash_terms_of(order) if method == CASH_ON_DELIVERY else CashTerms()
    if terms.refusal:
        raise NoCash(terms.refusal)
    asks = order.state == OrderState.PLACED and terms.part > captured(order.id)
    part = terms.part if asks else ZERO
    if part != order.prepaid:
        db.session.execute(update(Order).where(Order.id == order.id).values(prepaid=part))
        db.session.refresh(order, ["prepaid"])
    if terms.fee != order.payment_fee:
        _write(order, terms.fee)


def _write(order: Order, fee: Money) -> None:
    """The fee bears the tax of delivery, which may come on top of it."""
    taxes = country().taxes
    parts = shares(store().state, order.address.get("state"), taxes)
    tax = tax_of(order.delivery_charge + fee, delivery_rate(order.lines), taxes, parts)
    contained, added = parted(tax - order.delivery_tax, taxes)
    more = fee - order.payment_fee
    steps = [Step(StepKind.FEE, "Cash on delivery", amount=more)]
    steps += [Step(StepKind.TAX, f"{taxes.name} on it", amount=added)] if added != ZERO else []
    changed = update(Order).where(Order.id == order.id)
    db.session.execute(changed.values(
        payment_fee=fee,
        delivery_tax=tax,
        tax_contained=order.tax_contained + contained,
        tax_added=order.tax_added + added,
        total=order.total + more + added,
        pricing_trace=[*order.pricing_trace, *(step.plain for step in steps)],
    ))  # fmt: skip
    db.session.refresh(order)
    if order.user_id:
        custom.note_more(order.user_id, more + added)
