"""What is looked at first and done after: a check is a job, and what it found right is done by another, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from shop.lib.actor import Actor
from shop.lib.errors import NotFound
from shop.lib.jobs import files, services
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import JobState
from shop.lib.queries import one_or_404
from shop.lib.sheets import BOM, lines
from shop.merchandising.csv.outcomes import Outcome

FOLLOWS = {"product_check": "product_import", "picture_check": "picture_import"}
"""The kind of job that does what a kind of check found right."""
FATES = ("new", "changed", "unchanged")
ERRORS = "errors.csv"
GONE = "What was sent is gone: it is kept for 30 days. Send it again."


def start_import(check_id: int, by: Actor) -> Job:
    """Ask to do what a check found right, once: asked again, it is the same job. Raises NotFound."""
    check = one_or_404(select(Job).where(Job.id == check_id, Job.kind.in_(FOLLOWS)).with_for_update())
    if check.state != JobState.DONE or check.result is None:
        raise NotFound
    if known := check.result.get("import"):
        return one_or_404(select(Job).where(Job.id == known))
    parameters = {"check": check.id, "file": check.parameters["file"]}
    job = services.start(FOLLOWS[check.kind], by, total=check.total, **parameters)
    check.result = {**check.result, "import": job.id}
    return job


def write_errors(job: Job, outcomes: Sequence[Outcome], columns: Mapping[str, str]) -> None:
    """Add what is wrong to the job's file of problems; `columns` says what stands under each title."""
    troubles = [trouble for one in outcomes for trouble in one.troubles]
    if not troubles:
        return
    is_first = not job.checkpoint.get("report", {}).get("counts", {}).get("problems")
    head = BOM + lines([columns]) if is_first else ""
    found = [[str(getattr(one, column)) for column in columns.values()] for one in troubles]
    files.add_part(job, ERRORS, (head + lines(found)).encode())


def fates_of(counts: Mapping[str, Any], *, of: Sequence[str]) -> list[str]:
    """New, changed and unchanged ones in words: "Products: 2 new, 1 changed"."""
    parts = []
    for what in of:
        found = {fate: counts.get(f"{fate}_{what}") for fate in FATES}
        told = [f"{number:,} {fate}" for fate, number in found.items() if number]
        parts += [f"{what.capitalize()}: {', '.join(told)}"] if told else []
    return parts


def is_to_do(counts: Mapping[str, Any]) -> bool:
    """Whether a check found anything that would change the shop."""
    return any(number and name.startswith(("new_", "changed_")) for name, number in counts.items())
