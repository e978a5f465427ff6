"""What a broken size run should cost: the fewer of its sizes are left, the fewer it fits, the lower the price."""

from __future__ import annotations

from shop.lib.money import Money

WHOLE = 100
HALF_LEFT, QUARTER_LEFT, LESS_LEFT, UNSOLD_MORE = 20, 30, 40, 10
RULE = (
    "20 % while half of a style's colours and sizes are left, 30 % while a quarter is, else 40 %; "
    "10 % more where nothing was sold in 30 days."
)
"""The rule in the owner's words."""


def proposed_percent(left: int, of: int, sold: int) -> int:
    """By how many percent to mark down a style of which so many of its variants are left, by RULE."""
    percent = HALF_LEFT if 2 * left >= of else QUARTER_LEFT if 4 * left >= of else LESS_LEFT
    return percent if sold else percent + UNSOLD_MORE


def marked_down(price: Money, percent: int) -> Money:
    """A price so many percent lower, rounded down to whole units of the currency, at least one."""
    lower = price.minor * (100 - percent) // 100
    return Money(max(lower - lower % WHOLE, WHOLE))
