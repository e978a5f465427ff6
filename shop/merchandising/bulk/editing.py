"""Writes an edit of many products: up to AT_ONCE of them while the owner waits, more by workers.

Either way it is a job, so it has one report, one key that a double click cannot use twice, and stands in the audit log
as one save.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.idempotency import claim
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.jobs.running import do_now
from shop.lib.queries import one_or_404
from shop.lib.sheets import BOM, lines
from shop.merchandising.bulk import low_points
from shop.merchandising.bulk.actions import LOW_AT
from shop.merchandising.bulk.planning import AT_ONCE, Edit, Planned, Selection, chosen, plan, problems_of
from shop.merchandising.relisting import relist_now
from shop.stock.services import set_reorder_point

JOB, LEFT = "bulk_edit", "left.csv"
A_STEP, MOST_SHOWN = 50, 50
LEFT_HEAD = ("slug", "name", "problem")


class OthersChosen(ShopError):
    """Other products fit by now than the owner looked at."""

    status = 409

    def __init__(self, number: int) -> None:
        super().__init__(f"Meanwhile {number:,} products fit. Look again before you change them.")


def edit_products(selection: Selection, edit: Edit, by: Actor, key: str, seen: int) -> Job:
    """Change products, once for a key: asked again, it is the same job. `seen` is how many the owner looked at.

    Raises OthersChosen, WrongFields.
    """
    used, is_new = claim(f"bulk edit:{by.user_id}", key, asdict(edit))
    if not is_new:
        return one_or_404(select(Job).where(Job.id == used.resource_id))
    ids = list(db.session.scalars(chosen(selection)))
    if len(ids) != seen or not ids:
        raise OthersChosen(len(ids))
    is_short = len(ids) <= AT_ONCE
    begin = services.write_down if is_short else services.start
    job = begin(JOB, by, total=len(ids), ids=ids, **asdict(edit))
    used.resource_id = job.id
    if is_short:
        do_now(job)
    return job


def edit_of(job: Job) -> Edit:
    """The edit that a job does."""
    return Edit(job.parameters["action"], job.parameters["value"])


def report_of(job: Job) -> dict[str, Any]:
    """What a job changed and left, also of one that was cancelled on its way."""
    empty: dict[str, Any] = {"counts": {}, "changes": [], "problems": []}
    return {**empty, **job.checkpoint.get("report", {}), **(job.result or {})}


def edit_step(job: Job) -> Onward | Finished:
    """Change the next of a job's products."""
    begin, report = job.checkpoint.get("begin", 0), job.checkpoint.get("report", {})
    ids = job.parameters["ids"][begin:][:A_STEP]
    if not ids:
        return Finished(_sentence(report.get("counts", {})), report, done=begin)
    planned = plan(ids, edit_of(job), hold=True)
    low_points.keep_replaced(job, planned)
    _write(planned, job.by)
    _write_left(job, planned)
    return Onward({"begin": begin + len(ids), "report": _added(report, planned)}, done=begin + len(ids))


def _write(planned: Sequence[Planned], by: Actor) -> None:
    """Make the changes, and list what changed anew; what is not audited goes through its own verb."""
    changed = [one for one in planned if one.fate == "changed"]
    for change in (change for one in changed for change in one.changes):
        if change.column == LOW_AT:
            set_reorder_point(change.row.id, change.value, by)
        else:
            setattr(change.row, change.column, change.value)
    relist_now([one.product.id for one in changed])


def _write_left(job: Job, planned: Sequence[Planned]) -> None:
    found = list(problems_of(planned))
    if not found:
        return
    is_first = not job.checkpoint.get("report", {}).get("problems")
    head = BOM + lines([LEFT_HEAD]) if is_first else ""
    files.add_part(job, LEFT, (head + lines(found)).encode())


def _added(report: dict[str, Any], planned: Sequence[Planned]) -> dict[str, Any]:
    """A report with some more products in it."""
    counts = Counter(report.get("counts", {})) + Counter(one.fate for one in planned)
    changes = report.get("changes", []) + [one.told() for one in planned if one.fate == "changed"]
    problems = report.get("problems", []) + [one.told() for one in planned if one.problem]
    return {"counts": dict(counts), "changes": changes[:MOST_SHOWN], "problems": problems[:MOST_SHOWN]}


def _sentence(counts: dict[str, int]) -> str:
    number = counts.get("changed", 0)
    parts = [f"{number:,} product{'' if number == 1 else 's'} changed"]
    parts += [f"{counts['same']:,} stayed as they were"] if counts.get("same") else []
    parts += [f"{counts['left']:,} could not be changed"] if counts.get("left") else []
    return f"{', '.join(parts)}."
