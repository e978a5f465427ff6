"""Whether a buyer may pay the courier, and what that costs: the shop's terms, then what is known of the buyer."""

from __future__ import annotations

from dataclasses import replace

from shop.accounts.visitor import Visitor
from shop.checkout.drafts import Draft
from shop.checkout.trust import REFUSALS, Answer, Trust, past_of, weigh
from shop.delivery.cash import CashTerms, cash_terms
from shop.delivery.zones import place_in
from shop.lib.money import Money
from shop.orders.models import Order
from shop.payments.offers import paid_before
from shop.store.cash_settings import CASH_PART, CASH_WEIGHED
from shop.store.settings import value_of


def cash_for(visitor: Visitor, draft: Draft, total: Money, delivery: Money) -> CashTerms:
    """The terms for a bag that comes to `total`, with its delivery and without the fee.

    Buyers are weighed once they said where it goes. Who of the team takes an order by phone stands for the number: a
    code would tell them nothing new.
    """
    terms = cash_terms(place_in(draft.address), total)
    if not (draft.reached and draft.address and draft.delivery_method_id):
        return terms
    if terms.refusal or not value_of(CASH_WEIGHED):
        return terms
    past = past_of(visitor.user_id, draft.reached, draft.phone)
    known = replace(past, phone=draft.phone) if draft.has_proven_phone else past
    trust = weigh(known, draft.phone or "", draft.address, total)
    if visitor.helper and trust.answer == Answer.CODE_FIRST:
        return terms
    return _narrowed(terms, trust, part_of(total, delivery))


def cash_terms_of(order: Order) -> CashTerms:
    """The same for a placed order that is paid another way."""
    before_fee = order.total - order.payment_fee
    terms = cash_terms(place_in(order.address), before_fee)
    if terms.refusal or not value_of(CASH_WEIGHED):
        return terms
    return _narrowed(terms, trust_of(order), part_of(before_fee, order.delivery_charge))


def trust_of(order: Order) -> Trust:
    """What counts for and against the buyer of an order, as it stands now; its phone may have been proven with it."""
    past = past_of(order.user_id, order.reached, order.phone)
    known = replace(past, phone=order.phone) if order.phone_proven else past
    return weigh(known, order.phone, order.address, order.total - order.payment_fee)


def part_of(total: Money, delivery: Money) -> Money:
    """What is paid before of a total: the owner's share of it, and what sending it costs at least."""
    return min(max(total.share(value_of(CASH_PART), 100), delivery), total)


def _narrowed(terms: CashTerms, trust: Trust, part: Money) -> CashTerms:
    if trust.refusal:
        return CashTerms(refusal=trust.refusal, needs_code=trust.answer == Answer.CODE_FIRST)
    if trust.answer != Answer.PART_FIRST:
        return terms
    return replace(terms, part=part) if paid_before() else CashTerms(refusal=REFUSALS[Answer.REFUSED])
