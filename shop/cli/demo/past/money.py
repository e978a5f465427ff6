"""Payments with their ledger, refunds, the sandbox bank's side of both, and cash the couriers brought."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from shop.cli.demo.bulk import put, put_plain
from shop.cli.demo.past.plans import Plan
from shop.cli.demo.source import Row
from shop.delivery.cash import CASH_ON_DELIVERY
from shop.fulfilment.models import CashCollection
from shop.lib.money import ZERO, Money, total
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.gateways import CASH, SANDBOX
from shop.payments.models import Payment, PaymentEntry, Refund, RefundLine, SandboxIntent, SandboxRefund
from shop.payments.parts import DELIVERY, Part, money_off

OWNER = "Owner"
DECLINED = "The bank declined the payment."
AGREED = ("idempotency_key", "amount", "currency", "method", "brand", "last_four", "upi_id")
INTENT_STATES = {"paid": "succeeded", "failed": "failed", "pending": "open", "cancelled": "open"}


def standing(plan: Plan) -> PaymentStanding:
    """How an order stands with its money after all that happened."""
    if "done" in plan.story.refunds:
        return PaymentStanding.REFUNDED if plan.story.part == 100 else PaymentStanding.PARTLY_REFUNDED
    return PaymentStanding(plan.story.payments[-1])


def load(plans: list[Plan]) -> list[Row]:
    """Write everything that moved money; return the refunds that are still owed."""
    payments = put(Payment, (row for plan in plans for row in _payments(plan)))
    by_order = {plan.id: plan for plan in plans}
    last = {row["order_id"]: row for row in payments}
    paid = {row["id"]: row for row in payments}
    refunds = put(Refund, (row for plan in plans for row in _refunds(plan, last[plan.id])))
    put(
        RefundLine,
        (line for row in refunds for line in _refund_lines(row, by_order[paid[row["payment_id"]]["order_id"]])),
    )
    put_plain(SandboxIntent, [_intent(row, by_order[row["order_id"]]) for row in payments if row["provider"] != CASH])
    put_plain(SandboxRefund, [_bank_refund(row, paid[row["payment_id"]]) for row in refunds if row["state"] == "done"])
    put(PaymentEntry, [_captured(row) for row in payments if row["state"] == "paid"])
    put(PaymentEntry, [_refunded(row) for row in refunds if row["state"] == "done"])
    put(CashCollection, [_cash(row, by_order[row["order_id"]]) for row in payments
                         if row["state"] == "paid" and row["provider"] == CASH])  # fmt: skip
    return [row for row in refunds if row["state"] == "pending"]


def collected_at(plan: Plan) -> datetime | None:
    """When the courier brought the cash of an order to the shop."""
    was_cash = plan.story.method == "cod" and plan.story.payments[-1] == "paid"
    return plan.when[OrderState.DELIVERED] + timedelta(hours=20) if was_cash else None


def _payments(plan: Plan) -> list[Row]:
    return [_payment(plan, number, outcome) for number, outcome in enumerate(plan.story.payments, start=1)]


def _payment(plan: Plan, number: int, outcome: str) -> Row:
    provider = CASH if plan.story.method == CASH_ON_DELIVERY else SANDBOX
    is_known = outcome in ("paid", "failed") and provider != CASH
    is_card, is_upi = is_known and plan.story.method == "card", is_known and plan.story.method == "upi"
    return {
        "order_id": plan.id,
        "method": plan.story.method,
        "provider": provider,
        "reference": None if provider == CASH else f"sbx_{secrets.token_urlsafe(18)}",
        "idempotency_key": f"{plan.order['number']}-{number}",
        "amount": plan.order["total"],
        "currency": plan.order["currency"],
        "state": outcome,
        "brand": "Test card" if is_card else None,
        "last_four": ("0002" if outcome == "failed" else "4242") if is_card else None,
        "upi_id": "success@sandbox" if is_upi else None,
        "failure": DECLINED if outcome == "failed" else None,
        "created_at": plan.placed_at + timedelta(seconds=20 * (number - 1)),
        "paid_at": _paid_at(plan) if outcome == "paid" else None,
    }


def _paid_at(plan: Plan) -> datetime:
    return collected_at(plan) or plan.when[OrderState.CONFIRMED]


def _refunds(plan: Plan, payment: Row) -> list[Row]:
    """Each try of the last payment's refund, half an hour apart."""
    begun = max(plan.when.values())
    return [
        {
            "payment_id": payment["id"],
            "amount": _back(plan),
            "delivery": total([part.amount for part in _parts(plan) if part.line_id == DELIVERY]),
            "reason": "Could not be delivered" if plan.is_back else plan.story.reason,
            "state": outcome,
            "reference": f"sbr_{secrets.token_urlsafe(12)}" if outcome == "done" else None,
            "actor": plan.order["name"] if plan.is_cancelled else OWNER,
            "created_at": begun + timedelta(minutes=30 * number),
            "done_at": begun + timedelta(minutes=30 * number + 1) if outcome == "done" else None,
        }
        for number, outcome in enumerate(plan.story.refunds)
    ]


