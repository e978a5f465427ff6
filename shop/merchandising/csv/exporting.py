"""Writes the products of the owner's list into a CSV file, some at a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.models import Product, Variant
from shop.lib.actor import Actor
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.queries import count_of, rows
from shop.lib.sheets import BOM, lines
from shop.merchandising import owner_queries
from shop.merchandising.csv.columns import PRODUCT, PRODUCT_HEAD, VARIANT, product_cells, variant_cells

EXPORT, FILE = "product_export", "products.csv"
PRODUCTS_A_STEP = 100


def start_export(by: Actor, **shown: Any) -> Job:
    """Ask for a file of the products in a view of the owner's list, with their variants."""
    return services.start(EXPORT, by, total=products_in(**shown), **shown)


def products_in(**shown: Any) -> int:
    """How many products are in a view of the owner's list."""
    return count_of(_ids(shown))


def export_step(job: Job) -> Onward | Finished:
    """Write the next products, by number."""
    ids = _ids(job.parameters).where(Product.id > job.checkpoint.get("last", 0))
    found = rows(_products(ids.order_by(Product.id).limit(PRODUCTS_A_STEP)))
    _write(job, found)
    done = job.done + len(found)
    if len(found) < PRODUCTS_A_STEP:
        return Finished(f"{done:,} {'product' if done == 1 else 'products'} written.", done=done)
    return Onward({"last": found[-1].id}, done)


def _write(job: Job, found: list[Product]) -> None:
    head = "" if job.checkpoint else BOM + lines([PRODUCT_HEAD])
    if text := head + lines(line for product in found for line in _lines(product)):
        files.add_part(job, FILE, text.encode())


def _lines(product: Product) -> Iterator[list[str]]:
    """A product's variants, its own cells only in the first line: they are one product's."""
    own = product_cells(product)
    if not product.variants:
        yield [product.slug, *own, "", *("" for _ in VARIANT)]
    for number, variant in enumerate(product.variants):
        yield [product.slug, *(own if number == 0 else ["" for _ in PRODUCT]), *variant_cells(variant)]


def _ids(shown: dict[str, Any]) -> Select[int]:
    matching = owner_queries.products_matching(**shown)
    return select(Product.id).where(Product.id.in_(matching.with_only_columns(Product.id).order_by(None)))


def _products(ids: Select[int]) -> Select[Product]:
    named = (joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type))
    variants = selectinload(Product.variants)
    sorts = (variants.joinedload(Variant.colour), variants.joinedload(Variant.size))
    wanted = select(Product).where(Product.id.in_(select(ids.subquery().c.id))).order_by(Product.id)
    return wanted.options(*named, joinedload(Product.occasion), *sorts)
