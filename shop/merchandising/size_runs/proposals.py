"""What a broken size run should cost: the fewer of its sizes are left, the fewer it fits, the lower the price."""

from __future__ import annotations

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
