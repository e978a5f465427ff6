"""Which attributes products have: read from their specifications, written with the listing's rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from shop.catalog.models import Attribute, AttributeValue, Product, ProductAttribute
from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG
from shop.extensions import db

BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~]+")
Pair = tuple[int, str]


def slug_of(words: str) -> str:
    """Words as a part of an address that no comma or colon is in; letters of any script stay. "" for none."""
    return BETWEEN.sub("-", words.casefold()).strip("-")[:LONGEST_SLUG].strip("-")


def details_of(specifications: Mapping[str, Any]) -> dict[str, str]:
    """What specifications say of each detail, by the detail's slug."""
    said = {slug_of(name): str(value).strip() for name, value in specifications.items()}
    return {name: value for name, value in said.items() if name and slug_of(value)}


def write_attributes(product_ids: Sequence[int], shown: Sequence[Product]) -> dict[int, list[int]]:
    """Make the table hold what these products say, and nothing of those that are not shown; value ids by product."""
    attributes = dict(db.session.execute(select(Attribute.slug, Attribute.id)).all())
    said = {product.id: dict(_said(product, attributes)) for product in shown}
    values = _values({pair: label for pairs in said.values() for pair, label in pairs.items()})
    wanted = {(product_id, values[pair]) for product_id, pairs in said.items() for pair in pairs}
    _sync(product_ids, wanted)
    found: dict[int, list[int]] = defaultdict(list)
    for product_id, value_id in sorted(wanted):
        found[product_id].append(value_id)
    return found


def _said(product: Product, attributes: Mapping[str, int]) -> Iterator[tuple[Pair, str]]:
    for name, value in details_of(product.specifications).items():
        if name in attributes:
            yield (attributes[name], slug_of(value)), value[:LONGEST_NAME]


def _values(labels: Mapping[Pair, str]) -> dict[Pair, int]:
    """The ids of values, made where they are new; of two who make one at once, one does."""
    known = _known(labels)
    new = [
        {"attribute_id": pair[0], "slug": pair[1], "label": label}
        for pair, label in sorted(labels.items())
        if pair not in known
    ]
    if not new:
        return known
    into = postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    db.session.execute(into(AttributeValue).on_conflict_do_nothing(), new)
    return _known(labels)


def _known(pairs: Iterable[Pair]) -> dict[Pair, int]:
    asked = sorted(pairs)
    if not asked:
        return {}
    there = select(AttributeValue.attribute_id, AttributeValue.slug, AttributeValue.id)
    there = there.where(tuple_(AttributeValue.attribute_id, AttributeValue.slug).in_(asked))
    return {(attribute_id, slug): id_ for attribute_id, slug, id_ in db.session.execute(there).all()}


def _sync(product_ids: Sequence[int], wanted: set[tuple[int, int]]) -> None:
    pairs = select(ProductAttribute.product_id, ProductAttribute.value_id)
    kept = set(db.session.execute(pairs.where(ProductAttribute.product_id.in_(product_ids))))
    gone, new = sorted(kept - wanted), sorted(wanted - kept)
    if gone:
        pair = tuple_(ProductAttribute.product_id, ProductAttribute.value_id)
        db.session.execute(delete(ProductAttribute).where(pair.in_(gone)))
    if new:
        rows = [{"product_id": product_id, "value_id": value_id} for product_id, value_id in new]
        db.session.execute(insert(ProductAttribute), rows)
