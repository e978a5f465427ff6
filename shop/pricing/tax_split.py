"""Whose tax it is: equal halves for the country and the state within a state, else one tax (ORD-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.lib.money import ZERO, Money, total
from shop.store.countries.profile import Taxes


@dataclass(frozen=True)
class TaxSplit:
    """An amount of tax by whom it goes to; `whole` where it is not shared."""

    central: Money = ZERO
    state: Money = ZERO
    whole: Money = ZERO

    @property
    def total(self) -> Money:
        return self.central + self.state + self.whole

    def __add__(self, other: TaxSplit) -> TaxSplit:
        return TaxSplit(self.central + other.central, self.state + other.state, self.whole + other.whole)

    def __sub__(self, other: TaxSplit) -> TaxSplit:
        return TaxSplit(self.central - other.central, self.state - other.state, self.whole - other.whole)


@dataclass(frozen=True)
class PartName:
    """What a part of the tax is called, and by what its rate is divided: 2 for a half."""

    field: str
    name: str
    share: int


def shares(seller_state: str, place_of_supply: str | None, taxes: Taxes) -> int:
    """Of how many equal shares a tax is made: two within a state, of the same value at half the rate each, else one.

    IGST Act, ss. 7 and 8; CGST Act and the states' Acts, s. 9.
    """
    return 2 if taxes.parts is not None and seller_state == place_of_supply else 1


def split_tax(tax: Money, seller_state: str, place_of_supply: str, taxes: Taxes) -> TaxSplit:
    """The tax of a line by whom it goes to. Halves are equal, so an odd tax, worked out for elsewhere, grows by one."""
    if shares(seller_state, place_of_supply, taxes) == 1:
        return TaxSplit(whole=tax)
    half = tax.share(1, 2)
    return TaxSplit(half, half)


def part_of(left: TaxSplit, amount: Money, whole: Money) -> TaxSplit:
    """The tax in a part of an amount that includes it, by what is left of both; the last part has all that is left.

    Halves of a part are equal and fit into it. So parts come to exactly the whole, unless so many are of one minor
    unit, which holds no two halves, that the tax has no room.
    """
    if amount == whole and left.total <= amount:
        return left
    if not amount:
        return TaxSplit()
    if left.whole:
        return TaxSplit(whole=left.whole.share(amount.minor, whole.minor))
    half = min(left.central, left.state).share(amount.minor, whole.minor)
    part = min(half, Money(amount.minor // 2))
    return TaxSplit(part, part)


def split_over(left: TaxSplit, amounts: Sequence[Money]) -> list[TaxSplit]:
    """A tax by the amounts that it lies in together; the parts sum to it."""
    parts: list[TaxSplit] = []
    whole = total(amounts)
    for amount in amounts:
        parts.append(part_of(left, amount, whole))
        left, whole = left - parts[-1], whole - amount
    return parts


def part_names(seller_state: str, place_of_supply: str, taxes: Taxes) -> tuple[PartName, ...]:
    """What the parts of a tax are called on a paper, as fields of a TaxSplit."""
    parts = taxes.parts
    if parts is None:
        return (PartName("whole", taxes.name, 1),)
    if seller_state != place_of_supply:
        return (PartName("whole", parts.across, 1),)
    state = parts.territory if place_of_supply in parts.territories else parts.state
    return PartName("central", parts.central, 2), PartName("state", state, 2)
