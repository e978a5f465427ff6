"""What sending costs and when it arrives."""

from __future__ import annotations

from datetime import date, timedelta

from shop.delivery.queries import Method
from shop.lib.money import ZERO, Money

SUNDAY = 6


def charge(method: Method, goods_total: Money, weight_grams: int) -> Money:
    """Base charge plus one for each started kilogram beyond the first; nothing from the free amount on."""
    if method.free_from is not None and goods_total >= method.free_from:
        return ZERO
    further_kilograms = max(0, -(-weight_grams // 1000) - 1)
    return method.base_charge + method.charge_per_kg * further_kilograms


def arrival(method: Method, on: date) -> tuple[date, date]:
    """First and last day an order of this day arrives; couriers rest on Sundays."""
    return working_day(on, method.min_days), working_day(on, method.max_days)


def working_day(start: date, days: int) -> date:
    """The day so many working days after a date; none after a Sunday is the Monday."""
    day = start
    while days or day.weekday() == SUNDAY:
        day += timedelta(days=1)
        days -= bool(days) and day.weekday() != SUNDAY
    return day
