"""Addresses of products: no two products ever have the same."""

from __future__ import annotations

from itertools import count

from sqlalchemy import select

from shop.catalog.models import Product
from shop.extensions import db
from shop.merchandising.lookups.naming import SLUG, slug_of
from shop.merchandising.products.errors import AddressTaken, BadAddress

LONGEST = 120


def free_slug(name: str) -> str:
    """An address made from a name, with a number behind it where another product has it, be it a deleted one."""
    wanted = slug_of(name, "product")
    taken = set(db.session.scalars(select(Product.slug).where(Product.slug.startswith(wanted, autoescape=True))))
    tries = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(slug for slug in tries if slug not in taken)


def checked_slug(slug: str) -> str:
    """An address that was typed. Raises BadAddress, AddressTaken."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        raise BadAddress
    if db.session.scalar(select(Product.id).where(Product.slug == slug)):
        raise AddressTaken
    return slug
