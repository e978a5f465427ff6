"""Kill -9 of the one process that has written half a purchase, a parcel or a refund: nothing of it stays, and who
does the same again has it once. One buyer, and one order at the desk, meet every point; the others go on.
"""

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain

import pytest
from sqlalchemy import func, select, update

from shop.cart.models import Cart
from shop.checkout.models import CheckoutDraft
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.invoices.models import Invoice
from shop.invoices.states import InvoiceKind
from shop.lib.actor import OPERATOR
from shop.lib.money import Money
from shop.orders.models import Order
from shop.payments.models import Payment, Refund
from shop.promotions.credit import services as credit
from shop.promotions.credit.queries import balance_of
from shop.promotions.models import Redemption
from tests.checkout.buying import a_ready_buyer, an_order_id, pay, total_of
from tests.conftest import IS_LONG
from tests.factories import a_customer, a_user, a_variant
from tests.faults.bench.books import Books, books_of
from tests.faults.bench.crowd import Answer, Visitor, owners_session
from tests.faults.bench.shop import BenchShop
from tests.promotions.making import a_coupon
from tests.support import figures

OF_A_PURCHASE = (
    "checkout.key_claimed", "checkout.uses_taken", "checkout.goods_held", "payment.credit_taken", "payment.captured",
)  # fmt: skip
OF_THE_DESK = (("parcel.order_packed",), ("parcel.goods_left", "invoice.number_taken"), ("refund.owed",))
ALL = (*OF_A_PURCHASE, *chain(*OF_THE_DESK))
UNITS, PRICE, GIFT, PART = 5, 149900, Money(50000), Money(30000)
pytestmark = pytest.mark.faults


def kill_at(shop: BenchShop, point: str, act: Callable[[], object]) -> None:
    """Let somebody come as far as a point, and end the process that serves them."""
    shop.arm(point)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(act)
        os.kill(shop.wait_until_at(point), signal.SIGKILL)
    shop.let_go(point)


@dataclass(frozen=True)
class Purchase:
    """A customer who pays a part with store credit and the rest by card, with a coupon that counts once."""

    shop: BenchShop
    variant_id: int
    user_id: int
    coupon_id: int
    total: int
    visitor: Visitor

    @classmethod
    def ready(cls, shop: BenchShop) -> "Purchase":
        with shop.inside():
            user_id, variant_id = (user := a_user()).id, (variant := a_variant(units=UNITS, price=PRICE)).id
            buyer, code = a_customer(user), f"KILLED{variant_id}"
            coupon_id = a_coupon(code, uses_limit=1).id
            a_ready_buyer(variant, payment="card", visitor=buyer)
            cart_id = db.session.scalars(select(Cart.id).where(Cart.user_id == user_id)).one()
            db.session.execute(update(Cart).where(Cart.id == cart_id).values(coupon_code=code))
            db.session.execute(update(CheckoutDraft).where(CheckoutDraft.cart_id == cart_id).values(credit=PART))
            credit.give(user_id, GIFT, "A gift", OPERATOR)
            db.session.commit()
            visitor = Visitor(shop, buyer.session_id, is_signed_in=True)
            return cls(shop, variant_id, user_id, coupon_id, total_of(buyer), visitor)

    def buy(self) -> Answer:
        """From the last step to the thanks, or as far as the power lasts."""
        return self.visitor.buy(self.total)

    def came_to(self) -> tuple[Books, int, int]:
        """The books, how often the coupon counts, and what is left of the gift."""
        with self.shop.inside():
            live = (Redemption.promotion_id == self.coupon_id, Redemption.freed_at.is_(None))
            uses = db.session.scalar(select(func.count(Redemption.id)).where(*live)) or 0
            left = balance_of(self.user_id).minor
        return books_of(self.shop, self.variant_id), uses, left

    @property
    def once(self) -> tuple[Books, int, int]:
        """What it comes to when everything was done once."""
        at_the_bank = self.total - PART.minor
        return Books(("confirmed",), self.total, at_the_bank, UNITS - 1), 1, (GIFT - PART).minor


def purchase_killed_at(shop: BenchShop, points: Sequence[str]) -> Purchase:
    """A customer who presses the button again after each of these."""
    purchase = Purchase.ready(shop)
    for point in [one for one in OF_A_PURCHASE if one in points]:
        kill_at(shop, point, purchase.buy)
    purchase.buy()
    purchase.visitor.leave()
    return purchase


