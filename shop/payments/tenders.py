"""What an order was paid with: each way to pay with what it brought in, for lists, pages, mails and apps."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select, type_coerce

from shop.extensions import db
from shop.lib.columns import MoneyColumn
from shop.lib.money import ZERO, Money, total
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.models import Payment, Refund
from shop.payments.states import PaymentState, RefundState
from shop.payments.ways import NAMES, WAYS
from shop.store.formats import money
from shop.store.labels import shown


@dataclass(frozen=True)
class Tender:
    """A way to pay and what it brought in for an order, before refunds; what is still waited for is not `paid`."""

    method: str
    amount: Money
    paid: bool


def tenders_of(order_ids: Collection[int]) -> dict[int, list[Tender]]:
    """The tenders of orders by their ids, oldest first; payments the same way are one. In one statement."""
    sums: dict[int, dict[tuple[str, bool], Money]] = {order_id: {} for order_id in order_ids}
    for order_id, method, state, amount in db.session.execute(_amounts(order_ids)) if sums else ():
        way = (method, state == PaymentState.PAID)
        sums[order_id][way] = sums[order_id].get(way, ZERO) + amount
    return {order_id: [Tender(way, amount, paid) for (way, paid), amount in found.items() if amount]
            for order_id, found in sums.items()}  # fmt: skip


def tenders_of_order(order_id: int) -> list[Tender]:
    """Those of one order."""
    return tenders_of([order_id])[order_id]


def came_in(tenders: Iterable[Tender]) -> Money:
    """What they brought in: the same as `queries.captured`."""
    return total([one.amount for one in tenders if one.paid])


def in_words(tenders: Iterable[Tender]) -> str:
    """What came in, each with its amount: Store credit ₹250, card ₹1,249. Nothing where nothing came in."""
    paid = [one for one in tenders if one.paid]
    first = [f"{name_of(one.method)} {money(one.amount)}" for one in paid[:1]]
    return ", ".join([*first, *(f"{spoken(one.method)} {money(one.amount)}" for one in paid[1:])])


def name_of(method: str) -> str:
    """What a way to pay is called in lists: the owner's word, or ours."""
    return shown(PAYMENT_TYPES, method, NAMES.get(method, method))


def spoken(method: str) -> str:
    """What it is called within a sentence."""
    return shown(PAYMENT_TYPES, method, WAYS[method].spoken if method in WAYS else NAMES.get(method, method).lower())


def _amounts(order_ids: Collection[int]) -> Select[int, str, str, Money]:
    """What each payment is over that is open, or came in and was not owed back as excess."""
    excess = select(func.coalesce(func.sum(Refund.excess), 0)).where(
        Refund.payment_id == Payment.id, Refund.state != RefundState.FAILED
    )
    amount = type_coerce(Payment.amount - excess.scalar_subquery(), MoneyColumn)
    found = select(Payment.order_id, Payment.method, Payment.state, amount).where(Payment.order_id.in_(order_ids))
    return found.where(Payment.state.in_((PaymentState.PAID, PaymentState.PENDING))).order_by(Payment.id)
