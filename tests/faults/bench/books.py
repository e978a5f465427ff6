"""What the shop's books and the bank's book say of one buyer's goods; each read stands alone."""

from dataclasses import dataclass

from sqlalchemy import func, select

from shop.extensions import db
from shop.orders.models import Order, OrderLine
from shop.payments.models import Payment, PaymentEntry, SandboxIntent
from shop.stock import queries as stock_queries
from tests.faults.bench.shop import BenchShop


@dataclass(frozen=True)
class Books:
    """Orders' states, in paise the money the shop has noted and the money the bank keeps, and the units for sale."""

    states: tuple[str, ...]
    noted: int
    at_the_bank: int
    for_sale: int


def books_of(shop: BenchShop, variant_id: int) -> Books:
    """The books about everything that was ordered of a variant."""
    with shop.inside():
        found = orders_of(variant_id)
        return Books(
            tuple(order.state for order in found),
            sum(_noted(order.id) for order in found),
            sum(_at_the_bank(order.number) for order in found),
            stock_queries.for_sale([variant_id])[variant_id],
        )


def orders_of(variant_id: int) -> list[Order]:
    """The orders with this variant in them, oldest first; inside the shop's context."""
    mine = select(Order).join(OrderLine).where(OrderLine.variant_id == variant_id).order_by(Order.id)
    return list(db.session.scalars(mine).unique())


def _noted(order_id: int) -> int:
    entries = select(func.sum(PaymentEntry.amount)).join(Payment).where(Payment.order_id == order_id)
    return _minor(entries)


def _at_the_bank(number: str) -> int:
    ours = SandboxIntent.idempotency_key.startswith(f"{number}-")
    kept = select(func.sum(SandboxIntent.amount - SandboxIntent.refunded))
    return _minor(kept.where(ours, SandboxIntent.state == "succeeded"))


def _minor(query) -> int:  # type: ignore[no-untyped-def]
    found = db.session.scalar(query)
    return int(getattr(found, "minor", found or 0))
