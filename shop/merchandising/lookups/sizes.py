"""Sizes, each of one system: letters, inches of the waist, years of age."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Product, Size, Variant
from shop.catalog.models.lookups import folded
from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.merchandising.lookups import naming
from shop.merchandising.lookups.errors import InUse, NameTaken

SYSTEMS = {"letter": "Letters", "waist": "Waist in inches", "age": "Years of age"}
LONGEST = 20


def sizes() -> Select[Size]:
    """All sizes, system by system, small to large."""
    return select(Size).order_by(Size.system, Size.position, Size.id)


def size(size_id: int) -> Select[Size]:
    """The size with an id."""
    return select(Size).where(Size.id == size_id)


def product_counts_by_size() -> dict[int, int]:
    """How many products come in each size, in variants that are on sale; sizes without any are left out."""
    found = select(Variant.size_id, func.count(Variant.product_id.distinct())).join(Variant.product)
    sold = found.where(Variant.retired_at.is_(None), Product.deleted_at.is_(None))
    return dict(db.session.execute(sold.group_by(Variant.size_id)).all())


def create_size(values: dict[str, Any]) -> Size:
    """A new size, the largest of its system unless a position is given. Raises NameTaken."""
    _refuse_taken(values["system"], values["label"])
    row = Size(**values | {"slug": _made_slug(values["label"])})
    if row.position is None:
        last = db.session.scalar(select(func.max(Size.position)).where(Size.system == row.system))
        row.position = 0 if last is None else last + 1
    with naming.unique():
        db.session.add(row)
    return row


def change_size(size_id: int, values: dict[str, Any]) -> None:
    """Change label, system or position of a size. Raises NameTaken, NotFound."""
    row = one_or_404(size(size_id).with_for_update().execution_options(populate_existing=True))
    _refuse_taken(values.get("system", row.system), values.get("label", row.label), row.id)
    with naming.unique():
        for name, value in values.items():
            setattr(row, name, value)


def delete_size(size_id: int) -> None:
    """Delete a size no variant has or ever had. Raises InUse, NotFound."""
    row = one_or_404(size(size_id).with_for_update().execution_options(populate_existing=True))
    if db.session.scalar(select(Variant.id).where(Variant.size_id == size_id).limit(1)):
        raise InUse(f"Products come or came in {row.label}, and orders name it. So it stays.")
    db.session.delete(row)
    db.session.flush()


def _refuse_taken(system: str, label: str, besides: int = 0) -> None:
    others = db.session.scalars(select(Size.label).where(Size.system == system, Size.id != besides))
    if folded(label) in {folded(other) for other in others}:
        raise NameTaken("There is such a size.", field="label")


def _made_slug(label: str) -> str:
    """A slug is a part of addresses of filters; half a sign too many is no loss there."""
    wanted = naming.slug_of(label, "size")[: LONGEST - naming.ROOM].strip("-")
    taken = set(db.session.scalars(select(Size.slug)))
    return next(slug for slug in (wanted, *(f"{wanted}-{number}" for number in range(2, 99999))) if slug not in taken)