@dataclass(frozen=True)
class AtTheDesk:
    """A paid order of three units that the owner packs, sends, and then gives money back for two of."""

    shop: BenchShop
    order_id: int
    owner: Visitor
    packing: str
    refunding: str
    units: str

    @classmethod
    def ready(cls, shop: BenchShop) -> "AtTheDesk":
        with shop.inside():
            order_id = an_order_id(a_variant(units=UNITS, price=PRICE), payment="card", quantity=3)
            pay(order_id)
            order = db.session.get_one(Order, order_id)
            desk, units = f"/staff/orders/{order.number}", f"units-{order.lines[0].id}"
        owner = Visitor(shop, owners_session(shop), is_signed_in=True)
        return cls(shop, order_id, owner, f"{desk}/parcels", f"{desk}/refund", units)

    def act(self, point: str) -> Answer:
        """What leads past a point."""
        if point == "parcel.order_packed":
            return self.owner.post(self.packing)
        if point == "refund.owed":
            wanted = {self.units: "2", "way": "original", "reason": "Faded", "key": "a-key-of-the-desk"}
            return self.owner.post(self.refunding, **wanted)
        return self.owner.post(self.shipping, carrier="Blue Dart", tracking_number="BD 1")

    @property
    def shipping(self) -> str:
        with self.shop.inside():
            parcels = select(Parcel.id).where(Parcel.order_id == self.order_id).order_by(Parcel.id)
            return f"/staff/parcels/{db.session.scalars(parcels).first()}/shipment"

    def came_to(self) -> tuple[Books, list[int]]:
        """The books, and how many parcels, invoices, credit notes and refunds there are."""
        with self.shop.inside():
            of_kind = select(func.count()).where(Invoice.order_id == self.order_id, Invoice.number.is_not(None))
            counted = (
                select(func.count()).where(Parcel.order_id == self.order_id),
                *(of_kind.where(Invoice.kind == kind) for kind in InvoiceKind),
                select(func.count(Refund.id)).join(Payment).where(Payment.order_id == self.order_id),
            )
            numbers = [db.session.scalar(one) or 0 for one in counted]
            variant_id = db.session.get_one(Order, self.order_id).lines[0].variant_id
        return books_of(self.shop, variant_id), numbers

    @property
    def once(self) -> tuple[Books, list[int]]:
        """What it comes to when everything was done once."""
        with self.shop.inside():
            left = db.session.get_one(Order, self.order_id).total.minor - 2 * PRICE
        return Books(("shipped",), left, left, UNITS - 3), [1, 1, 1, 1]


def desk_killed_at(shop: BenchShop, points: Sequence[str]) -> AtTheDesk:
    """An owner who packs, sends and gives back, and does each again that was cut short."""
    desk = AtTheDesk.ready(shop)
    for move in OF_THE_DESK:
        for point in [one for one in move if one in points]:
            kill_at(shop, point, partial(desk.act, point))
        desk.act(move[0])
    desk.owner.leave()
    return desk


def settle(shop: BenchShop) -> None:
    """Two minutes later: claims of what was killed run out, and all that follows is done; the books must balance."""
    shop.end_leases()
    shop.settle()


@pytest.mark.covers("ORD-01", "PAY-05")
def test_what_is_killed_at_every_point_and_done_again_happens_once(bench: BenchShop) -> None:
    purchase, desk = purchase_killed_at(bench, ALL), desk_killed_at(bench, ALL)
    settle(bench)
    assert purchase.came_to() == purchase.once
    assert desk.came_to() == desk.once
    figures.note("kill -9 within units of buying, packing, sending, refunding", bench.engine, killed=len(ALL))


@pytest.mark.control
@pytest.mark.parametrize("point", ALL if IS_LONG else ALL[:1])
def test_control_what_is_committed_halfway_stays_half_done(
    bench_without: Callable[[str], BenchShop], point: str
) -> None:
    shop = bench_without("one_unit_to_each_point")
    story = (purchase_killed_at if point in OF_A_PURCHASE else desk_killed_at)(shop, [point])
    with suppress(RuntimeError):  # the audit's, where it sees it
        settle(shop)
        assert story.came_to() != story.once
