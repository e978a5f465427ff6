"""What an edit would change of each product, and why it cannot; looking at it and writing it make the same plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.queries import count_of, rows
from shop.merchandising import owner_queries
from shop.merchandising.bulk.actions import ACTIONS, LOW_AT, Change, Said, sold
from shop.merchandising.products.rules import hold_named
from shop.stock.models import StockLevel

AT_ONCE = 200
LINES = 4


@dataclass(frozen=True)
class Selection:
    """Products chosen one by one, or all the owner's list shows for a search in a view."""

    ids: tuple[int, ...] = ()
    text: str = ""
    view: str = ""
    is_all: bool = False


@dataclass(frozen=True)
class Edit:
    """An action of ACTIONS with its value as a whole number: an id, paise, percent, pieces."""

    action: str
    value: int = 0


@dataclass(frozen=True)
class Planned:
    """What becomes of one product. With a problem nothing of it changes."""

    product: Product
    changes: list[Change] = field(default_factory=list)
    problem: str | None = None

    @property
    def fate(self) -> str:
        return "left" if self.problem else "changed" if self.changes else "same"

    def told(self) -> dict[str, Any]:
        """It as plain values, the first lines of its changes."""
        lines = [{"what": one.what, "before": one.before, "after": one.after} for one in self.changes[:LINES]]
        more = len(self.changes) - len(lines)
        return {"id": self.product.id, "name": self.product.name, "lines": lines, "more": more, "problem": self.problem}


@dataclass(frozen=True)
class Preview:
    """What an edit comes to: of how many products, and of the first AT_ONCE what becomes of each."""

    total: int
    planned: list[Planned]

    def number(self, fate: str) -> int:
        """How many of those that were looked at have a fate."""
        return sum(one.fate == fate for one in self.planned)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What would change, as plain values."""
        return [one.told() for one in self.planned if one.fate == "changed"]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What cannot, and why."""
        return [one.told() for one in self.planned if one.problem]


def chosen(selection: Selection) -> Select[int]:
    """The ids of what was chosen and is not deleted, in order."""
    if selection.is_all:
        matching = owner_queries.products_matching(selection.text, selection.view)
        return matching.with_only_columns(Product.id).order_by(None).order_by(Product.id)
    there = select(Product.id).where(Product.id.in_(selection.ids), Product.deleted_at.is_(None))
    return there.order_by(Product.id)


def preview(selection: Selection, edit: Edit) -> Preview:
    """Look at an edit; nothing is changed. Raises WrongFields."""
    wanted = chosen(selection)
    first = list(db.session.scalars(wanted.limit(AT_ONCE)))
    total = count_of(wanted) if len(first) == AT_ONCE else len(first)
    return Preview(total, plan(first, edit))


def plan(ids: Sequence[int], edit: Edit, *, hold: bool = False) -> list[Planned]:
    """What an edit comes to for products; with `hold` nobody else changes them until the unit ends.

    Raises WrongFields where the brand, say, that it gives them is gone.
    """
    action = ACTIONS[edit.action]
    if hold:
        hold_named({action.names: edit.value or None} if action.names else {})
        db.session.execute(select(Product.id).where(Product.id.in_(ids)).order_by(Product.id).with_for_update())
    products = rows(_products(ids))
    said = Said(action.read(edit.value), _low_at(products) if edit.action == LOW_AT else {})
    return [_planned(product, edit, said) for product in products]


def _planned(product: Product, edit: Edit, said: Said) -> Planned:
    try:
        return Planned(product, list(ACTIONS[edit.action].plan(product, said)))
    except ShopError as error:
        return Planned(product, problem=str(error))


def _products(ids: Sequence[int]) -> Select[Product]:
    named = (joinedload(Product.brand), joinedload(Product.category), joinedload(Product.occasion))
    variants = selectinload(Product.variants)
    sorts = (variants.joinedload(Variant.colour), variants.joinedload(Variant.size))
    there = select(Product).where(Product.id.in_(ids), Product.deleted_at.is_(None)).order_by(Product.id)
    return there.options(*named, *sorts, selectinload(Product.pictures)).execution_options(populate_existing=True)


def _low_at(products: Sequence[Product]) -> dict[int, int]:
    ids = [variant.id for product in products for variant in sold(product)]
    points = select(StockLevel.variant_id, StockLevel.reorder_point).where(StockLevel.variant_id.in_(ids))
    return {row.variant_id: row.reorder_point for row in db.session.execute(points)}


def problems_of(planned: Sequence[Planned]) -> Iterator[tuple[str, str, str]]:
    """What cannot be changed: slug, name and why."""
    yield from ((one.product.slug, one.product.name, one.problem) for one in planned if one.problem)