def _refund_lines(refund: Row, plan: Plan) -> list[Row]:
    """What of each line a refund gives back."""
    parts = [part for part in _parts(plan) if part.line_id != DELIVERY]
    return [{"refund_id": refund["id"], "order_line_id": part.line_id, "units": part.units, "amount": part.amount}
            for part in parts]  # fmt: skip


def _parts(plan: Plan) -> list[Part]:
    """Everything, or some money off every line."""
    lines = [Part(row["id"], row["quantity"], row["total"] + row["tax_added"]) for row in plan.lines]
    beside = plan.order["total"] - total([line.amount for line in lines])
    return money_off([*lines, Part(DELIVERY, 0, beside)], _back(plan))


def gone_back(plan: Plan, whole: Money) -> Money:
    """What of an order's total went back after all that happened."""
    return _part(plan, whole) if "done" in plan.story.refunds else ZERO


def _back(plan: Plan) -> Money:
    return _part(plan, plan.order["total"])


def _part(plan: Plan, whole: Money) -> Money:
    """All of it, or a part in whole rupees."""
    return whole if plan.story.part == 100 else Money(whole.minor * plan.story.part // 100 // 100 * 100)


def _intent(payment: Row, plan: Plan) -> Row:
    is_back = payment["state"] == "paid" and "done" in plan.story.refunds
    return {key: payment[key] for key in AGREED} | {
        "id": payment["reference"],
        "description": f"Order {plan.order['number']}",
        "return_url": f"/order/{plan.order['token']}/payment",
        "state": INTENT_STATES[payment["state"]],
        "refunded": _back(plan) if is_back else ZERO,
        "created_at": payment["created_at"],
    }


def _bank_refund(refund: Row, payment: Row) -> Row:
    kept = {"id": refund["reference"], "intent_id": payment["reference"], "amount": refund["amount"]}
    return kept | {"idempotency_key": f"refund-{refund['id']}", "created_at": refund["done_at"]}


def _captured(payment: Row) -> Row:
    reference = payment["reference"] or f"cash by {OWNER}"
    kept = {"payment_id": payment["id"], "kind": "captured", "amount": payment["amount"]}
    return kept | {"reference": reference, "created_at": payment["paid_at"]}


def _refunded(refund: Row) -> Row:
    kept = {"payment_id": refund["payment_id"], "kind": "refunded", "amount": -refund["amount"]}
    return kept | {"reference": refund["reference"], "created_at": refund["done_at"]}


def _cash(payment: Row, plan: Plan) -> Row:
    kept = {key: payment[key] for key in ("order_id", "amount")} | {"parcel_id": plan.parcel_id}
    return kept | {"actor": OWNER, "created_at": payment["paid_at"]}
