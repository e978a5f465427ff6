"""Permissions as the owner reads them: grouped by what they are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from shop.accounts.permissions import EFFECTS, Permission, about_of, action_of


@dataclass(frozen=True)
class Tick:
    """One permission of the matrix; `is_mine` says whether whoever looks may give and take it."""

    code: str
    action: str
    effect: str
    is_mine: bool


def groups(mine: Collection[str] = ()) -> list[tuple[str, list[Tick]]]:
    """Every permission under what it is about, in the order they are listed."""
    found: dict[str, list[Tick]] = {}
    for permission in Permission:
        found.setdefault(about_of(permission), []).append(_tick(permission, mine))
    return list(found.items())


def _tick(permission: Permission, mine: Collection[str]) -> Tick:
    return Tick(permission, action_of(permission), EFFECTS[permission], permission in mine)
