"""What a buyer sees beside every step: the bag, the answers, and the exact price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import exists, or_, select

from shop.accounts.visitor import Visitor
from shop.cart.queries import Bag, bag_of
from shop.checkout.cash import cash_for
from shop.checkout.coupons import refusal
from shop.checkout.drafts import Draft, draft_of
from shop.checkout.models import CheckoutDraft
from shop.checkout.prices import price_all, today_here
from shop.delivery import queries as delivery_queries
from shop.delivery import quoting as delivery_quoting
from shop.delivery.cash import CASH_ON_DELIVERY, CashTerms
from shop.delivery.queries import Method
from shop.delivery.zones import Place, place_in
from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.pricing.priced import Priced
from shop.pricing.values import Quote


def is_method_named(method_id: int) -> bool:
    """Whether an order or a checkout names a delivery method, so that it cannot be deleted."""
    named = (exists().where(model.delivery_method_id == method_id) for model in (Order, CheckoutDraft))
    return bool(db.session.scalar(select(or_(*named))))


@dataclass(frozen=True)
class Offer:
    """A delivery method for this bag: what it costs and the days it arrives between."""

    method: Method
    charge: Money
    arrives_from: date
    arrives_to: date


@dataclass(frozen=True)
class Summary:
    """Bag, answers and price of one buyer at this moment; `cash` says what paying the courier costs, or why not.

    `before_fee` is the total without the fee of cash on delivery.
    `coupon_refusal` is why the bag's coupon does not count.
    """

    bag: Bag
    draft: Draft
    quote: Quote
    offers: tuple[Offer, ...]
    cash: CashTerms
    before_fee: Money
    coupon_refusal: str | None = None

    @property
    def offer(self) -> Offer | None:
        """The chosen delivery, if it is still on offer."""
        chosen = self.draft.delivery_method_id
        return next((offer for offer in self.offers if offer.method.id == chosen), None)

    @property
    def credit(self) -> Money:
        """What store credit pays of the total."""
        return min(self.draft.credit or ZERO, self.quote.total)

    @property
    def due(self) -> Money:
        """What is left to pay the chosen way."""
        return self.quote.total - self.credit

    @property
    def part(self) -> Money:
        """What of it is paid before, where the courier gets the rest; store credit counts as paid."""
        if self.draft.payment_method != CASH_ON_DELIVERY:
            return ZERO
        return min(max(self.cash.part - self.credit, ZERO), self.due)

    @property
    def place(self) -> Place | None:
        """Where the order goes; None until that is answered."""
        return place_in(self.draft.address)

    @property
    def cash_refusal(self) -> str | None:
        """Why the chosen way to pay cannot be: cash on delivery that is not offered there, and something is due."""
        return self.cash.refusal if self.draft.payment_method == CASH_ON_DELIVERY and self.due else None


def summary_of(visitor: Visitor) -> Summary:
    """The buyer's bag priced now, with every delivery that goes where it is wanted."""
    bag, draft = bag_of(visitor), draft_of(visitor)
    priced = price_all(visitor, bag, draft)
    return _summary(visitor, bag, draft, priced, _offers(priced, draft))


def summary_with(visitor: Visitor, answers: Draft, bag: Bag | None = None) -> Summary:
    """The same for answers that come all at once; where they name no delivery, with the cheapest on offer.

    `bag` is one that is not the visitor's own.
    """
    bag = bag_of(visitor) if bag is None else bag
    priced = price_all(visitor, bag, answers)
    offers = _offers(priced, answers)
    if answers.delivery_method_id is None and offers:
        cheapest = min(offers, key=lambda offer: offer.charge)
        answers = replace(answers, delivery_method_id=cheapest.method.id)
    return _summary(visitor, bag, answers, priced, offers)


def _summary(visitor: Visitor, bag: Bag, draft: Draft, priced: Priced, offers: tuple[Offer, ...]) -> Summary:
    chosen = next((offer.method for offer in offers if offer.method.id == draft.delivery_method_id), None)
    plain = priced.quote(chosen)
    cash = cash_for(visitor, draft, plain.total, plain.delivery_charge)
    has_fee = draft.payment_method == CASH_ON_DELIVERY and cash.fee
    quoted = priced.quote(chosen, cash.fee, draft.credit or ZERO) if has_fee else plain
    return Summary(bag, draft, quoted, offers, cash, plain.total, refusal(priced) if bag.coupon_code else None)


def _offers(priced: Priced, draft: Draft) -> tuple[Offer, ...]:
    served = delivery_queries.methods_to(place_in(draft.address))
    return tuple(_offer(method, priced, today_here()) for method in served)


def _offer(method: Method, priced: Priced, today: date) -> Offer:
    return Offer(method, priced.delivery(method).charge, *delivery_quoting.arrival(method, today))
