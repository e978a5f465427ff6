"""Writes listing rows anew after a change that shows on many products: at once, or by a job where they are too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from shop.catalog import listing
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.actor import who_acts
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.jobs.services import start
from shop.stock.queries import for_sale

AT_ONCE = 200
JOB = "relisting"


def relist(product_ids: Iterable[int]) -> Job | None:
    """Write the listing rows of products: up to 200 in this unit, more by the job it returns."""
    ids = sorted(set(product_ids))
    if len(ids) > AT_ONCE:
        return start(JOB, who_acts(), total=len(ids), ids=ids)
    relist_now(ids)
    return None


def relist_now(ids: Sequence[int]) -> None:
    """Write the listing rows of these products in this unit."""
    db.session.flush()
    variants = select(Variant.id).where(Variant.product_id.in_(ids))
    listing.rebuild(ids, for_sale(db.session.scalars(variants)))


def relist_step(job: Job) -> Onward | Finished:
    """Write the next of a job's products."""
    begin = job.checkpoint.get("begin", 0)
    ids = job.parameters["ids"][begin:][:AT_ONCE]
    if not ids:
        return Finished("Listings and search show the change.", done=begin)
    relist_now(ids)
    return Onward({"begin": begin + len(ids)}, done=begin + len(ids), total=job.total)
