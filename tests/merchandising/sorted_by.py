"""Short words for tests of what products are sorted by."""

from __future__ import annotations

from typing import Any

from shop.catalog.models import Category, Product
from shop.extensions import db
from shop.merchandising.categories.services import create_category
from shop.merchandising.lookups import records
from shop.merchandising.lookups.nouns import Noun
from tests.factories import a_product


def a_category(name: str, parent: Category | None = None, **values: Any) -> Category:
    """A category below another, or at the top."""
    return create_category({"name": name, **values}, parent.id if parent else None)


def a_product_in(category: Category, name: str = "Camp shirt", **more: Any) -> Product:
    """A product on the shelf in a category."""
    return a_product(name, category=category.slug, **more)


def a_row(noun: Noun, name: str, **values: Any) -> Any:
    """A brand, an occasion …"""
    return records.create(noun, {"name": name, **values})


def again(row: Any) -> Any:
    """A row as the database has it now."""
    return db.session.get_one(type(row), row.id, populate_existing=True)
