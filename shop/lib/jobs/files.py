"""Files of jobs: written a part a step, read part after part, so that no file is ever whole in memory.

One whose name begins with an underscore is the job's own and is handed out to nobody.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sqlalchemy import delete, func, select

from shop.extensions import db
from shop.lib.jobs.models import Job, JobFile

PART = 1 << 20
LEVEL = 6


def add_part(job: Job, name: str, content: bytes) -> None:
    """Add a part to the end of a file, in the unit of the step that made it."""
    written = select(func.count()).where(JobFile.job_id == job.id, JobFile.name == name)
    part = db.session.scalar(written) or 0
    db.session.add(
        JobFile(job_id=job.id, name=name, part=part, size=len(content), packed=zlib.compress(content, LEVEL))
    )
    db.session.flush()


def add_whole(job: Job, name: str, content: bytes) -> None:
    """Write a file that is there already, cut into parts."""
    for begin in range(0, len(content) or 1, PART):
        add_part(job, name, content[begin : begin + PART])


def sizes_of(job_id: int) -> dict[str, int]:
    """The files that a job hands out with their sizes in bytes, by name."""
    sizes = select(JobFile.name, func.sum(JobFile.size).label("size")).where(JobFile.job_id == job_id)
    found = db.session.execute(sizes.group_by(JobFile.name).order_by(JobFile.name))
    return {row.name: int(row.size) for row in found if not row.name.startswith("_")}


def parts_of(job_id: int, name: str, first: int = 0) -> Iterator[bytes]:
    """The parts of a file from one on, each read when it is asked for."""
    part = first
    while (content := part_of(job_id, name, part)) is not None:
        yield content
        part += 1


def part_of(job_id: int, name: str, part: int) -> bytes | None:
    """One part of a file; None behind the last."""
    wanted = select(JobFile.packed).where(JobFile.job_id == job_id, JobFile.name == name, JobFile.part == part)
    packed = db.session.scalar(wanted)
    return None if packed is None else zlib.decompress(packed)


def remove(job: Job, name: str) -> None:
    """Take a file away, for a step that begins it anew."""
    db.session.execute(delete(JobFile).where(JobFile.job_id == job.id, JobFile.name == name))
