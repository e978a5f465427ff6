"""What a buyer sees beside every step: the bag, the answers, and the exact price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from shop.accounts.visitor import Visitor
from shop.cart.queries import Bag, bag_of
from shop.checkout.drafts import Draft, draft_of
from shop.delivery import queries as delivery_queries
from shop.delivery import quoting as delivery_quoting
from shop.delivery.cash import CASH, CashTerms, cash_terms
from shop.delivery.queries import Method
from shop.delivery.zones import Place, place_in
from shop.lib.clock import now
from shop.lib.money import Money
from shop.pricing.quoting import price_goods
from shop.pricing.values import Buyer, Goods, Quote
from shop.store.queries import store


@dataclass(frozen=True)
class Offer:
    """A delivery method for this bag: what it costs and the days it arrives between."""

    method: Method
    charge: Money
    arrives_from: date
    arrives_to: date


@dataclass(frozen=True)
class Summary:
    """Bag, answers and price of one buyer at this moment; `cash` says what paying the courier costs, or why not."""

    bag: Bag
    draft: Draft
    quote: Quote
    offers: tuple[Offer, ...]
    cash: CashTerms

    @property
    def offer(self) -> Offer | None:
        """The chosen delivery, if it is still on offer."""
        chosen = self.draft.delivery_method_id
        return next((offer for offer in self.offers if offer.method.id == chosen), None)

    @property
    def place(self) -> Place | None:
        """Where the order goes; None until that is answered."""
        return place_in(self.draft.address)

    @property
    def cash_refusal(self) -> str | None:
        """Why the chosen way to pay cannot be: cash on delivery that is not offered there."""
        return self.cash.refusal if self.draft.payment_method == CASH else None


def summary_of(visitor: Visitor) -> Summary:
    """The buyer's bag priced now, with every delivery that goes where it is wanted."""
    bag, draft = bag_of(visitor), draft_of(visitor)
    return _summary(visitor, bag, draft, _offers(bag, draft))


def summary_with(visitor: Visitor, answers: Draft) -> Summary:
    """The same for answers that come all at once; where they name no delivery, with the cheapest on offer."""
    bag = bag_of(visitor)
    offers = _offers(bag, answers)
    if answers.delivery_method_id is None and offers:
        cheapest = min(offers, key=lambda offer: offer.charge)
        answers = replace(answers, delivery_method_id=cheapest.method.id)
    return _summary(visitor, bag, answers, offers)


def goods_of(bag: Bag) -> list[Goods]:
    """The bag's lines as pricing wants them."""
    return [
        Goods(line.variant_id, line.quantity, line.unit_price, line.tax_class, line.weight_grams) for line in bag.lines
    ]


def today_here() -> date:
    """Today in the store's time zone."""
    return now().astimezone(ZoneInfo(store().time_zone)).date()


def _summary(visitor: Visitor, bag: Bag, draft: Draft, offers: tuple[Offer, ...]) -> Summary:
    chosen = next((offer.method for offer in offers if offer.method.id == draft.delivery_method_id), None)
    buyer = Buyer(store().country, (draft.address or {}).get("state"), visitor.user_id)
    priced = price_goods(goods_of(bag), buyer, today_here())
    quoted = priced.quote(chosen)
    cash = cash_terms(place_in(draft.address), quoted.total)
    if draft.payment_method == CASH and cash.fee:
        quoted = priced.quote(chosen, cash.fee)
    return Summary(bag, draft, quoted, offers, cash)


def _offers(bag: Bag, draft: Draft) -> tuple[Offer, ...]:
    served = delivery_queries.methods_to(place_in(draft.address))
    return tuple(_offer(method, bag, today_here()) for method in served)


def _offer(method: Method, bag: Bag, today: date) -> Offer:
    cost = delivery_quoting.charge(method, bag.total, bag.weight_grams)
    return Offer(method, cost, *delivery_quoting.arrival(method, today))
