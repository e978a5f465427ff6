"""Names without regard to case, and slugs made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.catalog.models.lookups import LONGEST_SLUG, folded
from shop.extensions import db
from shop.merchandising.lookups.errors import BadSlug, NameTaken

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROOM = 6
"""Signs that are left for the number of a slug that is taken."""


def slug_of(name: str, otherwise: str) -> str:
    """A name as part of an address: small latin letters, digits and dashes; `otherwise` where nothing is left of it."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    return shortened("-".join(words)) or otherwise


def shortened(slug: str) -> str:
    """A slug that leaves room for a number behind it."""
    return slug[: LONGEST_SLUG - ROOM].strip("-")


def free_slug(model: Any, wanted: str) -> str:
    """The slug, with a number behind it where others have it."""
    found = select(model.slug).where(model.slug.startswith(wanted, autoescape=True))
    taken = set(db.session.scalars(_there(model, found)))
    tries = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(slug for slug in tries if slug not in taken)


def checked_slug(model: Any, slug: str, besides: int | None = None) -> str:
    """A slug that was typed. Raises BadSlug, NameTaken."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise BadSlug("Use small letters, digits and single dashes, like camp-shirts.")
    if db.session.scalar(_there(model, select(model.id).where(model.slug == slug, model.id != (besides or 0)))):
        raise NameTaken("This address is taken.", field="slug")
    return slug


def refuse_taken(model: Any, name: str, besides: int | None = None, **beside: Any) -> None:
    """Raise NameTaken where another row has the name; `beside` narrows to rows with these values."""
    others = select(model.id).where(model.folded == folded(name), model.id != (besides or 0))
    for column, value in beside.items():
        others = others.where(getattr(model, column).is_not_distinct_from(value))
    if db.session.scalar(_there(model, others)):
        raise NameTaken("This name is taken.", field="name")


@contextmanager
def unique() -> Iterator[None]:
    """Write inside; of two who take a name or an address at once the unique keys let one. Raises NameTaken."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        raise NameTaken("Somebody took this name or address a moment ago.", field="name") from error


def _there(model: Any, found: Any) -> Any:
    return found.where(model.deleted_at.is_(None))
