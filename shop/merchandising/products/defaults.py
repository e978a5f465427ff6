"""The colour and the size of what comes in one of them only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.catalog.lookups import there
from shop.catalog.models import Colour, Size
from shop.catalog.models.lookups import folded
from shop.extensions import db
from shop.merchandising.lookups.naming import free_slug, unique

ONE_COLOUR, GREY = "One colour", "#8A8A8A"
ONE_SIZE = {"slug": "one-size", "system": "one", "label": "One size", "position": 0}


def one_colour() -> int:
    """The id of the colour of what is told apart by none; made when it is first needed."""
    found = db.session.scalar(there(Colour).where(Colour.folded == folded(ONE_COLOUR)))
    return (found or _made(Colour(name=ONE_COLOUR, slug=free_slug(Colour, "one-colour"), hex=GREY))).id


def one_size() -> int:
    """The id of the size of what comes in one; made when it is first needed."""
    found = db.session.scalar(select(Size).where(Size.slug == ONE_SIZE["slug"]))
    return (found or _made(Size(**ONE_SIZE))).id


def _made(row: Any) -> Any:
    with unique():
        db.session.add(row)
    return row
