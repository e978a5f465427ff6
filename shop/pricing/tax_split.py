"""Whose tax it is: halves for the country and the state within a state, else one tax (ORD-10). Parts sum exactly."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.money import ZERO, Money, allocate
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


def split_tax(tax: Money, seller_state: str, place_of_supply: str, taxes: Taxes) -> TaxSplit:
    """The tax of a line by whom it goes to; of an odd paisa the country gets the half (IGST Act, ss. 7 and 8)."""
    if taxes.parts is None or seller_state != place_of_supply:
        return TaxSplit(whole=tax)
    central, state = allocate(tax, (1, 1))
    return TaxSplit(central, state)


def part_of(split: TaxSplit, tax: Money) -> TaxSplit:
    """The split of a part of a tax that was split before. What is left of `split` can always be split on."""
    if not split.total or split.whole:
        return TaxSplit(whole=tax)
    central = split.central.share(tax.minor, split.total.minor)
    return TaxSplit(central, tax - central)


def part_names(seller_state: str, place_of_supply: str, taxes: Taxes) -> tuple[PartName, ...]:
    """What the parts of a tax are called on a paper, as fields of a TaxSplit."""
    parts = taxes.parts
    if parts is None:
        return (PartName("whole", taxes.name, 1),)
    if seller_state != place_of_supply:
        return (PartName("whole", parts.across, 1),)
    state = parts.territory if place_of_supply in parts.territories else parts.state
    return PartName("central", parts.central, 2), PartName("state", state, 2)
