"""Puts back the numbers at which stock counts as low, after an edit of many products set them.

Stock is not in the audit log, so the edit itself keeps what it replaced, a part a step. A number that was set again
since is left and listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.jobs.running import do_now
from shop.lib.sheets import BOM, lines
from shop.merchandising.bulk.actions import LOW_AT
from shop.merchandising.bulk.planning import AT_ONCE, Planned
from shop.stock.services import set_reorder_point

JOB, REPLACED, LEFT = "undo_low_at", "_replaced", "left.csv"
LEFT_HEAD = ("sku", "problem")


def keep_replaced(edit: Job, planned: Sequence[Planned]) -> None:
    """Note what a step of an edit replaces, as [variant, number before, number after]."""
    changes = (change for one in planned if one.fate == "changed" for change in one.changes)
    if found := [(one.row.id, int(one.before), one.value) for one in changes if one.column == LOW_AT]:
        files.add_part(edit, REPLACED, json.dumps(found).encode())


def start_undo(edit: Job, by: Actor) -> Job:
    """Put back what an edit replaced: at once where it is little, else by workers."""
    total = sum(len(json.loads(part)) for part in files.parts_of(edit.id, REPLACED))
    if total > AT_ONCE:
        return services.start(JOB, by, total=total, edit=edit.id)
    job = services.write_down(JOB, by, total=total, edit=edit.id)
    do_now(job)
    return job


def undo_step(job: Job) -> Onward | Finished:
    """Put back the next part."""
    part, left = job.checkpoint.get("part", 0), job.checkpoint.get("left", 0)
    content = files.part_of(job.parameters["edit"], REPLACED, part)
    if content is None:
        return Finished(_sentence(job.done - left, left), {"left": left})
    replaced = json.loads(content)
    refused = dict(_put_back(replaced, job.by))
    _write_left(job, refused, is_first=not left)
    return Onward({"part": part + 1, "left": left + len(refused)}, done=job.done + len(replaced))


def _put_back(replaced: Sequence[tuple[int, int, int]], by: Actor) -> Iterator[tuple[int, str]]:
    """Set the numbers; yields the variants that are left, and why."""
    for variant_id, before, after in replaced:
        try:
            set_reorder_point(variant_id, before, by, seen=after)
        except ShopError as error:
            yield variant_id, str(error)


def _write_left(job: Job, refused: Mapping[int, str], *, is_first: bool) -> None:
    if not refused:
        return
    named = db.session.execute(select(Variant.id, Variant.sku).where(Variant.id.in_(refused)).order_by(Variant.id))
    head = BOM + lines([LEFT_HEAD]) if is_first else ""
    files.add_part(job, LEFT, (head + lines((one.sku, refused[one.id]) for one in named)).encode())


def _sentence(put_back: int, left: int) -> str:
    parts = [f"{put_back:,} number{'' if put_back == 1 else 's'} put back"]
    parts += [f"{left:,} changed since and {'was' if left == 1 else 'were'} left"] if left else []
    return f"{', '.join(parts)}."
