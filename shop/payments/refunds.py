"""Gives money back: by line and in any order, never more than was taken. The order's row is locked throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, select

from shop.extensions import db
from shop.lib import faults, states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.money import ZERO, Money, total
from shop.lib.queries import rows
from shop.orders.models import Order, OrderLine
from shop.orders.paid import paid_for
from shop.orders.services import lock_order, note_refund
from shop.payments import queries
from shop.payments.errors import NoAccountForCredit, NothingToRefund, ReferenceUsed, RestStillDue, TooMuchToRefund
from shop.payments.events import PayeeAsked, RefundMade, RefundOwed
from shop.payments.gateways import CASH
from shop.payments.models import Payment, PaymentEntry, Refund, RefundLine
from shop.payments.parts import DELIVERY, EXCESS, Part, money_off, spread, units_of
from shop.payments.services import settle_standing
from shop.payments.states import REFUND_NEXT, RefundState, RefundWay
from shop.payments.ways import STORE_CREDIT
from shop.promotions.credit import services as credit


@dataclass(frozen=True)
class Wanted:
    """What shall go back: units by order line and an amount for the delivery, or `amount` over all that is left.

    `way` is store credit or the way the money came; cash then goes to an account that the buyer names. With
    `payment_id` it comes out of that payment alone.
    """

    reason: str
    units: Mapping[int, int] = field(default_factory=dict)
    delivery: Money = ZERO
    amount: Money | None = None
    way: RefundWay = RefundWay.ORIGINAL
    payment_id: int | None = None


@dataclass(frozen=True)
class Share:
    """What goes back of one payment, and where to."""

    payment: Payment
    way: RefundWay
    parts: Sequence[Part]

    @property
    def amount(self) -> Money:
        return total([part.amount for part in self.parts])

    def amount_of(self, line_id: int) -> Money:
        """What of it is for a line, or for what stands in a line's place."""
        return total([part.amount for part in self.parts if part.line_id == line_id])


def plan(order: Order, wanted: Wanted) -> list[Share]:
    """What would go back, payment by payment; store credit last: money goes before what is as good as money here.

    Raises RestStillDue, NothingToRefund, TooMuchToRefund or NoAccountForCredit.
    """
    if order.waits_for_payment:
        raise RestStillDue
    parts = _parts(order, wanted)
    if not total([part.amount for part in parts]):
        raise NothingToRefund
    return _shares(order, parts, wanted.way, wanted.payment_id)


def refund(order: Order, wanted: Wanted, by: Actor) -> list[Refund]:
    """Owe the buyer what is wanted, one refund for each payment (PAY-05). Raises what `plan` raises."""
    order = lock_order(order.id)
    return [_owe(order, share, wanted.reason, by) for share in plan(order, wanted)]


def refund_all(order: Order, reason: str, by: Actor) -> list[Refund]:
    """Owe the buyer back everything that was captured and not yet refunded, to the tender it came from."""
    order = lock_order(order.id)
    left = total([queries.refundable(payment) for payment in rows(queries.payments_of(order.id))])
    if not left:
        return []
    lefts = queries.left_of(order)
    of_order = min(left, total([part.amount for part in lefts]))
    parts = money_off(lefts, of_order) if of_order else []
    excess = [Part(EXCESS, 0, left - of_order)] if left > of_order else []
    return _owe_parts(order, [*parts, *excess], reason, by)


def refund_excess(order: Order, amount: Money, reason: str, by: Actor) -> list[Refund]:
    """Owe the buyer back what they paid above all that a locked order costs since its lines changed."""
    return _owe_parts(order, [Part(EXCESS, 0, amount)], reason, by)


def record_refund(refund: Refund, reference: str) -> None:
    """Note that the money is back with the buyer. The order's row is locked."""
    states.move(refund, RefundState.DONE, REFUND_NEXT, reference=reference, done_at=now(), payee=None)
    payment = refund.payment
    db.session.add(PaymentEntry(payment_id=payment.id, kind="refunded", amount=-refund.amount, reference=reference))
    if refund.amount > refund.excess:
        note_refund(payment.order, refund.amount - refund.excess)
        settle_standing(payment.order)
    emit(RefundMade(payment.order_id, refund.id))


