"""What a setting can be: a whole number, an amount of money, a yes or no, one of some choices, or areas to post to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, TypeVar

from shop.lib.money import Money
from shop.store.amounts import money
from shop.store.postal_areas import LONGEST, areas_of

T = TypeVar("T", int, bool, str)


@dataclass(frozen=True)
class Setting(ABC, Generic[T]):
    """Something the owner may change; `effect` says what it does, in the owner's words."""

    key: str
    title: str
    default: T
    effect: str

    @property
    def limits(self) -> str:
        """What may be typed, in a sentence; empty where a list says it."""
        return ""

    @abstractmethod
    def fits(self, value: object) -> bool:
        """Whether this could be its value."""

    def read(self, kept: object) -> T:
        """The value that holds when this is what the database keeps; the default for what does not fit."""
        return kept if self.fits(kept) else self.default  # type: ignore[return-value]

    @abstractmethod
    def words(self, value: T) -> str:
        """A value as people read it."""


@dataclass(frozen=True)
class Whole(Setting[int]):
    """A whole number within limits, and what it counts; `one` is the unit's singular where it is no `s` less."""

    unit: str
    minimum: int
    maximum: int
    one: str = ""

    @property
    def limits(self) -> str:
        return f"From {self.minimum} to {self.maximum}."

    def fits(self, value: object) -> bool:
        return _is_number(value) and self.minimum <= value <= self.maximum  # type: ignore[operator]

    def words(self, value: int) -> str:
        return f"{value} {self.unit if value != 1 else self.one or self.unit.removesuffix('s')}"


@dataclass(frozen=True)
class Sum(Setting[int]):
    """An amount of money in minor units of the store's currency, from 0 on; `nothing` is what 0 means."""

    maximum: int
    nothing: str

    @property
    def limits(self) -> str:
        return f"From 0 to {money(Money(self.maximum))}."

    def fits(self, value: object) -> bool:
        return _is_number(value) and 0 <= value <= self.maximum  # type: ignore[operator]

    def words(self, value: int) -> str:
        return money(Money(value)) if value else self.nothing


@dataclass(frozen=True)
class Areas(Setting[str]):
    """Areas of postal codes as they are typed; those of another country count as never set."""

    nothing: str

    def fits(self, value: object) -> bool:
        try:
            return isinstance(value, str) and len(value) <= LONGEST and areas_of(value) is not None
        except ValueError:
            return False

    def words(self, value: str) -> str:
        return ", ".join(areas_of(value)) or self.nothing


@dataclass(frozen=True)
class YesNo(Setting[bool]):
    """On or off."""

    def fits(self, value: object) -> bool:
        return isinstance(value, bool)

    def words(self, value: bool) -> str:
        return "Yes" if value else "No"


@dataclass(frozen=True)
class Choice(Setting[str]):
    """One of some codes, each with a label."""

    choices: tuple[tuple[str, str], ...]

    def fits(self, value: object) -> bool:
        return value in dict(self.choices)

    def words(self, value: str) -> str:
        return dict(self.choices)[value]


@dataclass(frozen=True)
class Group:
    """Settings that stand together on the owner's page."""

    title: str
    settings: tuple[Setting[int] | Setting[bool] | Setting[str], ...]


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
