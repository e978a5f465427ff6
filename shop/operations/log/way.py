"""A way back for the changes of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shop.accounts.permissions import Permission
from shop.lib.audit_log.records import Key
from shop.lib.audit_log.values import Values

May = frozenset[str]


@dataclass(frozen=True)
class Way:
    """How changes of a table are undone; what is None cannot be.

    `needs` is what the table's own page asks for, None where only people themselves change it; `columns` names those
    that can be put back, None means all; `hold` takes what everyone takes before a row of the table.
    """

    model: Any
    needs: Permission | None = None
    put_back: Callable[[Any, Values, May], object] | None = None
    make: Callable[[Values, May], object] | None = None
    remove: Callable[[Any, May], object] | None = None
    columns: frozenset[str] | None = None
    hold: Callable[[Key], object] | None = None


def set_values(row: Any, values: Values, _may: May) -> None:
    """Put values back into a mapped row that has no rules."""
    for name, value in values.items():
        setattr(row, name, value)
