"""Creates and changes what products are sorted by; listings follow in the same unit, or by a job."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.catalog.models.lookups import folded
from shop.extensions import db
from shop.lib.files.storage import forget
from shop.lib.jobs.models import Job
from shop.lib.queries import one_or_404
from shop.merchandising.lookups import naming
from shop.merchandising.lookups.nouns import PICTURES, Noun, product_ids
from shop.merchandising.relisting import relist


def create(noun: Noun, values: dict[str, Any]) -> Any:
    """A new row; without a slug one is made from the name. Raises NameTaken, BadSlug."""
    naming.refuse_taken(noun.model, values["name"])
    slug = values.get("slug")
    slug = naming.checked_slug(noun.model, slug) if slug else _made_slug(noun, values["name"])
    row = noun.model(**values | {"slug": slug})
    with naming.unique():
        db.session.add(row)
    return row


def change(noun: Noun, row_id: int, values: dict[str, Any]) -> Job | None:
    """Change columns of a row; the job, if listings are written by one. Raises NameTaken, BadSlug, NotFound."""
    row = held(noun, row_id)
    _check(noun, row, values)
    write(row, values)
    is_shown = any(name in noun.shown for name in values)
    return relist(product_ids(noun.key, row_id)) if is_shown else None


def held(noun: Noun, row_id: int) -> Any:
    """A row nobody else changes or hangs anything on until this unit ends, or NotFound."""
    wanted = select(noun.model).where(noun.model.id == row_id, noun.model.deleted_at.is_(None))
    return one_or_404(wanted.with_for_update().execution_options(populate_existing=True))


def write(row: Any, values: dict[str, Any]) -> None:
    """Set columns; a picture that is replaced goes after the commit. Raises NameTaken."""
    with naming.unique():
        for name, value in values.items():
            if name in PICTURES:
                forget(getattr(row, name))
            setattr(row, name, value)
        if "name" in values:
            row.folded = folded(values["name"])


def _check(noun: Noun, row: Any, values: dict[str, Any]) -> None:
    if "name" in values:
        naming.refuse_taken(noun.model, values["name"], row.id)
    if "slug" in values:
        naming.checked_slug(noun.model, values["slug"], row.id)


def _made_slug(noun: Noun, name: str) -> str:
    return naming.free_slug(noun.model, naming.slug_of(name, noun.key.replace("_", "-")))
