"""What a listing's page says of its facets: chips, ready ranges, groups of values."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.wants import FacetValue, Wants
from shop.lib.money import Money
from shop.store.formats import money

PLACE_OF_SIZES = "~"
FIRST = {"size": 24, "colour": 12}
ALWAYS = {*FIRST, "discount", "stock"}


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address that takes it away and how many products that would show."""

    group: str
    label: str
    url: str
    number: int = 0


@dataclass(frozen=True)
class Preset:
    """A ready price range as a link."""

    label: str
    url: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Group:
    """A facet of the form, with the field its values are chosen in."""

    title: str
    name: str
    values: list[FacetValue]

    @property
    def is_choice(self) -> bool:
        return len(self.values) > 1 or self.name in ALWAYS or self.is_chosen

    @property
    def is_chosen(self) -> bool:
        return any(value.is_on for value in self.values)

    @property
    def is_first(self) -> bool:
        """Whether it stands above the price, and open."""
        return self.name in FIRST

    @property
    def kind(self) -> str:
        return "sizes" if self.name == "size" else "list"

    @property
    def shown(self) -> int:
        """How many values are shown at once."""
        return FIRST.get(self.name, 10)


def range_text(wants: Wants) -> str:
    """A price range in words."""
    if wants.low is None:
        return f"Up to {_rupees(wants.high)}"
    return f"{_rupees(wants.low)} and more" if wants.high is None else f"{_rupees(wants.low)} – {_rupees(wants.high)}"


def _rupees(amount: int | None) -> str:
    return money(Money((amount or 0) * 100))