def record_failure(refund: Refund, reason: str) -> None:
    """Note that a provider refused; what it was for can be given back again."""
    states.move(refund, RefundState.FAILED, REFUND_NEXT, failure=reason[:200])


def refuse_known_reference(refund: Refund, reference: str) -> None:
    """Raise ReferenceUsed where the payment's ledger has one by this name."""
    named = exists().where(PaymentEntry.payment_id == refund.payment_id, PaymentEntry.kind == "refunded")
    if db.session.scalar(select(named.where(PaymentEntry.reference == reference))):
        raise ReferenceUsed


def _parts(order: Order, wanted: Wanted) -> list[Part]:
    lefts = queries.left_of(order)
    if wanted.amount is not None:
        if wanted.amount > total([left.amount for left in lefts]):
            raise TooMuchToRefund
        return money_off(lefts, wanted.amount) if wanted.amount else []
    by_line = {left.line_id: left for left in lefts}
    asked = [(line, wanted.units[line.id]) for line in order.lines if wanted.units.get(line.id)]
    chosen = [_units(by_line[line.id], line, units) for line, units in asked]
    if wanted.delivery > by_line[DELIVERY].amount:
        raise TooMuchToRefund("the delivery", "delivery")
    return [*chosen, *([Part(DELIVERY, 0, wanted.delivery)] if wanted.delivery else [])]


def _units(left: Part, line: OrderLine, units: int) -> Part:
    if units > left.units:
        raise TooMuchToRefund(line.name, f"units-{line.id}")
    return units_of(left, line.quantity, units, lambda first, number: paid_for(line, first, number))


def _shares(order: Order, parts: Sequence[Part], way: RefundWay, payment_id: int | None = None) -> list[Share]:
    payments = sorted(rows(queries.payments_of(order.id)), key=lambda one: (one.provider == STORE_CREDIT, one.id))
    usable = {one.id: one for one in payments if payment_id in {None, one.id}}
    try:
        found = spread(parts, {id: queries.refundable(payment) for id, payment in usable.items()})
    except ValueError:
        raise TooMuchToRefund from None
    shares = [Share(usable[id], _way(usable[id], way), pieces) for id, pieces in found.items()]
    if order.user_id is None and any(share.way == RefundWay.CREDIT for share in shares):
        raise NoAccountForCredit
    return shares


def _way(payment: Payment, wished: RefundWay) -> RefundWay:
    if wished == RefundWay.CREDIT or payment.provider == STORE_CREDIT:
        return RefundWay.CREDIT
    return RefundWay.PAYOUT if payment.provider == CASH else RefundWay.ORIGINAL


def _owe_parts(order: Order, parts: Sequence[Part], reason: str, by: Actor) -> list[Refund]:
    return [_owe(order, share, reason, by) for share in _shares(order, parts, RefundWay.ORIGINAL)]


def _owe(order: Order, share: Share, reason: str, by: Actor) -> Refund:
    lines = [RefundLine(order_line_id=part.line_id, units=part.units, amount=part.amount)
             for part in share.parts if part.line_id not in {DELIVERY, EXCESS}]  # fmt: skip
    found = Refund(
        payment=share.payment,
        amount=share.amount,
        delivery=share.amount_of(DELIVERY),
        excess=share.amount_of(EXCESS),
        reason=reason[:300],
        state=RefundState.PENDING,
        way=share.way,
        actor=by.name,
        lines=lines,
    )
    db.session.add(found)
    db.session.flush()
    faults.point("refund.owed")
    begin(found, order, by)
    return found


def begin(found: Refund, order: Order, by: Actor) -> None:
    """Send a pending refund its way: store credit is there at once, a provider is asked through the outbox, the buyer
    by mail. The order's row is locked."""
    if found.way == RefundWay.ORIGINAL:
        emit(RefundOwed(found.id))
    elif found.way == RefundWay.PAYOUT:
        emit(PayeeAsked(order.id, found.id))
    else:
        words = f"Refund of order {order.number}"
        record_refund(found, f"credit-{found.id}")
        credit.give(order.user_id or 0, found.amount, words, by, order_id=order.id, refund_id=found.id)
