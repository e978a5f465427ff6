"""Changes the lines of an order before it is packed, by hand of the shop; the difference is settled (ORD-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from shop.checkout.errors import OrderMoved
from shop.checkout.proposals import Change, Proposal, last_edit, propose
from shop.checkout.services.repricing import write_quote
from shop.checkout.services.settling import settle_difference
from shop.extensions import db
from shop.invoices.services import redraft
from shop.lib.actor import Actor
from shop.lib.events import emit
from shop.lib.money import ZERO, Money
from shop.orders.events import OrderEdited
from shop.orders.models import Order, OrderEdit, OrderLine
from shop.orders.services import lock_order, record
from shop.promotions import redemptions
from shop.stock import services as stock_services
from shop.store.formats import money


def edit_order(order: Order, units: Mapping[int, int], seen: tuple[int, int], note: str, by: Actor) -> OrderEdit:
    """Let an order have these units and no others; stock, discounts, draft invoice and money follow.

    `seen` are the newest change's id (0 for none) and the new total in minor units as they were shown. Raises
    OrderMoved where either is another by now, OutOfStock, CouponUsedUp, UsedBefore, and what `propose` raises.
    """
    order = lock_order(order.id)
    newest, proposal, before = last_edit(order.id), propose(order, units), order.total
    if seen != (newest.id if newest else 0, proposal.quote.total.minor):
        raise OrderMoved
    _write(order, proposal)
    redemptions.redeem_instead(order, proposal.quote.applied)
    stock_services.hold_instead(order.id, {line.variant_id: line.quantity for line in order.lines})
    edit = _note(order, proposal.changes, before, note, by)
    redraft(order)
    settle_difference(order, by)
    emit(OrderEdited(order.id, edit.id))
    return edit


def _write(order: Order, proposal: Proposal) -> None:
    """Lines that are out have no units and cost nothing; new ones come last."""
    kept = {piece.line.variant_id for piece in proposal.pieces}
    for line in [line for line in order.lines if line.variant_id not in kept]:
        line.quantity, line.discount, line.total = 0, ZERO, ZERO
        line.tax_contained = line.tax_added = ZERO
    last = db.session.scalar(select(func.max(OrderLine.position)).where(OrderLine.order_id == order.id)) or 0
    for line in [piece.line for piece in proposal.pieces if piece.line.order_id is None]:
        last += 1
        line.order_id, line.position = order.id, last
        db.session.add(line)
    write_quote(order, proposal.pieces, proposal.quote)
    db.session.refresh(order, ["lines"])


def _note(order: Order, changes: Sequence[Change], before: Money, note: str, by: Actor) -> OrderEdit:
    told = [{"variant_id": one.variant_id, "name": one.name, "before": one.before, "after": one.after}
            for one in changes]  # fmt: skip
    edit = OrderEdit(order_id=order.id, changes=told, total_before=before, total_after=order.total)
    db.session.add(edit)
    sums = f"Lines changed, {money(before)} → {money(order.total)}"
    words = (sums, note.strip(), "; ".join(one.text for one in changes))
    record(order, order.state, order.state, by, ". ".join(filter(None, words)))
    return edit
