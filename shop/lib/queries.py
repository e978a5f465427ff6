"""Small readers every area uses: one row or NotFound, and pages of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from shop.extensions import db
from shop.lib.errors import NotFound

T = TypeVar("T")


def one_or_none(statement: Select[T]) -> T | None:
    """The row a select finds, or None."""
    return db.session.scalars(statement).unique().one_or_none()


def one_or_404(statement: Select[T]) -> T:
    """The row a select finds, or NotFound."""
    found = one_or_none(statement)
    if found is None:
        raise NotFound
    return found


def rows(statement: Select[T]) -> list[T]:
    """All rows of a select of one entity."""
    return list(db.session.scalars(statement).unique())


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a longer list; `number` counts from 1. Where `is_cut` there are more than `total`, uncounted."""

    items: list[T]
    number: int
    size: int
    total: int
    is_cut: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The position of the first item shown, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


@dataclass(frozen=True)
class Slice(Generic[T]):
    """Some rows out of a longer list, and how many there are in all."""

    items: list[T]
    total: int


def slice_of(statement: Select[T], skip: int, limit: int) -> Slice[T]:
    """Rows of a select of one entity from `skip` on, with the total."""
    return Slice(rows(statement.limit(limit).offset(skip)), count_of(statement))


def count_of(statement: Select[Any]) -> int:
    """How many rows a select finds."""
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def page_of(statement: Select[Any], number: int, size: int = 25) -> Page[Any]:
    """A page of a select of one entity, with the total; numbers outside the list give the nearest page."""
    count = count_of(statement)
    number = min(max(1, number), max(1, -(-count // size)))
    return Page(rows(statement.limit(size).offset((number - 1) * size)), number, size, count)


def page_within(statement: Select[*tuple[Any, ...]], number: int, most: int, size: int = 25) -> Page[Any]:
    """The same of a list that may be long, in one statement: no more than `most` rows are counted and shown.

    Of a select of several columns the items are whole rows.
    """
    number = min(max(1, number), most // size)
    counted = select(func.count()).select_from(statement.order_by(None).limit(most + 1).subquery()).scalar_subquery()
    here = statement.add_columns(counted).limit(size).offset((number - 1) * size)
    found = db.session.execute(here).all()
    if not found and number > 1:
        return page_within(statement, -(-count_of(statement.limit(most)) // size), most, size)
    count = found[0][-1] if found else 0
    is_one = len(statement.column_descriptions) == 1
    return Page([row[0] for row in found] if is_one else list(found), number, size, min(count, most), count > most)
