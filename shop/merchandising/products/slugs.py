"""Addresses of products: no two products have the same at once, and one that was given up leads to the next."""

from __future__ import annotations

from itertools import count

from sqlalchemy import select

from shop.catalog.models import Product, ProductSlug
from shop.extensions import db
from shop.merchandising.lookups.naming import SLUG, slug_of, unique
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


def give_slug(product: Product, slug: str) -> None:
    """Let a product be at another address, to which the one before leads; an empty one leaves it where it is.

    Raises BadAddress, AddressTaken, NameTaken.
    """
    if slug in ("", product.slug):
        return
    checked_slug(slug)
    db.session.merge(ProductSlug(slug=product.slug, product_id=product.id))
    with unique():
        product.slug = slug
