"""Reads whose answer is the same for everyone until the catalogue's stamp changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from shop.lib import stamp
from shop.lib.memory import Memory
from shop.lib.unit_of_work import is_open, is_read_only

P = ParamSpec("P")
T = TypeVar("T")


def kept_by_stamp(
    most: int, weigh: Callable[[Any], int] | None = None, *, for_writers: bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember the last answers of a read by its arguments, in each process: `most` of them, or so much by weight.

    The answers are values, never mapped rows. Only read-only units remember and are reminded: a unit that writes sees
    what it wrote, and shows nobody else what it may yet roll back. With `for_writers` it may, too, as long as it has
    changed nothing that pages show: for what the owner decides and nobody locks. Such a read asks for columns, or
    populates existing rows: one that was mapped before the stamp was read may be older than it. Arguments have no
    defaults: one that is said and one that is meant would be two answers.
    """

    def keep(read: Callable[P, T]) -> Callable[P, T]:
        if any(one.default is not one.empty for one in signature(read).parameters.values()):
            raise TypeError(f"{read.__qualname__} has arguments with defaults")
        memory: Memory[tuple[T]] = Memory(most)

        @wraps(read)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
            if not (is_read_only() or (for_writers and has_changed_nothing())):
                return read(*args, **kwargs)
            key = (stamp.current(), args, tuple(sorted(kwargs.items())))
            found = memory.get(key)
            if found is None:
                found = (read(*args, **kwargs),)
                memory.put(key, found, weigh(found[0]) if weigh else 1)
            return found[0]

        return remembered

    return keep


def has_changed_nothing() -> bool:
    """Whether a unit is open in which the database still says what was last committed of everything shown."""
    return is_open() and stamp.is_as_committed()
