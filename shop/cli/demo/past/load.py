"""Writes the past in the order its rows need each other."""

from __future__ import annotations

from shop.accounts.services import custom
from shop.cli.demo.past import agreed, goods, money, papers, traces
from shop.cli.demo.past.plans import Plan
from shop.orders.states import NO_REVENUE
from shop.store import trading


def load(plans: list[Plan]) -> None:
    """Write planned orders with all that belongs to them. The stock levels already count them in."""
    trading.begin()
    agreed.load(plans)
    goods.load(plans)
    owed = money.load(plans)
    papers.load(plans)
    traces.load(plans, owed)
    goods.note_sales(plans)
    _note_custom(plans)


def _note_custom(plans: list[Plan]) -> None:
    """Tell the customers' accounts what they ordered."""
    for user_id in {plan.order["user_id"] for plan in plans} - {None}:
        theirs = [plan for plan in plans if plan.order["user_id"] == user_id]
        sold = [plan.order for plan in theirs if plan.order["state"] not in NO_REVENUE]
        worth = [order["total"] - order["refunded"] for order in sold]
        custom.note_orders(user_id, [plan.placed_at for plan in theirs], worth)
