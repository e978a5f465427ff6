"""States and ways to pay in the owner's words, with the tone of their badge; labels the owner chose come first."""

from __future__ import annotations

from collections.abc import Sequence

from shop.accounts.labels import USER_STATUS
from shop.accounts.models import UserStatus
from shop.fulfilment.states import ParcelState
from shop.invoices.models import Invoice
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.money import total
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.orders.models import Order
from shop.orders.queries import NO_WAY
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.labels import NOTHING_TO_PAY
from shop.payments.offers import offered
from shop.payments.tenders import Tender, name_of
from shop.payments.ways import STORE_CREDIT
from shop.promotions.labels import COUPON_STATUS
from shop.promotions.states import CouponState
from shop.store.labels import shown

_ORDER_STATES: dict[str, tuple[str, str]] = {
    OrderState.PLACED: ("Placed", "warn"),
    OrderState.CONFIRMED: ("Confirmed", "neutral"),
    OrderState.PACKED: ("Packed", "neutral"),
    OrderState.SHIPPED: ("Shipped", "info"),
    OrderState.OUT_FOR_DELIVERY: ("Out for delivery", "info"),
    OrderState.DELIVERED: ("Delivered", "good"),
    OrderState.DELIVERY_FAILED: ("Delivery failed", "bad"),
    OrderState.RETURNING: ("Coming back", "warn"),
    OrderState.RETURNED: ("Returned to shop", "neutral"),
    OrderState.CANCELLED: ("Cancelled", "bad"),
    ParcelState.NOT_SENT: ("Not sent", "bad"),
}
_STANDINGS: dict[str, tuple[str, str]] = {
    PaymentStanding.PENDING: ("Payment pending", "warn"),
    PaymentStanding.PAID: ("Paid", "good"),
    PaymentStanding.FAILED: ("Payment failed", "bad"),
    PaymentStanding.CANCELLED: ("Payment cancelled", "neutral"),
    PaymentStanding.PARTLY_REFUNDED: ("Partly refunded", "neutral"),
    PaymentStanding.REFUNDED: ("Refunded", "neutral"),
}
_ACCOUNTS: dict[str, tuple[str, str]] = {
    UserStatus.ACTIVE: ("Active", "good"),
    UserStatus.INACTIVE: ("Deactivated", "bad"),
    UserStatus.BLOCKED: ("Blocked", "bad"),
}
INVOICE_KINDS: dict[str, str] = {InvoiceKind.INVOICE: "Invoices", InvoiceKind.CREDIT_NOTE: "Credit notes"}
INVOICE_STATES: dict[str, tuple[str, str]] = {
    InvoiceState.DRAFT: ("Draft", "neutral"),
    InvoiceState.ISSUED: ("Issued", "warn"),
    InvoiceState.PAID: ("Paid", "good"),
    InvoiceState.OVERDUE: ("Overdue", "bad"),
    InvoiceState.VOID: ("Void", "neutral"),
}
_COUPON_STATES = {
    CouponState.ACTIVE: ("Active", "good"),
    CouponState.SCHEDULED: ("Scheduled", "warn"),
    CouponState.EXPIRED: ("Expired", "neutral"),
    CouponState.USED_UP: ("Used up", "bad"),
    CouponState.PAUSED: ("Paused", "neutral"),
    CouponState.ARCHIVED: ("Archived", "neutral"),
}
REFUND_STATES = {
    "pending": ("Refund on its way", "warn"),
    "done": ("Refunded", "good"),
    "failed": ("Refund failed", "bad"),
}
PAYMENT_STATES = {
    "pending": ("Not paid yet", "warn"),
    "paid": ("Paid", "good"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "neutral"),
}
PROVIDERS = {
    "cash": "Cash",
    "sandbox": "Sandbox bank",
    "stripe": "Stripe",
    "paypal": "PayPal",
    "credit": "Store credit",
}
REFUND_WAYS = {"original": "To where it came from", "credit": "Store credit", "payout": "To an account"}
QUEUES = {
    "confirm": "To confirm",
    "pack": "To pack",
    "ship": "To ship",
    "transit": "On the way",
    "trouble": "Problems",
    "cash": "Cash due",
    "unpaid": "Unpaid",
}
VIEWS = {"": "All"} | QUEUES | {"delivered": "Delivered", "closed": "Closed", "archived": "Archived"}


def coupon_state(code: CouponState) -> tuple[str, str]:
    """How a coupon stands, with its tone."""
    label, tone = _COUPON_STATES[code]
    return shown(COUPON_STATUS, code, label), tone


def order_state(code: str) -> tuple[str, str]:
    """A state's label and tone."""
    label, tone = _ORDER_STATES[code]
    return shown(ORDER_STATUS, code, label), tone


def account(code: str) -> tuple[str, str]:
    """Label and tone of how somebody's account stands."""
    label, tone = _ACCOUNTS[code]
    return shown(USER_STATUS, code, label), tone


def accounts() -> dict[str, str]:
    """Every standing of an account by its code."""
    return {code: account(code)[0] for code in _ACCOUNTS}


def invoice_states() -> dict[str, str]:
    """Every state of an invoice by its code."""
    return {code: label for code, (label, _tone) in INVOICE_STATES.items()}


def invoice_state(invoice: Invoice) -> tuple[str, str]:
    """Label and tone of how an invoice stands; a credit note waits for nothing once it is issued."""
    label, tone = INVOICE_STATES[invoice.state]
    is_done = invoice.kind == InvoiceKind.CREDIT_NOTE and invoice.state == InvoiceState.ISSUED
    return label, "good" if is_done else tone


def news(order: Order) -> str:
    """How the buyer of an order hears of it."""
    return "a mail" if order.email else "a text message"


def standing(code: str) -> tuple[str, str]:
    """Label and tone of how an order stands with its money."""
    label, tone = _STANDINGS[code]
    return shown(PAYMENT_STATUS, code, label), tone


def method(code: str) -> str:
    """What a way to pay is called; NO_WAY is none."""
    return NOTHING_TO_PAY if code == NO_WAY else name_of(code)


def paid_by(order: Order, tenders: Sequence[Tender]) -> str:
    """Store credit + Card: the ways of its tenders, and the one that was chosen for what is left."""
    ways = list(dict.fromkeys(one.method for one in tenders))
    if not ways or (order.payment_method not in ways and total([one.amount for one in tenders]) < order.total):
        ways.append(order.payment_method)
    return " + ".join(method(way) for way in ways)


def standing_of(order: Order) -> tuple[str, str]:
    """The same as `standing`, and for an order that costs nothing, that nothing was to be paid."""
    return (NOTHING_TO_PAY, "good") if order.is_free else standing(order.payment_standing)


def standings() -> dict[str, str]:
    """Every standing's label by its code."""
    return {code: standing(code)[0] for code in _STANDINGS}


def methods() -> dict[str, str]:
    """Every way to pay by its code."""
    return {code: method(code) for code in offered()}


def ways() -> dict[str, str]:
    """Every way an order can have been paid by its code, also none."""
    return methods() | {code: method(code) for code in (STORE_CREDIT, NO_WAY)}
