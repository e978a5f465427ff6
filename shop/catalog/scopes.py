"""Which products belong to a part of the shop, as a condition on the listing's tables."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, literal, or_, select, true

from shop.catalog.models import ListingAssortment, ListingRow
from shop.catalog.search.matching import matches
from shop.catalog.wants import Scope
from shop.lib.columns import Ref


def within(scope: Scope, table: type[ListingRow] | type[ListingAssortment] = ListingRow) -> ColumnElement[bool]:
    """The condition that a row of the listing, or of what its facets count, lies in a scope."""
    inside: list[ColumnElement[bool]] = [true()]
    if scope.path:
        below = table.category_path.startswith(f"{scope.path}/", autoescape=True)
        inside.append(or_(table.category_path == scope.path, below))
    if scope.words:
        found = matches(scope.words, any_word=scope.any_word)
        inside.append(table.product_id.in_(select(found.c.product_id)))
    narrowed = list(_narrowed(scope))
    if narrowed and table is not ListingRow:
        narrowed = [table.product_id.in_(select(ListingRow.product_id).where(*narrowed))]
    return and_(*inside, *narrowed)


def _narrowed(scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.brand_id is not None:
        # The listing's column is a narrow one; an id that does not fit it is nobody's, not an error.
        yield ListingRow.brand_id == literal(scope.brand_id, Ref)
    if scope.occasion_id is not None:
        yield ListingRow.occasion_id == scope.occasion_id
    if scope.product_type_id is not None:
        yield ListingRow.product_type_id == scope.product_type_id
    if scope.in_stock is not None:
        yield ListingRow.in_stock.is_(scope.in_stock)
    if scope.featured:
        yield ListingRow.featured_at.is_not(None)
    if scope.lowest is not None:
        yield ListingRow.price >= scope.lowest
    if scope.highest is not None:
        yield ListingRow.price <= scope.highest
