"""What a country decides (STO-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from shop.lib.money import Money


@dataclass(frozen=True)
class PostalCodes:
    """How the country writes postal codes, with the words for them.

    `is_whole` says that the directory knows every code, so that one it does not know is a slip.
    """

    name: str
    pattern: str
    example: str
    hint: str
    missing: str
    wrong: str
    is_whole: bool

    def fits(self, text: str | None) -> bool:
        """Whether this is written like a code."""
        return bool(text and re.fullmatch(self.pattern, text))

    def unknown(self, code: str) -> str:
        """What is said of a code the directory does not know."""
        return f"We do not know the {self.name.lower()} {code}. Please check it."


@dataclass(frozen=True)
class Phones:
    """Which numbers are called, as E.164, and what is said of others."""

    pattern: str
    wrong: str

    def fits(self, number: str) -> bool:
        """Whether an E.164 number is one of the country's."""
        return bool(re.fullmatch(self.pattern, number))


@dataclass(frozen=True)
class TaxRow:
    """Rates of a tax class from a day on, in basis points; `threshold` in minor units, net, for each piece."""

    tax_class: str
    starts_on: date
    low_rate: int
    source: str
    threshold: int | None = None
    high_rate: int | None = None


@dataclass(frozen=True)
class TaxParts:
    """What a tax is called by whom it goes to: two halves within a state, one tax across states.

    In `territories`, which have no parliament of their own, the state's half has another name.
    """

    central: str
    state: str
    across: str
    territory: str
    territories: frozenset[str]


@dataclass(frozen=True)
class NamedBuyers:
    """Which invoices have to go on naming their buyer, and for how many years after they were issued.

    They are those to a company that gave its tax number, and those over a taxable value of at least `least`; None where
    no value asks for it.
    """

    years: int
    least: Money | None
    source: str


@dataclass(frozen=True)
class Taxes:
    """The tax's name, the rates a new shop begins with, and whether it comes on top of the prices or lies in them.

    `parts` where it is shared between the country and its states.
    """

    name: str
    is_added: bool
    rows: tuple[TaxRow, ...]
    named: NamedBuyers
    parts: TaxParts | None = None


@dataclass(frozen=True)
class Banks:
    """How the country names the branch of a bank that an account is at."""

    branch: str
    pattern: str
    wrong: str

    def fits(self, code: str) -> bool:
        """Whether this is written like a branch's code."""
        return bool(re.fullmatch(self.pattern, code))


@dataclass(frozen=True)
class Country:
    """A country the shop can be run in.

    `locale` is one that Babel has: it names months and days. `digits` groups numbers, `sign` stands before amounts.
    `districts` names the state each lies in; empty where the directory knows every place. `payments` are in the order
    they are offered. `tax_numbers` are those a store has to show; `goods_code` is what goods are classed by.
    `books_begin` is the month in which the year of the books begins.
    """

    code: str
    name: str
    currency: str
    sign: str
    locale: str
    time_zone: str
    postal: PostalCodes
    phones: Phones
    taxes: Taxes
    banks: Banks
    payments: tuple[str, ...]
    state_word: str
    goods_code: str
    states: tuple[str, ...]
    books_begin: int
    digits: str = "#,##,##0"
    tax_numbers: tuple[str, ...] = ()
    districts: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def price_note(self) -> str:
        """What is said beside a price."""
        return f"Plus {self.taxes.name}" if self.taxes.is_added else "Inclusive of all taxes"

    @property
    def tax_sentence(self) -> str:
        """The same of all prices."""
        return f"{self.taxes.name} comes on top." if self.taxes.is_added else f"Prices include {self.taxes.name}."

    @property
    def choose_state(self) -> str:
        """The words of an empty list of states."""
        return f"Choose a {self.state_word.lower()}"
