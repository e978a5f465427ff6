"""Writes the past in the order its rows need each other."""

from __future__ import annotations

from shop.cli.demo.past import agreed, goods, money, traces
from shop.cli.demo.past.plans import Plan


def load(plans: list[Plan]) -> None:
    """Write planned orders with all that belongs to them. The stock levels already count them in."""
    agreed.load(plans)
    goods.load(plans)
    owed = money.load(plans)
    traces.load(plans, owed)
    goods.note_sales(plans)
