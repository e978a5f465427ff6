"""What a cell says: each reader takes a cell that is not empty, and a ValueError says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from shop.lib.money import Money
from shop.merchandising.csv.names import Names
from shop.pricing.queries import tax_classes
from shop.store.queries import store
from shop.store.typed import parse_money, parse_whole

Reader = Callable[[str, Names], Any]
HSN = re.compile(r"(?:[0-9]{4}|[0-9]{6}|[0-9]{8})")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


def words(most: int) -> Reader:
    """Text of so many characters at the most."""

    def read(cell: str, _names: Names) -> str:
        if len(cell) > most:
            raise ValueError(f"At most {most} characters; these are {len(cell)}.")
        return cell

    return read


def named(kind: str) -> Reader:
    """The id of what is called so."""
    return lambda cell, names: names.id_of(kind, cell)


def amount(cell: str, _names: Names) -> Money | None:
    """Money such as 1499 or 1,499.50."""
    return parse_money(cell)


def number(cell: str, _names: Names) -> int | None:
    """A whole number from 0."""
    return parse_whole(cell)


def yes_or_no(cell: str, _names: Names) -> bool:
    """A fact."""
    if cell.casefold() not in YES | NO:
        raise ValueError("Write yes or no.")
    return cell.casefold() in YES


def hsn(cell: str, _names: Names) -> str:
    """A code of the Harmonised System."""
    if not HSN.fullmatch(cell):
        raise ValueError("An HSN code has 4, 6 or 8 digits.")
    return cell


def tax_class(cell: str, _names: Names) -> str:
    """A class of goods that the shop knows the tax of."""
    known = tax_classes(store().country)
    if cell not in known:
        raise ValueError(f"Choose one of these: {', '.join(known)}.")
    return cell


def details(cell: str, _names: Names) -> dict[str, str]:
    """Lines of "Name: value"."""
    parts = [line.partition(":") for line in cell.splitlines() if line.strip()]
    for name, colon, value in parts:
        if not (colon and name.strip() and value.strip()):
            raise ValueError(f"Write each detail as “Name: value”. This line is different: {name.strip()[:40]}")
    return {name.strip(): value.strip() for name, _, value in parts}
