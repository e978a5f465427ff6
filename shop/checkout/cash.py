"""Whether a buyer may pay the courier, and what that costs: the shop's terms, then what is known of the buyer."""

from __future__ import annotations

from shop.accounts.visitor import Visitor
from shop.checkout.drafts import Draft
from shop.checkout.trust import Answer, Trust, past_of, weigh
from shop.delivery.cash import CashTerms, cash_terms
from shop.delivery.zones import place_in
from shop.lib.money import Money
from shop.orders.models import Order
from shop.store.settings import CASH_WEIGHED, value_of


def cash_for(visitor: Visitor, draft: Draft, total: Money) -> CashTerms:
    """The terms for a bag that comes to `total` without the fee. Buyers are weighed once they said where it goes."""
    terms = cash_terms(place_in(draft.address), total)
    if terms.refusal or not value_of(CASH_WEIGHED) or not (draft.email and draft.address and draft.delivery_method_id):
        return terms
    return _narrowed(terms, weigh(past_of(visitor.user_id, draft.email), draft.phone or "", draft.address, total))


def cash_terms_of(order: Order) -> CashTerms:
    """The same for a placed order that is paid another way."""
    terms = cash_terms(place_in(order.address), order.total - order.payment_fee)
    return terms if terms.refusal or not value_of(CASH_WEIGHED) else _narrowed(terms, trust_of(order))


def trust_of(order: Order) -> Trust:
    """What counts for and against the buyer of an order, as it stands now."""
    return weigh(past_of(order.user_id, order.email), order.phone, order.address, order.total - order.payment_fee)


def _narrowed(terms: CashTerms, trust: Trust) -> CashTerms:
    if trust.refusal is None:
        return terms
    return CashTerms(refusal=trust.refusal, needs_code=trust.answer == Answer.CODE_FIRST)
