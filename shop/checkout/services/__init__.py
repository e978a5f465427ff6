"""Conducts buying: placing an order, paying it, and giving up on one that stays unpaid."""

from shop.checkout.services.another_way import pay_another_way
from shop.checkout.services.by_phone import PhoneOrder, order_by_phone, summary_by_phone
from shop.checkout.services.couponed import give_order_coupon
from shop.checkout.services.editing import edit_order
from shop.checkout.services.expiring import expire_order, expire_unpaid
from shop.checkout.services.following import follow_webhook
from shop.checkout.services.from_book import BookOrder, order_from_book
from shop.checkout.services.paying import close_given_up, finish_payment, start_payment
from shop.checkout.services.placing import place_order
from shop.checkout.services.proving import ask_for_code, prove_phone
from shop.checkout.services.reconciling import reconcile

__all__ = [
    "BookOrder",
    "PhoneOrder",
    "ask_for_code",
    "close_given_up",
    "edit_order",
    "expire_order",
    "expire_unpaid",
    "finish_payment",
    "follow_webhook",
    "give_order_coupon",
    "order_by_phone",
    "order_from_book",
    "pay_another_way",
    "place_order",
    "prove_phone",
    "reconcile",
    "start_payment",
    "summary_by_phone",
]
