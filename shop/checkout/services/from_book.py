"""Places an order in one go, for apps: the bag, an address of the address book, and how it is paid (ORD-01)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from shop.accounts.services.addresses import address_of
from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag
from shop.checkout.drafts import Draft
from shop.checkout.errors import ElsewhereAddress, NoEmail, NotOffered, NotPaidSo, PriceChanged
from shop.checkout.queries import Summary, summary_with
from shop.checkout.services.placing import lock_bag, once, write_order
from shop.lib.money import Money, total
from shop.orders.models import Order
from shop.payments.offers import offered, paid_before
from shop.promotions.credit.queries import balance_of
from shop.store.countries import country


@dataclass(frozen=True)
class BookOrder:
    """What is asked for. Without a delivery method the cheapest; without `seen_total` the prices the bag was shown.

    Store credit pays first, as far as it goes; the rest is paid by the method. Where cash needs a part before,
    `part_method` pays it, or the first that is offered.
    """

    address_id: int
    payment_method: str
    delivery_method_id: int | None = None
    email: str | None = None
    seen_total: int | None = None
    upi_id: str | None = None
    use_store_credit: bool = False
    part_method: str | None = None


def order_from_book(visitor: Visitor, key: str | None, asked: BookOrder) -> Order:
    """Turn a person's bag into an order, once for each key; without a key a second try finds the bag empty.

    Runs in the caller's unit. Raises NotFound, NoEmail, NotOffered, NotPaidSo or ElsewhereAddress beside what
    `place_order` raises.
    """
    if key is None:
        return _write(visitor, asked)
    return once(visitor, key, asdict(asked), lambda: _write(visitor, asked))


def _write(visitor: Visitor, asked: BookOrder) -> Order:
    answers = _answers(visitor, asked)
    cart = lock_bag(visitor)
    summary = summary_with(visitor, answers)
    if summary.offers and not summary.bag.is_empty and summary.offer is None:
        raise NotOffered
    return write_order(visitor, cart, summary, _agreed_total(summary, asked.seen_total))


def _answers(visitor: Visitor, asked: BookOrder) -> Draft:
    address = address_of(visitor.user_id or 0, asked.address_id)
    if asked.payment_method not in offered():
        raise NotPaidSo
    if asked.part_method and asked.part_method not in paid_before():
        raise NotPaidSo("part_payment_type_id")
    if address.country != country().code:
        raise ElsewhereAddress(country().name)
    email = asked.email or visitor.email
    if not email:
        raise NoEmail
    credit = balance_of(visitor.user_id) if asked.use_store_credit else None
    method = (asked.delivery_method_id, asked.payment_method, credit, asked.part_method)
    return Draft(email, address.phone, address.snapshot, *method)


def _agreed_total(summary: Summary, seen_total: int | None) -> int:
    """Who names no total agreed to the prices the bag was shown with, and to no others (CRT-02)."""
    now = summary.quote.total
    if seen_total is None and (changes := summary.bag.price_changes):
        raise PriceChanged(now - _change_since_seen(summary.bag), now, changes)
    return now.minor if seen_total is None else seen_total


def _change_since_seen(bag: Bag) -> Money:
    return total([(line.unit_price - line.price_seen) * line.quantity for line in bag.lines])
