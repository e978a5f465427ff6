"""Amounts as whole minor units (paise), with one function that rounds and one that allocates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide whole numbers, halves away from zero: the rounding of Indian tax law (CGST Act, s. 170)."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    quotient, rest = divmod(abs(numerator), abs(denominator))
    return sign * (quotient + (2 * rest >= abs(denominator)))


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount in the shop's one currency, in minor units; `Money(149900)` is ₹1,499.00."""

    minor: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + other.minor)

    def __radd__(self, other: object) -> Money:
        if other == 0:
            return self
        return NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - other.minor)

    def __neg__(self) -> Money:
        return Money(-self.minor)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def plain(self) -> str:
        """1299.00, for machines."""
        return f"{'-' * (self.minor < 0)}{abs(self.minor) // 100}.{abs(self.minor) % 100:02}"

    def share(self, part: int, whole: int) -> Money:
        """This amount × part ÷ whole, rounded half up to a minor unit."""
        return Money(divide_half_up(self.minor * part, whole))

    def percent_below(self, regular: Money) -> int:
        """How many whole percent this price lies below a regular one, rounded down."""
        return (regular.minor - self.minor) * 100 // regular.minor if regular.minor else 0


ZERO = Money(0)


def total(amounts: Sequence[Money]) -> Money:
    """The sum of amounts; zero for none."""
    return Money(sum(amount.minor for amount in amounts))


def allocate(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Split an amount by weights so that the parts sum to it exactly (largest remainders first)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must sum to more than zero")
    exact = [divmod(amount.minor * weight, whole) for weight in weights]
    parts = [quotient for quotient, _ in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-exact[i][1], i))
    for i in by_remainder[: amount.minor - sum(parts)]:
        parts[i] += 1
    return [Money(part) for part in parts]
