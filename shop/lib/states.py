"""The one function that moves a row from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import update

from shop.extensions import Base, db
from shop.lib.changes import rows_changed
from shop.lib.errors import ShopError

S = TypeVar("S", bound=StrEnum)
Table = Mapping[S, frozenset[S]]


class WrongState(ShopError):
    """The move is not in the table, or another move came first."""

    status = 409

    def __init__(self, what: str, now_in: str, wanted: str) -> None:
        super().__init__(
            f"This {words(what).removeprefix('shop ')} is {words(now_in)}, so it cannot become {words(wanted)}."
        )
        self.now_in, self.wanted = now_in, wanted


def words(state: str) -> str:
    """A state's code as words: `out_for_delivery` reads "out for delivery"."""
    return state.replace("_", " ")


def path(table: Table[S], came_from: S, to: S) -> list[S] | None:
    """The fewest moves of a table from one state to another, in turn; None where none lead there."""
    ways: dict[S, list[S]] = {came_from: []}
    waiting = [came_from]
    while waiting and to not in ways:
        state = waiting.pop(0)
        for following in sorted(table.get(state, frozenset()) - ways.keys()):
            ways[following] = [*ways[state], following]
            waiting.append(following)
    return ways.get(to)


def move(row: Any, to: S, table: Table[S], **also: Any) -> S:
    """Move `row.state` to a next state of its table and return the state it left.

    The update names the state it leaves, so the row count decides between two movers.
    `also` are further columns set in the same statement. Raises WrongState.
    """
    came_from: S = type(to)(row.state)
    if to not in table.get(came_from, frozenset()):
        raise WrongState(row.__tablename__, came_from, to)
    change_row(row, came_from, state=to, **also)
    return came_from


def change_row(row: Any, came_from: StrEnum, **values: Any) -> None:
    """Update a row only while it is still in the state it was read in, else raise WrongState."""
    model: type[Base] = type(row)
    db.session.flush()
    changed = update(model).where(model.id == row.id, model.state == came_from)  # type: ignore[attr-defined]
    if rows_changed(changed.values(**values).execution_options(synchronize_session=False)) != 1:
        db.session.refresh(row)
        raise WrongState(row.__tablename__, row.state, values.get("state", row.state))
    db.session.refresh(row)
