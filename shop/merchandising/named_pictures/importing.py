"""Takes in pictures by their names: first each is looked at and drawn, then what is right is shown; both are jobs.

A step takes one picture, in the unit that notes it as done, so a job that was broken off goes on with the next one. A
file that was written before its row was committed, and whose worker was killed in between, goes with the daily sweep.
What was sent is thrown away once all of it is drawn, and what was drawn once it is imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.files.errors import Busy
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.merchandising.checks import FOLLOWS, GONE, fates_of, write_errors
from shop.merchandising.csv.outcomes import Outcome, added
from shop.merchandising.named_pictures import shelving
from shop.merchandising.named_pictures.arriving import BadPack, Sent, SentPicture, taken_in

CHECK = "picture_check"
IMPORT = FOLLOWS[CHECK]
SENT, DRAWN = "_sent", "_drawn"
ERROR_COLUMNS = {"file": "cell", "problem": "problem"}


def start_check(sent: Iterable[Sent], by: Actor) -> Job:
    """Take in pictures and ask to look at them; nothing in the shop changes by that. Raises BadPack."""
    job = services.start(CHECK, by)
    names: list[str] = []
    for picture in taken_in(sent):
        files.add_part(job, SENT, _packed(picture))
        names.append(picture.name)
    if not names:
        raise BadPack("Choose pictures, or a ZIP file with pictures in it.")
    job.total = len(names)
    job.parameters = {"file": names[0] if len(names) == 1 else f"{len(names)} pictures"}
    return job


def check_step(job: Job) -> Onward | Finished:
    """Look at the next picture."""
    part = files.part_of(job.id, SENT, job.checkpoint.get("part", 0))
    if part is None:
        files.remove(job, SENT)
        return _finished(job, is_done=False)
    sent, coming = _unpacked(part), job.checkpoint.get("coming", {})
    try:
        webp, outcome = shelving.look(job.done + 1, sent, coming)
    except Busy:
        return Onward(job.checkpoint, job.done)
    problem = outcome.troubles[0].problem if outcome.troubles else ""
    files.add_part(job, DRAWN, _packed(replace(sent, content=webp, problem=problem)))
    return _onward(job, outcome, coming=coming)


def import_step(job: Job) -> Onward | Finished:
    """Show the next picture that was drawn."""
    check = job.parameters["check"]
    part = files.part_of(check, DRAWN, job.checkpoint.get("part", 0))
    if part is None and not job.checkpoint:
        raise ShopError(GONE)
    if part is None:
        files.remove(db.session.get_one(Job, check), DRAWN)
        return _finished(job, is_done=True)
    return _onward(job, shelving.show(job.done + 1, _unpacked(part)))


def _onward(job: Job, outcome: Outcome, **more: Any) -> Onward:
    write_errors(job, [outcome], ERROR_COLUMNS)
    report = added(job.checkpoint.get("report", {}), [outcome])
    return Onward({"part": job.checkpoint.get("part", 0) + 1, "report": report, **more}, job.done + 1)


def _finished(job: Job, *, is_done: bool) -> Finished:
    report = job.checkpoint["report"]
    parts = fates_of(report["counts"], of=("pictures",))
    if left_out := report["counts"].get("left_out"):
        parts.append(f"Files left out: {left_out:,}")
    return Finished(". ".join(parts) + ("." if is_done else ". Nothing is changed yet."), report)


def _packed(picture: SentPicture) -> bytes:
    """A picture as a part of a job's file: a line that says what it is, then its bytes."""
    return json.dumps([picture.name, picture.problem]).encode() + b"\n" + picture.content


def _unpacked(part: bytes) -> SentPicture:
    head, _, content = part.partition(b"\n")
    name, problem = json.loads(head)
    return SentPicture(name, content, problem)
