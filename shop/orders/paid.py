"""What was really paid for a line and for some of its units: discounts, tax on top and rounding included."""

from __future__ import annotations

from shop.lib.money import Money, allocate, total
from shop.orders.models import OrderLine


def line_paid(line: OrderLine) -> Money:
    """What a line cost the buyer, without delivery."""
    return line.total + line.tax_added


def paid_for(line: OrderLine, first_unit: int, units: int) -> Money:
    """What so many units of a line cost, counted from `first_unit` (the first is 0).

    Each unit has its own part, so units given back one after another come to exactly what was paid for all of them.
    """
    return total(allocate(line_paid(line), [1] * line.quantity)[first_unit : first_unit + units])
