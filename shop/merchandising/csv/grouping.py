"""Puts lines together that are about one product, in parts that are a step of work each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.merchandising.csv.columns import SKU, SLUG
from shop.merchandising.csv.outcomes import Trouble
from shop.merchandising.csv.reading import Line

LINES_A_STEP = 250
ASKED_AT_ONCE = 1000


@dataclass
class Group:
    """Lines about one product, by its slug; empty where nobody knows which."""

    slug: str
    lines: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def by_product(lines: Sequence[Line]) -> list[Group]:
    """Lines by slug, wherever they stand; one without a slug goes to the product that has its SKU."""
    owners = _owners({line.cells[SKU] for line in lines if line.cells.get(SKU) and not line.cells.get(SLUG)})
    groups: dict[str, Group] = {}
    for line in lines:
        slug = line.cells.get(SLUG) or owners.get(line.cells.get(SKU, ""), "")
        group = groups.setdefault(slug or f"row {line.row}", Group(slug))
        group.lines.append(line)
    return _without_twins(groups.values())


def parts(groups: Iterable[Group]) -> Iterator[bytes]:
    """Groups as parts of a file, each of so many lines or one whole group."""
    part: list[dict[str, Any]] = []
    lines = 0
    for group in groups:
        part.append({"slug": group.slug, "lines": _plain(group.lines), "troubles": _plain(group.troubles)})
        lines += len(group.lines)
        if lines >= LINES_A_STEP:
            yield json.dumps(part).encode()
            part, lines = [], 0
    if part:
        yield json.dumps(part).encode()


def _plain(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [vars(row) for row in rows]


def groups_of(part: bytes) -> list[Group]:
    """The groups of a part."""
    return [
        Group(one["slug"], [Line(**line) for line in one["lines"]], [Trouble(**trouble) for trouble in one["troubles"]])
        for one in json.loads(part)
    ]


def _without_twins(groups: Iterable[Group]) -> list[Group]:
    """A SKU stands once in a file: nobody could tell which of two lines counts."""
    first: dict[str, int] = {}
    listed = list(groups)
    for group in listed:
        for line in group.lines:
            sku = line.cells.get(SKU, "")
            if sku and sku in first:
                said = f"This SKU stands in row {first[sku]} already."
                group.troubles.append(Trouble(line.row, SKU, sku, said))
            first.setdefault(sku, line.row)
    return listed


def _owners(skus: Iterable[str]) -> dict[str, str]:
    """Slugs of products by the SKUs of their variants."""
    wanted = sorted(skus)
    found: dict[str, str] = {}
    for begin in range(0, len(wanted), ASKED_AT_ONCE):
        some = wanted[begin : begin + ASKED_AT_ONCE]
        owned = select(Variant.sku, Product.slug).join(Variant.product).where(Variant.sku.in_(some))
        found |= {row.sku: row.slug for row in db.session.execute(owned.where(Product.deleted_at.is_(None)))}
    return found
