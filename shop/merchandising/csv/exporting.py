"""Writes the products of the owner's list into a CSV file, some at a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.queries import count_of, rows
from shop.merchandising import owner_queries
from shop.merchandising.csv.cells import BOM, written
from shop.merchandising.csv.columns import (
    PRODUCT,
    PRODUCT_HEAD,
    STOCK_HEAD,
    VARIANT,
    product_cells,
    stock_cells,
    variant_cells,
)
from shop.stock.models import StockLevel

PRODUCT_EXPORT, STOCK_EXPORT = "product_export", "stock_export"
PRODUCT_FILE, STOCK_FILE = "products.csv", "stock.csv"
PRODUCTS_A_STEP, VARIANTS_A_STEP = 100, 1000


def export_products(by: Actor, **shown: Any) -> Job:
    """Ask for a file of the products in a view of the owner's list, with their variants."""
    return services.start(PRODUCT_EXPORT, by, total=products_in(**shown), **shown)


def export_stock(by: Actor, **shown: Any) -> Job:
    """Ask for a file of what is in stock of the products in a view of the owner's list."""
    return services.start(STOCK_EXPORT, by, total=count_of(_stocked(shown)), **shown)


def products_in(**shown: Any) -> int:
    """How many products are in a view of the owner's list."""
    return count_of(_ids(shown))


def product_step(job: Job) -> Onward | Finished:
    """Write the next products, by number."""
    last = job.checkpoint.get("last", 0)
    found = rows(_products(_ids(job.parameters).where(Product.id > last).order_by(Product.id).limit(PRODUCTS_A_STEP)))
    _write(job, PRODUCT_FILE, PRODUCT_HEAD, [line for product in found for line in _lines(product)])
    return _went(job, found[-1].id if found else None, len(found), PRODUCTS_A_STEP, "products")


def stock_step(job: Job) -> Onward | Finished:
    """Write the stock of the next variants, by number."""
    last = job.checkpoint.get("last", 0)
    wanted = _stocked(job.parameters).where(Variant.id > last).order_by(Variant.id).limit(VARIANTS_A_STEP)
    found = db.session.execute(wanted).all()
    _write(job, STOCK_FILE, STOCK_HEAD, [stock_cells(variant, level) for variant, level in found])
    return _went(job, found[-1][0].id if found else None, len(found), VARIANTS_A_STEP, "variants")


def _went(job: Job, last: int | None, found: int, most: int, what: str) -> Onward | Finished:
    done = job.done + found
    if found < most:
        return Finished(f"{done:,} {what} written.", done=done)
    return Onward({"last": last}, done)


def _write(job: Job, name: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    text = ("" if job.checkpoint else BOM + written([head])) + written(lines)
    if text:
        files.add_part(job, name, text.encode())


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
    names = (joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type))
    variants = selectinload(Product.variants)
    wanted = select(Product).where(Product.id.in_(select(ids.subquery().c.id))).order_by(Product.id)
    return wanted.options(
        *names,
        joinedload(Product.occasion),
        variants.joinedload(Variant.colour),
        variants.joinedload(Variant.size),
    )


def _stocked(shown: dict[str, Any]) -> Select[Variant, StockLevel]:
    named = (joinedload(Variant.product), joinedload(Variant.colour), joinedload(Variant.size))
    both = select(Variant, StockLevel).outerjoin(StockLevel, StockLevel.variant_id == Variant.id).options(*named)
    return both.where(Variant.product_id.in_(_ids(shown)), Variant.retired_at.is_(None))
